/**
 * The broker's group coordinator without its shell: the real decisions over the real state, a log that is appended
 * to with a delay, crashes, and loading again from what the log holds, in the bytes that a real log holds.
 *
 * As the shell does it: records are applied when they are decided; an answer is given when everything that was
 * decided before it is in the log; an append that fails, or a crash, drops the state and all open answers.
 *
 * After every decision it holds against the state that no partition has two owners.
 */
import { TidelogError } from '@tidelog/record/errors';
import { decide, decideTick, decideTopicsChanged, onLoaded } from '../../../broker/src/groups/decide.ts';
import { GroupCoordinatorState } from '../../../broker/src/groups/group-coordinator-state.ts';
import type {
  AnyGroupCommand,
  Decision,
  DecisionContext,
  GroupCommandKind,
  GroupConfig,
  TopicView,
} from '../../../broker/src/groups/group-decision.ts';
import {
  decodeGroupRecord,
  encodeGroupRecord,
  type EncodedRecord,
} from '../../../broker/src/groups/group-record-codec.ts';
import type { GroupRequests } from '../../../broker/src/group-requests.ts';
import type { SeededRandom } from '../group-chaos/fault-plan.ts';
import type { Violation } from '../group-chaos/violation.ts';
import type { PlantedBug } from './planted-bug.ts';
import type { VirtualSchedule } from './virtual-schedule.ts';

export type Reply<K extends GroupCommandKind> = (
  outcome:
    | { readonly response: GroupRequests[K]['response']; readonly error?: undefined }
    | { readonly error: TidelogError },
) => void;

/** What one decision writes, and who is told when it is written. */
interface Batch {
  readonly records: readonly EncodedRecord[];
  readonly answers: Decision['answers'];
}

export interface CoordinatorOptions {
  readonly schedule: VirtualSchedule;
  readonly random: SeededRandom;
  readonly config: GroupConfig;
  readonly topic: { readonly name: string; readonly id: string };
  readonly onViolation: (violation: Violation) => void;
  readonly bug?: PlantedBug | undefined;
}

/** The epoch of virtual time. */
const START_MS = 1_700_000_000_000;

export class SimulatedCoordinator {
  readonly #options: CoordinatorOptions;
  #log: EncodedRecord[] = [];
  #state: GroupCoordinatorState | undefined;
  /** Rises with every life: what belongs to an earlier one is ignored. */
  #life = 0;
  #requestId = 0;
  #memberId = 0;
  #unwritten: Batch[] = [];
  #isWriting = false;
  readonly #replies = new Map<number, Reply<GroupCommandKind>>();
  #tickAtMs = Infinity;
  partitionCount: number;

  constructor(options: CoordinatorOptions, partitionCount: number) {
    this.#options = options;
    this.partitionCount = partitionCount;
    this.load();
  }

  get isUp(): boolean {
    return this.#state !== undefined;
  }

  /** The record count of the log, for figures. */
  get logSize(): number {
    return this.#log.length;
  }

  /** The members that a group has come to rest with; undefined while it moves. */
  stableMembers(groupId: string): string[] | undefined {
    const group = this.#state?.consumerGroup(groupId);
    return group?.state === 'Stable' ? [...group.members.keys()] : undefined;
  }

  /** Carries a request out. The reply comes later, in this call when it is a refusal, or never. */
  request<K extends GroupCommandKind>(kind: K, request: GroupRequests[K]['request'], reply: Reply<K>): void {
    if (this.#state === undefined) {
      reply({ error: new TidelogError('COORDINATOR_LOAD_IN_PROGRESS', 'the coordinator is loading') });
      return;
    }
    const requestId = this.#requestId++;
    this.#replies.set(requestId, reply as unknown as Reply<GroupCommandKind>);
    const client = { clientId: 'simulated', clientHost: 'memory' };
    const command = { requestId, kind, request, client } as unknown as AnyGroupCommand;
    const decision = decide(this.#state, command, this.#context());
    const isForged = this.#options.bug === 'unfenced commits' && kind === 'offsetCommit';
    this.#take(
      isForged ? accepted(request as GroupRequests['offsetCommit']['request'], requestId) : decision,
    );
  }

  /** The topic has more partitions. */
  grow(partitionCount: number): void {
    this.partitionCount = partitionCount;
    if (this.#state === undefined) return;
    this.#take(decideTopicsChanged(this.#state, new Set([this.#options.topic.name]), this.#context()));
  }

  /** The process ends. What was being written may or may not be in the log. */
  crash(): void {
    const { random } = this.#options;
    const survivors = random.below(this.#unwritten.length + 1);
    for (const { records } of this.#unwritten.slice(0, survivors)) this.#log.push(...records);
    if (this.#options.bug === 'forgets an append') this.#log.splice(-3);
    this.#drop();
  }

  /** An append fails: the coordinator forgets everything, tells who waits, and loads again. */
  failAppend(): void {
    if (this.#unwritten.length === 0) return;
    const replies = [...this.#replies.values()];
    this.#drop();
    for (const reply of replies) {
      reply({ error: new TidelogError('COORDINATOR_NOT_AVAILABLE', 'the append failed; ask again') });
    }
    this.load();
  }

  /** Starts from the log; sometimes from one that was compacted. */
  load(): void {
    const { random } = this.#options;
    if (random.below(3) === 0) this.#log = compacted(this.#log);
    const state = new GroupCoordinatorState();
    for (const { key, value } of this.#log) {
      const { record } = decodeGroupRecord(key, value);
      if (record !== undefined) state.apply(record);
    }
    this.#state = state;
    this.#life += 1;
    onLoaded(state, this.#context());
    this.#planTick();
  }

  #drop(): void {
    this.#state = undefined;
    this.#life += 1;
    this.#unwritten = [];
    this.#isWriting = false;
    this.#replies.clear();
    this.#tickAtMs = Infinity;
  }

  #take({ records, answers }: Decision): void {
    const state = this.#state;
    if (state === undefined) return;
    for (const record of records) state.apply(record);
    this.#checkOwners(state);
    const isEarly = this.#options.bug === 'answers unwritten';
    if (isEarly) for (const answer of answers) this.#reply(answer);
    this.#unwritten.push({ records: records.map(encodeGroupRecord), answers: isEarly ? [] : answers });
    this.#write();
    this.#planTick();
  }

  /** Everything that has come by now in one append, answered when it is done. */
  #write(): void {
    if (this.#isWriting || this.#unwritten.length === 0) return;
    this.#isWriting = true;
    const { schedule, random } = this.#options;
    const life = this.#life;
    const count = this.#unwritten.length;
    const writeMs = this.#options.bug === 'answers unwritten' ? 2000 : 1 + random.below(5);
    schedule.after(writeMs, () => {
      if (life !== this.#life) return;
      this.#isWriting = false;
      const written = this.#unwritten.splice(0, count);
      for (const { records } of written) this.#log.push(...records);
      for (const answer of written.flatMap(({ answers }) => answers)) this.#reply(answer);
      this.#write();
    });
  }

  #reply(answer: Decision['answers'][number]): void {
    const reply = this.#replies.get(answer.requestId);
    this.#replies.delete(answer.requestId);
    if (reply === undefined) {
      this.#options.onViolation({ rule: 'answered twice', message: `request ${answer.requestId}` });
    } else if ('error' in answer) reply({ error: answer.error });
    else reply({ response: answer.response } as never);
  }

  #planTick(): void {
    const deadlineMs = this.#state?.nextDeadlineMs() ?? Infinity;
    if (deadlineMs >= this.#tickAtMs || deadlineMs === Infinity) return;
    this.#tickAtMs = deadlineMs;
    const life = this.#life;
    const { schedule } = this.#options;
    schedule.after(deadlineMs - schedule.nowMs, () => {
      if (life !== this.#life || this.#state === undefined) return;
      this.#tickAtMs = Infinity;
      this.#take(decideTick(this.#state, this.#context()));
      if (this.#state.nextDeadlineMs() > schedule.nowMs) return;
      this.#options.onViolation({
        rule: 'a deadline that stays',
        message: `at ${schedule.nowMs} ms the next deadline is ${this.#state.nextDeadlineMs()} ms after a tick`,
      });
    });
  }

  #context(): DecisionContext {
    const { schedule, config, topic } = this.#options;
    const { partitionCount } = this;
    const view: TopicView = {
      topic: topic.name,
      topicId: topic.id,
      partitionCount,
      isInternal: false,
      racksOf: () => [],
    };
    return {
      nowMs: START_MS + schedule.nowMs,
      monotonicMs: schedule.nowMs,
      config,
      topics: {
        named: (name) => (name === topic.name ? view : undefined),
        withId: (id) => (id === topic.id ? view : undefined),
        names: () => [topic.name],
      },
      randomMemberId: () => `made-${this.#memberId++}`,
    };
  }

  #checkOwners(state: GroupCoordinatorState): void {
    for (const group of state.groups.values()) {
      if (group.type !== 'consumer') continue;
      const owners = new Map<string, string>();
      for (const { memberId, current } of group.members.values()) {
        for (const partitions of [current.assignedPartitions, current.partitionsPendingRevocation]) {
          for (const [topicId, numbers] of partitions) {
            for (const partition of numbers) {
              const key = `${topicId}:${partition}`;
              const other = owners.get(key);
              owners.set(key, memberId);
              if (other === undefined) continue;
              this.#options.onViolation({
                rule: 'two owners',
                message: `${key} belongs to ${other} and to ${memberId} at ${this.#options.schedule.nowMs} ms`,
              });
            }
          }
        }
      }
    }
  }
}

/** The last record of each key, in the order of the log. Tombstones may be gone. */
function compacted(log: readonly EncodedRecord[]): EncodedRecord[] {
  const last = new Map<string, number>();
  log.forEach(({ key }, index) => last.set(key.toString('latin1'), index));
  return log.filter(({ key, value }, index) => last.get(key.toString('latin1')) === index && value !== null);
}

/** A commit as a coordinator decides it that does not ask who commits. */
function accepted(request: GroupRequests['offsetCommit']['request'], requestId: number): Decision {
  const { groupId } = request;
  return {
    records: request.partitions.map(({ topic = '', topicId, partition, committedOffset }) => ({
      type: 'offsetCommit' as const,
      groupId,
      topic,
      partition,
      value: { offset: committedOffset, leaderEpoch: -1, metadata: '', commitTimestampMs: START_MS, topicId },
    })),
    answers: [{ requestId, response: { partitions: request.partitions.map(() => ({})) } }],
  };
}
