/**
 * Carries out what `group-membership-state.ts` decides: sends heartbeats on the coordinator's own connection, keeps
 * the one timer, and tells its owner what to take up, give up or drop. It never waits for the program: a handler may
 * take as long as it likes while heartbeats go on.
 */
import type { RequestInputs } from '@tidelog/protocol';
import { TidelogError } from '@tidelog/record/errors';
import { backoffMs } from '../../backoff-policy.ts';
import type { ClientSettings } from '../../client-options.ts';
import type { Timer } from '../../clock.ts';
import type { GroupCoordinator } from './group-coordinator.ts';
import {
  newMembershipState,
  nextTickAtMs,
  step,
  type MembershipEffect,
  type MembershipEvent,
  type MembershipPolicy,
  type MembershipState,
} from './group-membership-state.ts';
import { keysOfList, listOfKeys, type PartitionKey } from './partition-key.ts';

/** What a member tells of itself when it joins. */
export interface MemberDescription {
  readonly groupId: string;
  readonly memberId: string;
  readonly groupInstanceId: string | undefined;
  readonly rackId: string | undefined;
  readonly assignor: string | undefined;
  readonly rebalanceTimeoutMs: number;
  /** The topics that are subscribed to by name, now. */
  readonly topics: () => readonly string[];
  /** RE2 syntax; empty: none. */
  readonly topicPattern: string;
}

export interface MembershipHandlers {
  onJoined(): void;
  /** Commits under another epoch have become possible. */
  onEpochChanged(): void;
  /** Take these up; `tenure` is over when they are lost. */
  onAssign(partitions: readonly PartitionKey[], tenure: number): void;
  /** Give these up, then call `revoked`. */
  onRevoke(partitions: readonly PartitionKey[], tenure: number): void;
  /** These belong to somebody else: drop them now. */
  onLose(partitions: readonly PartitionKey[], error: TidelogError): void;
  /** A heartbeat was refused or not answered and will be tried again. */
  onTrouble(error: TidelogError): void;
  onFailed(error: TidelogError): void;
  onLeft(): void;
}

/** How long another member may hold the instance id: longer than the broker's default session. */
const UNRELEASED_TIMEOUT_MS = 60_000;

/** An event without its time. */
type TimelessEvent = MembershipEvent extends infer E ? (E extends unknown ? Omit<E, 'nowMs'> : never) : never;

export class Membership {
  readonly #member: MemberDescription;
  readonly #settings: ClientSettings;
  readonly #coordinator: GroupCoordinator;
  readonly #handlers: MembershipHandlers;
  readonly #policy: MembershipPolicy;
  readonly #state: MembershipState = newMembershipState();
  readonly #events: MembershipEvent[] = [];
  #isStepping = false;
  #timer: Timer | undefined;
  #timerAtMs = Infinity;
  #isClosed = false;

  constructor(
    member: MemberDescription,
    place: { readonly settings: ClientSettings; readonly coordinator: GroupCoordinator },
    handlers: MembershipHandlers,
  ) {
    this.#member = member;
    this.#settings = place.settings;
    this.#coordinator = place.coordinator;
    this.#handlers = handlers;
    const isStatic = member.groupInstanceId !== undefined;
    this.#policy = { isStatic, unreleasedTimeoutMs: UNRELEASED_TIMEOUT_MS };
  }

  /** 0: not a member at the moment. */
  get memberEpoch(): number {
    return Math.max(0, this.#state.memberEpoch);
  }

  get isJoined(): boolean {
    return this.#state.phase === 'joined';
  }

  /** Rises when everything is lost. */
  get tenure(): number {
    return this.#state.tenure;
  }

  /** Heartbeats in a row that were refused or not answered. */
  get failures(): number {
    return this.#state.failures;
  }

  get heartbeatIntervalMs(): number {
    return this.#state.heartbeatIntervalMs;
  }

  /** True while the partition may be worked with and committed. */
  owns(partition: PartitionKey, tenure: number): boolean {
    return this.isCurrent(tenure) && this.#state.owned.has(partition);
  }

  /** True for a partition that is owned and not being given up. */
  keeps(partition: PartitionKey, tenure: number): boolean {
    return this.owns(partition, tenure) && !this.#state.revoking.has(partition);
  }

  /**
   * False once everything that was assigned in this tenure is lost. Looks at the clock: a process that stood still
   * for longer than its session notices here, before any timer or answer says so.
   */
  isCurrent(tenure: number): boolean {
    if (this.#settings.clock.monotonicMs() >= this.#state.sessionEndsAtMs) this.#dispatch({ kind: 'tick' });
    return tenure === this.#state.tenure;
  }

  start(): void {
    this.#dispatch({ kind: 'start' });
  }

  /** The program is done with partitions that were to be given up. */
  revoked(partitions: readonly PartitionKey[], tenure: number): void {
    this.#dispatch({ kind: 'revoked', partitions, tenure });
  }

  /** The topics of the member's description have changed. */
  subscriptionChanged(): void {
    this.#dispatch({ kind: 'subscription-changed' });
  }

  /** Somebody found the member's epoch to be stale: asks the coordinator now. */
  wantHeartbeat(): void {
    this.#dispatch({ kind: 'heartbeat-wanted' });
  }

  /** Gives up everything, then leaves; `onLeft` follows. */
  close(): void {
    this.#dispatch({ kind: 'close' });
  }

  /** Leaves now. */
  leave(): void {
    this.#dispatch({ kind: 'leave' });
  }

  /** No timer and no answer does anything any more. */
  dispose(): void {
    this.#isClosed = true;
    this.#timer?.cancel();
  }

  /** Effects may cause events: they follow when the effects before them are carried out. */
  #dispatch(event: TimelessEvent): void {
    if (this.#isClosed) return;
    this.#events.push({ ...event, nowMs: this.#settings.clock.monotonicMs() } as MembershipEvent);
    if (this.#isStepping) return;
    this.#isStepping = true;
    try {
      for (let next = this.#events.shift(); next !== undefined; next = this.#events.shift()) {
        for (const effect of step(this.#state, next, this.#policy)) this.#carryOut(effect);
      }
    } finally {
      this.#isStepping = false;
    }
    this.#armTimer();
  }

  #carryOut(effect: MembershipEffect): void {
    const handlers = this.#handlers;
    switch (effect.kind) {
      case 'heartbeat':
        this.#send(effect);
        return;
      case 'joined':
        handlers.onJoined();
        return;
      case 'epoch-changed':
        handlers.onEpochChanged();
        return;
      case 'assign':
        handlers.onAssign(effect.partitions, effect.tenure);
        return;
      case 'revoke':
        handlers.onRevoke(effect.partitions, effect.tenure);
        return;
      case 'lose':
        handlers.onLose(effect.partitions, effect.error);
        return;
      case 'find-coordinator':
        this.#coordinator.forget();
        return;
      case 'fail':
        handlers.onFailed(effect.error);
        return;
      case 'left':
        handlers.onLeft();
    }
  }

  #send(heartbeat: Extract<MembershipEffect, { readonly kind: 'heartbeat' }>): void {
    const { requestId } = heartbeat;
    this.#coordinator
      .request('CONSUMER_GROUP_HEARTBEAT', this.#bodyOf(heartbeat))
      .then(({ memberEpoch, heartbeatIntervalMs, sessionTimeoutMs, assignment }) => {
        // A message that may be absent, whatever its generated type says.
        const list = assignment as typeof assignment | null | undefined;
        this.#dispatch({
          kind: 'answered',
          requestId,
          memberEpoch,
          heartbeatIntervalMs,
          sessionTimeoutMs,
          assignment: list === null || list === undefined ? undefined : keysOfList(list),
        });
      })
      .catch((thrown: unknown) => this.#refused(requestId, TidelogError.from(thrown)));
  }

  #refused(requestId: number, error: TidelogError): void {
    const { random, retryBackoffMs, retryBackoffMaxMs } = this.#settings;
    const limits = { initialMs: retryBackoffMs, maxMs: retryBackoffMaxMs };
    const retryInMs = backoffMs(this.#state.failures + 1, limits, random);
    // Of a request that nobody waits for any more: it says nothing about those that came after it.
    const isStale = this.#state.request?.id !== requestId;
    this.#dispatch({ kind: 'refused', requestId, error, retryInMs });
    if (!this.#isClosed && !isStale) this.#handlers.onTrouble(error);
  }

  #bodyOf({
    memberEpoch,
    isFull,
    owned,
  }: Extract<MembershipEffect, { readonly kind: 'heartbeat' }>): RequestInputs['CONSUMER_GROUP_HEARTBEAT'] {
    const { groupId, memberId, groupInstanceId = '', rackId = '', assignor = '' } = this.#member;
    const { rebalanceTimeoutMs, topics, topicPattern } = this.#member;
    return {
      groupId,
      memberId,
      memberEpoch,
      instanceId: groupInstanceId,
      ...(owned === undefined ? {} : { ownedPartitions: listOfKeys(owned) }),
      ...(isFull
        ? {
            rackId,
            serverAssignor: assignor,
            rebalanceTimeoutMs,
            subscribedTopicNames: { names: [...topics()] },
            subscribedTopicPattern: topicPattern,
          }
        : {}),
    };
  }

  #armTimer(): void {
    const atMs = this.#isClosed ? Infinity : nextTickAtMs(this.#state);
    if (atMs === this.#timerAtMs) return;
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#timerAtMs = atMs;
    if (atMs === Infinity) return;
    const delayMs = Math.max(0, atMs - this.#settings.clock.monotonicMs());
    this.#timer = this.#settings.clock.setTimer(delayMs, () => {
      this.#timer = undefined;
      this.#timerAtMs = Infinity;
      this.#dispatch({ kind: 'tick' });
    });
  }
}
