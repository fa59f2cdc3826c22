/**
 * One partition of `__consumer_offsets` with the groups that hash to it: the shell around a state machine that
 * knows neither log nor clock.
 *
 * States:
 *   unloaded  Nothing is known; `load` reads the log.
 *   loading   The log is being read. Commands are answered with COORDINATOR_LOAD_IN_PROGRESS.
 *   active    Commands are decided.
 *   failed    A load or an append failed. The state is gone, those who waited were told to look for the
 *             coordinator, and the log is read again after a while that grows with each failure.
 *   resigned  This broker does not lead the partition any more. NOT_COORDINATOR.
 *   closed    The broker is closing.
 *
 * A command is decided in the turn in which it comes. Its records are applied at once and written with those of
 * the other commands of the turn (shard-writer.ts). What it answers, also when it wrote nothing, goes out when all
 * that was decided before it is committed, so that nobody is told what a failure could take back; answers leave in
 * the order in which they were decided. An answer that is not decided yet (a member waits for the others) comes
 * out of a later command or tick.
 *
 * Invariants: the state is what the log gives plus what is being written, in order; a decision is applied and
 * written as a whole or not at all; every command is answered exactly once, unless its client is gone.
 */
import type { Clock, Logger } from '@tidelog/log';
import { TidelogError, type ErrorCode } from '@tidelog/record/errors';
import type { Partition } from '../partitions/partition.ts';
import type { AnyGroupCommand, Answer, Decision, DecisionContext } from './group-decision.ts';
import { encodeGroupRecord } from './group-record-codec.ts';
import type { GroupRecord } from './group-records.ts';
import type { GroupStateMachine, ShardState } from './group-state-machine.ts';
import { independentParts } from './independent-parts.ts';
import { loadShard } from './shard-loader.ts';
import { ShardClients } from './shard-clients.ts';
import { ShardTimer } from './shard-timer.ts';
import { ShardWriter } from './shard-writer.ts';

export interface GroupShardOptions<State extends ShardState = ShardState> {
  readonly partition: Partition;
  readonly machine: GroupStateMachine<State>;
  /** What decisions may use besides the state, as of now. */
  readonly context: () => DecisionContext;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Shared by all shards. */
  readonly counts: ShardCounts;
}

/** What the shards of a broker count; for metrics. */
export interface ShardCounts {
  writtenRecords: number;
  writtenBatches: number;
  loads: number;
  /** Loads and appends that failed. */
  failures: number;
}

/** A command that has no number yet. */
export type NewCommand = AnyGroupCommand extends infer C
  ? C extends AnyGroupCommand
    ? Omit<C, 'requestId'>
    : never
  : never;

const FIRST_RETRY_MS = 100;
const MAX_RETRY_MS = 10_000;
/** A shard that stays unavailable says so this often. */
const REPORT_INTERVAL_MS = 30_000;
/** Ticks that find nothing to do, or cannot do it, come no closer together. */
const MIN_TICK_DELAY_MS = 5;
const FAILED_TICK_DELAY_MS = 1000;

export class GroupShard<State extends ShardState = ShardState> {
  readonly #options: GroupShardOptions<State>;
  #phase: 'unloaded' | 'loading' | 'active' | 'failed' | 'resigned' | 'closed' = 'unloaded';
  #state: State;
  #writer: ShardWriter;
  #loading: Promise<void> | undefined;
  readonly #clients = new ShardClients();
  readonly #timer: ShardTimer;
  #retryDelayMs = FIRST_RETRY_MS;
  #reportDueMs = -Infinity;
  #failure: TidelogError | undefined;
  #unwatch: (() => void) | undefined;

  constructor(options: GroupShardOptions<State>) {
    this.#options = options;
    this.#state = options.machine.createState();
    this.#writer = this.#newWriter();
    this.#timer = new ShardTimer({ clock: options.clock, onDue: () => this.#onDue() });
  }

  /** The state while the shard is active. */
  get state(): State | undefined {
    return this.#phase === 'active' ? this.#state : undefined;
  }

  get isActive(): boolean {
    return this.#phase === 'active';
  }

  /** Nobody has begun to load it, or leadership has come back. */
  get needsLoad(): boolean {
    return (
      this.#phase === 'unloaded' ||
      (this.#phase === 'resigned' && this.#options.partition.leadershipProblem() === undefined)
    );
  }

  /** Commands whose answer is not decided yet. */
  get waitingCount(): number {
    return this.#clients.waitingCount;
  }

  /** For a partition that was never written: there is nothing to load. */
  beginEmpty(): void {
    if (this.#phase === 'unloaded') this.#activate();
  }

  /** Reads the log, unless that was done or is being done. Resolves when the attempt has ended, well or not. */
  load(): Promise<void> {
    if (this.#phase !== 'active' && this.#phase !== 'closed' && this.#loading === undefined) {
      this.#phase = 'loading';
      this.#timer.cancel();
      this.#loading = this.#load().finally(() => {
        this.#loading = undefined;
      });
    }
    return this.#loading ?? Promise.resolve();
  }

  /**
   * Decides a command and resolves with its answer.
   *
   * Rejects with the error that was decided, and with COORDINATOR_LOAD_IN_PROGRESS, NOT_COORDINATOR or
   * COORDINATOR_NOT_AVAILABLE. `signal` is the connection's: once it is aborted, nobody waits any more.
   */
  submit(command: NewCommand, client: { readonly signal: AbortSignal }): Promise<unknown> {
    const problem = this.#problem();
    if (problem !== undefined) return Promise.reject(problem);
    return this.#clients.add(client, (requestId) =>
      this.#carryOut(requestId, (context) =>
        this.#options.machine.decide(this.#state, { ...command, requestId }, context),
      ),
    );
  }

  /** Tells the groups which topics changed. Nothing while the shard is not active: a load sees the topics of then. */
  topicsChanged(topics: ReadonlySet<string>): void {
    if (this.#phase !== 'active') return;
    this.#carryOut(undefined, (context) =>
      this.#options.machine.decideTopicsChanged(this.#state, topics, context),
    );
  }

  /** Refuses commands from here on and ends what waits for other members; what was decided is still answered. */
  beginClosing(): void {
    if (this.#phase === 'closed') return;
    this.#phase = 'closed';
    this.#unwatch?.();
    this.#timer.cancel();
    this.#clients.rejectWaiting(closing());
  }

  /** Writes and answers what was decided. Idempotent. */
  async close(): Promise<void> {
    this.beginClosing();
    await this.#loading;
    await this.#writer.settled();
    this.#clients.rejectHeld(closing());
  }

  #problem(): TidelogError | undefined {
    switch (this.#phase) {
      case 'active':
        return this.#activeProblem();
      case 'closed':
        return closing();
      case 'resigned':
        return this.#error('NOT_COORDINATOR', 'this broker does not coordinate the group any more');
      case 'failed':
        return this.#error(
          'COORDINATOR_LOAD_IN_PROGRESS',
          `the coordinator of the group has lost its state and loads it again (${this.#failure?.message ?? 'it failed'}); try again`,
        );
      case 'unloaded':
      case 'loading':
        return this.#error(
          'COORDINATOR_LOAD_IN_PROGRESS',
          'the coordinator of the group is loading; try again',
        );
    }
  }

  #activeProblem(): TidelogError | undefined {
    const { partition } = this.#options;
    const leadership = partition.leadershipProblem();
    if (leadership !== undefined) {
      this.#resign(leadership);
      return this.#problem();
    }
    const insync = partition.insyncProblem();
    return insync && this.#error('COORDINATOR_NOT_AVAILABLE', `${insync.message}; try again`, insync);
  }

  /** Decides, applies, writes, answers. Everything that goes wrong is told to those whom it concerns. */
  #carryOut(requestId: number | undefined, decide: (context: DecisionContext) => Decision): void {
    const context = this.#options.context();
    let decision: Decision | undefined;
    try {
      decision = decide(context);
      // What nobody asked for may concern many groups; what somebody asked for is whole or not at all.
      if (requestId === undefined) this.#writeParts(independentParts(decision.records), context.nowMs);
      else if (decision.records.length > 0) this.#write(decision.records, context.nowMs);
    } catch (thrown) {
      this.#refuse(requestId, decision, TidelogError.from(thrown));
      if (this.#phase === 'active') this.#timer.set(context.monotonicMs + FAILED_TICK_DELAY_MS);
      return;
    }
    for (const answer of decision.answers) this.#answer(answer);
    if (this.#phase === 'active') this.#timer.bringForward(this.#state.nextDeadlineMs());
  }

  /** Writes what can be written, and throws what the first of the others was refused with. */
  #writeParts(parts: readonly (readonly GroupRecord[])[], nowMs: number): void {
    let refusal: unknown;
    for (const part of parts) {
      try {
        this.#write(part, nowMs);
      } catch (thrown) {
        refusal ??= thrown;
        if (this.#phase !== 'active') break;
      }
    }
    if (refusal !== undefined) throw refusal;
  }

  /** Throws, with nothing changed, when the records cannot be written; fails when they cannot be applied. */
  #write(records: readonly GroupRecord[], nowMs: number): void {
    const encoded = records.map(encodeGroupRecord);
    this.#writer.checkSize(encoded);
    try {
      for (const record of records) this.#state.apply(record);
    } catch (thrown) {
      // The state is not what the log gives any more: a fault of this program, healed by loading.
      this.#fail(TidelogError.from(thrown));
      throw thrown;
    }
    this.#writer.add(encoded, nowMs);
  }

  #answer(answer: Answer): void {
    const { lastDecision, committedDecision } = this.#writer;
    this.#clients.answer(answer, committedDecision >= lastDecision ? undefined : lastDecision);
  }

  /** Ends the commands of a decision that was not carried out. */
  #refuse(requestId: number | undefined, decision: Decision | undefined, error: TidelogError): void {
    const concerned = new Set(decision?.answers.map((answer) => answer.requestId));
    if (requestId === undefined) {
      const { topic, partition } = this.#options.partition;
      this.#options.logger.error(
        { err: error, topic, partition },
        'what was due for groups could not be done',
      );
    } else {
      concerned.add(requestId);
    }
    for (const id of concerned) this.#answer({ requestId: id, error });
  }

  #onDue(): void {
    if (this.#phase === 'active') this.#tick();
    else if (this.#phase === 'failed') void this.load();
  }

  #tick(): void {
    const { monotonicMs } = this.#options.context();
    this.#carryOut(undefined, (context) => this.#options.machine.decideTick(this.#state, context));
    // A deadline that stays in the past must not become a loop.
    if (this.#phase === 'active' && this.#state.nextDeadlineMs() <= monotonicMs) {
      this.#timer.set(monotonicMs + MIN_TICK_DELAY_MS);
    }
  }

  async #load(): Promise<void> {
    const { partition, machine, clock, logger, counts } = this.#options;
    // What the last state wrote is in the log or it never will be.
    await this.#writer.settled();
    const state = machine.createState();
    try {
      const { unknown } = await loadShard({ partition, clock }, (record) => state.apply(record));
      for (const [reason, count] of unknown) {
        const { topic, partition: number } = partition;
        logger.warn(
          { topic, partition: number, reason, count },
          'records of groups were passed over: unknown',
        );
      }
    } catch (thrown) {
      if (this.#phase === 'loading') this.#fail(TidelogError.from(thrown));
      return;
    }
    if (this.#phase !== 'loading') return;
    counts.loads++;
    this.#state = state;
    this.#writer = this.#newWriter();
    this.#retryDelayMs = FIRST_RETRY_MS;
    this.#activate();
  }

  #activate(): void {
    const { machine, context } = this.#options;
    this.#phase = 'active';
    this.#failure = undefined;
    machine.onLoaded(this.#state, context());
    this.#unwatch?.();
    // Whoever leads after us must not find members waiting here.
    this.#unwatch = this.#options.partition.watch(() => {
      const problem = this.#phase === 'active' ? this.#options.partition.leadershipProblem() : undefined;
      if (problem !== undefined) this.#resign(problem);
    });
    this.#timer.bringForward(this.#state.nextDeadlineMs());
  }

  #resign(reason: TidelogError): void {
    this.#phase = 'resigned';
    this.#unwatch?.();
    this.#timer.cancel();
    this.#drop(reason);
    const error = this.#error(
      'NOT_COORDINATOR',
      'this broker does not coordinate the group any more',
      reason,
    );
    this.#clients.rejectWaiting(error);
    this.#clients.rejectHeld(error);
  }

  /** Forgets everything and loads again after a while. */
  #fail(reason: TidelogError): void {
    const { clock, logger, partition, counts } = this.#options;
    counts.failures++;
    const error = this.#error(
      'COORDINATOR_NOT_AVAILABLE',
      `the coordinator of the group could not write (${reason.message}) and loads its state again; try again`,
      reason,
    );
    if (this.#phase !== 'closed') {
      const monotonicMs = clock.monotonicMs();
      this.#phase = 'failed';
      this.#failure = reason;
      this.#unwatch?.();
      this.#drop(reason);
      this.#timer.set(monotonicMs + this.#retryDelayMs);
      if (monotonicMs >= this.#reportDueMs) {
        this.#reportDueMs = monotonicMs + REPORT_INTERVAL_MS;
        const { topic, partition: number } = partition;
        const retryMs = this.#retryDelayMs;
        logger.error(
          { err: reason, topic, partition: number, retryMs },
          'the groups of a partition are unavailable until it could be loaded',
        );
      }
      this.#retryDelayMs = Math.min(this.#retryDelayMs * 2, MAX_RETRY_MS);
    }
    this.#clients.rejectWaiting(error);
    this.#clients.rejectHeld(error);
  }

  #drop(reason: TidelogError): void {
    this.#writer.abandon(reason);
    this.#state = this.#options.machine.createState();
  }

  #newWriter(): ShardWriter {
    const { partition, clock, counts } = this.#options;
    const writer: ShardWriter = new ShardWriter({
      partition,
      clock,
      counts,
      onCommitted: (decisionNumber) => {
        if (writer === this.#writer) this.#clients.release(decisionNumber);
      },
      onFailed: (error) => {
        if (writer === this.#writer) this.#fail(error);
      },
    });
    return writer;
  }

  #error(code: ErrorCode, message: string, cause?: TidelogError): TidelogError {
    const { topic, partition } = this.#options.partition;
    return new TidelogError(code, message, { topic, partition, ...(cause === undefined ? {} : { cause }) });
  }
}

function closing(): TidelogError {
  return new TidelogError(
    'COORDINATOR_NOT_AVAILABLE',
    'the broker is closing; look for the coordinator again',
  );
}
