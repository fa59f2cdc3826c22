/**
 * Commits offsets of a group: one request at a time, everything that was asked for meanwhile in the next one, tried
 * again until it is settled or `commitTimeoutMs` is over.
 *
 * Invariants: commits of a partition reach the coordinator in the order of the calls; nothing is sent for a partition
 * that the member does not own at that moment; every ticket is settled, at the latest by `close`.
 */
import { fromSafeNumber, topicIdToBytes } from '@tidelog/protocol';
import { TidelogError } from '@tidelog/record/errors';
import { backoffMs } from '../../backoff-policy.ts';
import type { ClientSettings } from '../../client-options.ts';
import type { Timer } from '../../clock.ts';
import {
  CommitQueue,
  CommitTicket,
  lostError,
  type CommitTarget,
  type QueuedCommit,
} from './commit-queue.ts';
import type { GroupCoordinator } from './group-coordinator.ts';
import { commitVerdict, isCoordinatorElsewhere } from './group-error-policy.ts';
import { parsePartitionKey, type PartitionKey } from './partition-key.ts';

/** Who commits. */
export interface CommitIdentity {
  readonly groupId: string;
  /** Empty with the epoch −1: no member. */
  readonly memberId: string;
  readonly memberEpoch: number;
  readonly groupInstanceId: string | undefined;
}

export interface CommitterOptions {
  readonly settings: ClientSettings;
  readonly coordinator: GroupCoordinator;
  readonly commitTimeoutMs: number;
  readonly identity: () => CommitIdentity;
  readonly owns: (target: CommitTarget) => boolean;
  /** The coordinator does not accept the member as it is: a heartbeat tells more. */
  readonly onRefused: () => void;
}

export class Committer {
  readonly #options: CommitterOptions;
  readonly #queue = new CommitQueue();
  /** The offset that the coordinator last acknowledged, per partition that is owned. */
  readonly #confirmed = new Map<PartitionKey, number>();
  /** Sent, and without a result. */
  readonly #inFlight = new Map<PartitionKey, CommitTarget>();
  #isSending = false;
  #isDeferred = false;
  #failures = 0;
  #retryTimer: Timer | undefined;
  #idleWaiters: { readonly isIdle: () => boolean; readonly wake: () => void }[] = [];
  #isClosed = false;

  constructor(options: CommitterOptions) {
    this.#options = options;
  }

  /**
   * Resolves when all targets are committed (of several of a partition, the last); unless `isWatched`, as soon as
   * later ones have taken their place. Rejects with REBALANCE_IN_PROGRESS for partitions that are not owned (any
   * more), with CLOSED, or with the last error when time is up or no waiting helps.
   */
  commit(targets: readonly CommitTarget[], { isWatched }: { readonly isWatched: boolean }): Promise<void> {
    const lastOfEach = new Map(targets.map((target) => [target.key, target]));
    const { settings, commitTimeoutMs } = this.#options;
    const deadlineMs = settings.clock.monotonicMs() + commitTimeoutMs;
    const ticket = new CommitTicket(lastOfEach.size, { isWatched, deadlineMs });
    for (const target of lastOfEach.values()) this.#queue.add(target, ticket);
    if (this.#isClosed) this.#failAll(closedError());
    else this.#pumpSoon();
    return ticket.settled;
  }

  /** False when the offset is committed, on its way, or waits to be. */
  isNews(key: PartitionKey, offset: number): boolean {
    const newest = this.#queue.get(key) ?? this.#inFlight.get(key);
    return (newest?.offset ?? this.#confirmed.get(key)) !== offset;
  }

  /** True when the coordinator has acknowledged the offset, and nothing newer was asked for. */
  isConfirmed(key: PartitionKey, offset: number): boolean {
    const isOpen = this.#queue.get(key) !== undefined || this.#inFlight.has(key);
    return !isOpen && this.#confirmed.get(key) === offset;
  }

  /** The offset is known to be committed: reading started from it. */
  confirm(key: PartitionKey, offset: number): void {
    this.#confirmed.set(key, offset);
  }

  /** The partition is not read any more. */
  forget(key: PartitionKey): void {
    this.#confirmed.delete(key);
  }

  /** Fails at once what waits for partitions that are not owned any more. */
  dropLost(): void {
    const { owns } = this.#options;
    const lost = this.#queue.take((target) => !owns(target));
    for (const commit of lost) settle(commit, lostError([commit.target]));
    this.#wakeWhenIdle();
  }

  /** The member's epoch has changed: what was refused for it may go. */
  retryNow(): void {
    this.#retryTimer?.cancel();
    this.#retryTimer = undefined;
    this.#pumpSoon();
  }

  /** Resolves when nothing waits and nothing is on its way, of these partitions when they are given. */
  whenIdle(keys?: readonly PartitionKey[]): Promise<void> {
    const isOpen = (key: PartitionKey): boolean =>
      this.#queue.get(key) !== undefined || this.#inFlight.has(key);
    const isIdle = (): boolean => (keys === undefined ? this.#isIdle : !keys.some(isOpen));
    if (isIdle()) return Promise.resolve();
    return new Promise((wake) => this.#idleWaiters.push({ isIdle, wake }));
  }

  close(): void {
    this.#isClosed = true;
    this.#retryTimer?.cancel();
    this.#failAll(closedError());
  }

  get #isIdle(): boolean {
    return this.#queue.size === 0 && !this.#isSending;
  }

  /** At the end of the turn, so that the commits of one turn share a request. */
  #pumpSoon(): void {
    if (this.#isDeferred || this.#isClosed) return;
    this.#isDeferred = true;
    this.#options.settings.clock.defer(() => {
      this.#isDeferred = false;
      this.#pump();
    });
  }

  #pump(): void {
    this.dropLost();
    if (this.#isSending || this.#isClosed || this.#retryTimer !== undefined) return;
    const commits = this.#queue.take(() => true);
    if (commits.length === 0) return;
    this.#isSending = true;
    for (const { target } of commits) this.#inFlight.set(target.key, target);
    void this.#send(commits).then((isRetryNeeded) => {
      this.#isSending = false;
      if (this.#isClosed) this.#failAll(closedError());
      else if (isRetryNeeded) this.#retryLater();
      else this.#pump();
      this.#wakeWhenIdle();
    });
  }

  /** True when something has to be tried again. */
  async #send(commits: readonly QueuedCommit[]): Promise<boolean> {
    const { coordinator, identity } = this.#options;
    const { groupId, memberId, memberEpoch, groupInstanceId = '' } = identity();
    try {
      const answer = await coordinator.request('OFFSET_COMMIT', {
        groupId,
        memberId,
        memberEpoch,
        instanceId: groupInstanceId,
        partitions: commits.map(({ target: { key, offset, leaderEpoch, metadata } }) => {
          const { topicId, partition } = parsePartitionKey(key);
          return {
            topicId: topicIdToBytes(topicId),
            partition,
            committedOffset: fromSafeNumber(offset),
            committedLeaderEpochPlusOne: leaderEpoch + 1,
            metadata,
          };
        }),
      });
      let isRetryNeeded = false;
      commits.forEach((commit, index) => {
        const row = answer.partitions[index];
        if (row === undefined) {
          this.#refused(commit, new TidelogError('MALFORMED_FRAME', 'the answer has no result for it'));
        } else if ((row.errorCode ?? 0) === 0) {
          this.#committed(commit);
        } else {
          const error = TidelogError.fromWire(row.errorCode as number, row.errorMessage ?? '');
          isRetryNeeded = this.#refused(commit, error) || isRetryNeeded;
        }
      });
      if (!isRetryNeeded) this.#failures = 0;
      return isRetryNeeded;
    } catch (thrown) {
      const error = TidelogError.from(thrown);
      return commits.map((commit) => this.#refused(commit, error)).includes(true);
    }
  }

  #committed(commit: QueuedCommit): void {
    const { key, offset } = commit.target;
    this.#inFlight.delete(key);
    if (this.#options.owns(commit.target)) this.#confirmed.set(key, offset);
    settle(commit, undefined);
  }

  /** True when it will be tried again. */
  #refused(commit: QueuedCommit, error: TidelogError): boolean {
    const { coordinator, identity, onRefused } = this.#options;
    const verdict = commitVerdict(error);
    this.#inFlight.delete(commit.target.key);
    if (isCoordinatorElsewhere(error)) coordinator.forget();
    if (verdict === 'refresh' || verdict === 'fenced') onRefused();
    if (verdict === 'retry' || verdict === 'refresh') return this.#putBack(commit, error);
    const isLost = verdict === 'fenced' && identity().memberId !== '';
    settle(commit, isLost ? lostError([commit.target], error) : error);
    return false;
  }

  /** For those whose time is not up. */
  #putBack(commit: QueuedCommit, error: TidelogError): boolean {
    const nowMs = this.#options.settings.clock.monotonicMs();
    for (const ticket of commit.tickets) {
      if (nowMs < ticket.deadlineMs) continue;
      commit.tickets.delete(ticket);
      ticket.failed(commit.target, error);
    }
    if (commit.tickets.size === 0) return false;
    this.#queue.putBack(commit);
    return true;
  }

  #retryLater(): void {
    const { clock, random, retryBackoffMs, retryBackoffMaxMs } = this.#options.settings;
    this.#failures += 1;
    const limits = { initialMs: retryBackoffMs, maxMs: retryBackoffMaxMs };
    this.#retryTimer = clock.setTimer(backoffMs(this.#failures, limits, random), () => {
      this.#retryTimer = undefined;
      this.#pump();
    });
  }

  #failAll(error: TidelogError): void {
    for (const commit of this.#queue.take(() => true)) settle(commit, error);
    this.#wakeWhenIdle();
  }

  #wakeWhenIdle(): void {
    const idle = this.#idleWaiters.filter(({ isIdle }) => isIdle());
    if (idle.length === 0) return;
    this.#idleWaiters = this.#idleWaiters.filter((waiter) => !idle.includes(waiter));
    for (const { wake } of idle) wake();
  }
}

function settle({ target, tickets }: QueuedCommit, error: TidelogError | undefined): void {
  for (const ticket of tickets) {
    if (error === undefined) ticket.committed();
    else ticket.failed(target, error);
  }
}

function closedError(): TidelogError {
  return new TidelogError('CLOSED', 'the consumer was closed before the coordinator answered the commit');
}
