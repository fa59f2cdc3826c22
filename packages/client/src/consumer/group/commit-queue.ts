/**
 * What is to be committed and has not been sent: the newest offset of each partition, and who waits for it. Pure.
 *
 * Invariants: at most one entry per partition; a later commit of a partition takes the place of an earlier one that
 * was not sent, whatever its offset, and those who waited for the earlier one wait for the later. Calls that nobody
 * waits for leave one ticket per partition, however many there are.
 */
import { TidelogError } from '@tidelog/record/errors';
import type { PartitionKey } from './partition-key.ts';

/** One partition to commit. */
export interface CommitTarget {
  readonly key: PartitionKey;
  readonly topic: string;
  readonly partition: number;
  /** The next offset to be read. */
  readonly offset: number;
  /** Of the record before it; −1: unknown. */
  readonly leaderEpoch: number;
  readonly metadata: string;
  /** When the partition was assigned; it is not committed in a later tenure. */
  readonly tenure: number;
}

/** A call that waits for some partitions to be committed. */
export class CommitTicket {
  /** Resolves, or rejects, once every partition is settled. */
  readonly settled: Promise<void>;
  readonly #outcome: PromiseWithResolvers<void> = Promise.withResolvers<void>();
  readonly #failures: { readonly target: CommitTarget; readonly error: TidelogError }[] = [];
  /** Somebody waits for exactly this call. */
  readonly isWatched: boolean;
  /** Not tried again after it, on the monotonic clock. */
  #deadlineMs: number;
  #openCount: number;

  constructor(
    count: number,
    { isWatched, deadlineMs }: { readonly isWatched: boolean; readonly deadlineMs: number },
  ) {
    this.#openCount = count;
    this.isWatched = isWatched;
    this.#deadlineMs = deadlineMs;
    this.settled = this.#outcome.promise;
    if (count === 0) this.#outcome.resolve();
  }

  get deadlineMs(): number {
    return this.#deadlineMs;
  }

  /** An earlier call for a partition, that nobody waits for, is settled by this one: its time runs on. */
  standInFor(earlier: CommitTicket): void {
    this.#deadlineMs = Math.min(this.#deadlineMs, earlier.deadlineMs);
    earlier.committed();
  }

  committed(): void {
    this.#close();
  }

  failed(target: CommitTarget, error: TidelogError): void {
    this.#failures.push({ target, error });
    this.#close();
  }

  #close(): void {
    if (--this.#openCount > 0) return;
    const [first] = this.#failures;
    if (first === undefined) this.#outcome.resolve();
    else this.#outcome.reject(commitError(this.#failures, first.error));
  }
}

export interface QueuedCommit {
  readonly target: CommitTarget;
  readonly tickets: Set<CommitTicket>;
}

export class CommitQueue {
  readonly #pending = new Map<PartitionKey, QueuedCommit>();

  get size(): number {
    return this.#pending.size;
  }

  get(key: PartitionKey): CommitTarget | undefined {
    return this.#pending.get(key)?.target;
  }

  add(target: CommitTarget, ticket: CommitTicket): void {
    const tickets = this.#pending.get(target.key)?.tickets ?? new Set();
    join(tickets, ticket);
    this.#pending.set(target.key, { target, tickets });
  }

  /** Takes out everything that `isWanted` says. */
  take(isWanted: (target: CommitTarget) => boolean): QueuedCommit[] {
    const taken = [...this.#pending.values()].filter(({ target }) => isWanted(target));
    for (const { target } of taken) this.#pending.delete(target.key);
    return taken;
  }

  /** Puts back what was taken and could not be sent, unless something newer came: then that stands for it. */
  putBack(commit: QueuedCommit): void {
    const newer = this.#pending.get(commit.target.key);
    if (newer === undefined) {
      this.#pending.set(commit.target.key, commit);
      return;
    }
    const unwatched = [...newer.tickets].find(({ isWatched }) => !isWatched);
    for (const ticket of commit.tickets) {
      if (ticket.isWatched || unwatched === undefined) newer.tickets.add(ticket);
      else unwatched.standInFor(ticket);
    }
  }
}

/** A call that nobody waits for is settled by the next one of its partition: that one tells how it went. */
function join(tickets: Set<CommitTicket>, ticket: CommitTicket): void {
  for (const earlier of ticket.isWatched ? [] : tickets) {
    if (earlier.isWatched) continue;
    tickets.delete(earlier);
    ticket.standInFor(earlier);
  }
  tickets.add(ticket);
}

/** The error of partitions that are not the member's (any more). */
export function lostError(targets: readonly CommitTarget[], cause?: TidelogError): TidelogError {
  const [first] = targets;
  return new TidelogError(
    'REBALANCE_IN_PROGRESS',
    `not committed, because this member does not own ${namesOf(targets)} any more; whoever does goes on at the last committed offset`,
    { cause, ...(first === undefined ? {} : { topic: first.topic, partition: first.partition }) },
  );
}

function commitError(
  failures: readonly { readonly target: CommitTarget; readonly error: TidelogError }[],
  error: TidelogError,
): TidelogError {
  const targets = failures.filter((failure) => failure.error.code === error.code).map(({ target }) => target);
  if (error.code === 'REBALANCE_IN_PROGRESS') return lostError(targets, error);
  const [first] = targets as [CommitTarget];
  return new TidelogError(error.code, `cannot commit ${namesOf(targets)}: ${error.message}`, {
    cause: error,
    retriable: error.retriable,
    topic: first.topic,
    partition: first.partition,
    offset: first.offset,
  });
}

const MAX_NAMED = 10;

function namesOf(targets: readonly CommitTarget[]): string {
  const names = targets
    .slice(0, MAX_NAMED)
    .map(({ topic, partition }) => `topic ${JSON.stringify(topic)} partition ${partition}`);
  if (targets.length > MAX_NAMED) names.push(`${targets.length - MAX_NAMED} more`);
  return names.join(', ');
}
