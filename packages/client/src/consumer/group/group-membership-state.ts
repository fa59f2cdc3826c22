/**
 * One member of a consumer group (KIP-848), as a pure machine: when it sends a heartbeat and what is in it, what it
 * owns, what it gives up, and when it must count everything as lost. Events in, effects out; `membership.ts` carries
 * the effects out.
 *
 * States: unjoined → joining (epoch 0) → joined → leaving → left. From joining and joined: fenced or out of touch for
 * a session → everything is lost → joining again; an error that no waiting changes → failed.
 *
 * Invariants:
 * - `owned` holds only what the coordinator assigned and the member has not given up since; it is empty outside of
 *   joined. A heartbeat tells exactly `owned`: a partition leaves it by the event `revoked`, when the program is done
 *   with it, or all at once with the effect `lose`.
 * - At most one heartbeat is on its way; answers to any other change nothing.
 * - The session is counted from when the last answered heartbeat was sent, which is before the coordinator counts
 *   from: the member knows that its partitions are lost before anybody else gets them.
 * - `tenure` rises with every loss: what was begun before belongs to another life and is ignored.
 */
import { TidelogError } from '@tidelog/record/errors';
import { heartbeatVerdict } from './group-error-policy.ts';
import type { PartitionKey } from './partition-key.ts';

export interface MembershipState {
  phase: 'unjoined' | 'joining' | 'joined' | 'leaving' | 'left' | 'failed';
  /** 0 unless joined. */
  memberEpoch: number;
  tenure: number;
  owned: Set<PartitionKey>;
  /** Of `owned`: what is being given up. */
  revoking: Set<PartitionKey>;
  /** What the coordinator last said the member may own. */
  target: Set<PartitionKey>;
  /** What the coordinator has heard that the member owns; undefined: it must be told everything. */
  told: ReadonlySet<PartitionKey> | undefined;
  /** Rises when the member subscribes to something else. */
  subscriptionVersion: number;
  /** The subscription that the coordinator has heard of. */
  toldSubscriptionVersion: number;
  /** The heartbeat on its way. */
  request: SentHeartbeat | undefined;
  lastRequestId: number;
  nextHeartbeatAtMs: number;
  /** When everything counts as lost, unless a heartbeat is answered; Infinity unless joined. */
  sessionEndsAtMs: number;
  heartbeatIntervalMs: number;
  sessionTimeoutMs: number;
  /** Failed heartbeats in a row. */
  failures: number;
  /** Since when another member holds the instance id; undefined: it does not. */
  unreleasedSinceMs: number | undefined;
  /** The member gives up everything and leaves. */
  isClosing: boolean;
}

interface SentHeartbeat {
  readonly id: number;
  readonly sentAtMs: number;
  readonly owned: ReadonlySet<PartitionKey>;
  readonly subscriptionVersion: number;
}

export interface MembershipPolicy {
  /** A static member keeps its partitions for a session when it leaves. */
  readonly isStatic: boolean;
  /** How long to wait for another member to release the instance id. */
  readonly unreleasedTimeoutMs: number;
}

export type MembershipEvent = { readonly nowMs: number } & (
  | { readonly kind: 'start' }
  /** Time has passed. */
  | { readonly kind: 'tick' }
  | {
      readonly kind: 'answered';
      readonly requestId: number;
      readonly memberEpoch: number;
      readonly heartbeatIntervalMs: number;
      /** 0: the coordinator did not tell. */
      readonly sessionTimeoutMs: number;
      /** Undefined: not changed. */
      readonly assignment: readonly PartitionKey[] | undefined;
    }
  /** The coordinator refused, or no answer came; `retryInMs` is the wait before the next try. */
  | {
      readonly kind: 'refused';
      readonly requestId: number;
      readonly error: TidelogError;
      readonly retryInMs: number;
    }
  /** The program is done with partitions of an effect `revoke` of this tenure. */
  | { readonly kind: 'revoked'; readonly tenure: number; readonly partitions: readonly PartitionKey[] }
  /** Somebody found the member epoch to be stale. */
  | { readonly kind: 'heartbeat-wanted' }
  /** The member subscribes to something else. */
  | { readonly kind: 'subscription-changed' }
  /** Give up everything, then leave. */
  | { readonly kind: 'close' }
  /** Leave now, whatever is owned. */
  | { readonly kind: 'leave' }
);

export type MembershipEffect =
  | {
      readonly kind: 'heartbeat';
      readonly requestId: number;
      readonly memberEpoch: number;
      /** Say everything; else only what is given here has changed. */
      readonly isFull: boolean;
      readonly owned: readonly PartitionKey[] | undefined;
    }
  /** The member has (again) become one. */
  | { readonly kind: 'joined' }
  /** The member is at another epoch. */
  | { readonly kind: 'epoch-changed' }
  | { readonly kind: 'revoke'; readonly tenure: number; readonly partitions: readonly PartitionKey[] }
  | { readonly kind: 'assign'; readonly tenure: number; readonly partitions: readonly PartitionKey[] }
  /** These belong to somebody else now, or will at any moment. */
  | { readonly kind: 'lose'; readonly partitions: readonly PartitionKey[]; readonly error: TidelogError }
  | { readonly kind: 'find-coordinator' }
  | { readonly kind: 'fail'; readonly error: TidelogError }
  | { readonly kind: 'left' };

/** The heartbeat interval before the coordinator has told one, and a session when it tells none. */
const FIRST_HEARTBEAT_INTERVAL_MS = 5_000;
const HEARTBEATS_PER_SESSION = 9;
const LEAVE_EPOCH = -1;
const LEAVE_FOR_A_WHILE_EPOCH = -2;

export function newMembershipState(): MembershipState {
  return {
    phase: 'unjoined',
    memberEpoch: 0,
    tenure: 0,
    owned: new Set(),
    revoking: new Set(),
    target: new Set(),
    told: undefined,
    subscriptionVersion: 0,
    toldSubscriptionVersion: 0,
    request: undefined,
    lastRequestId: 0,
    nextHeartbeatAtMs: Infinity,
    sessionEndsAtMs: Infinity,
    heartbeatIntervalMs: FIRST_HEARTBEAT_INTERVAL_MS,
    sessionTimeoutMs: FIRST_HEARTBEAT_INTERVAL_MS * HEARTBEATS_PER_SESSION,
    failures: 0,
    unreleasedSinceMs: undefined,
    isClosing: false,
  };
}

/** When the next `tick` is needed; Infinity: not before another event. */
export function nextTickAtMs({ request, nextHeartbeatAtMs, sessionEndsAtMs }: MembershipState): number {
  return Math.min(sessionEndsAtMs, request === undefined ? nextHeartbeatAtMs : Infinity);
}

/** Applies one event; the caller carries out the effects in order. */
export function step(
  state: MembershipState,
  event: MembershipEvent,
  policy: MembershipPolicy,
): MembershipEffect[] {
  const effects: MembershipEffect[] = [];
  const { nowMs } = event;
  if (event.kind === 'answered') prolongSession(state, event);
  if (nowMs >= state.sessionEndsAtMs) expire(state, nowMs, effects);
  switch (event.kind) {
    case 'start':
      if (state.phase === 'unjoined') rejoin(state, nowMs);
      break;
    case 'tick':
      break;
    case 'answered':
      answered(state, event, effects);
      break;
    case 'refused':
      refused(state, event, policy, effects);
      break;
    case 'revoked':
      revoked(state, event, effects);
      break;
    case 'subscription-changed':
      state.subscriptionVersion += 1;
      if (state.failures === 0) state.nextHeartbeatAtMs = Math.min(state.nextHeartbeatAtMs, nowMs);
      break;
    case 'heartbeat-wanted':
      state.nextHeartbeatAtMs = Math.min(state.nextHeartbeatAtMs, nowMs);
      break;
    case 'close':
      state.isClosing = true;
      reconcile(state, effects);
      break;
    case 'leave':
      state.isClosing = true;
      state.owned.clear();
      state.revoking.clear();
      break;
  }
  if (state.isClosing) leaveWhenEmpty(state, nowMs, policy, effects);
  sendWhenDue(state, nowMs, effects);
  return effects;
}

function prolongSession(
  state: MembershipState,
  event: Extract<MembershipEvent, { readonly kind: 'answered' }>,
): void {
  if (state.request?.id !== event.requestId || state.phase === 'leaving') return;
  state.heartbeatIntervalMs = Math.max(1, event.heartbeatIntervalMs);
  state.sessionTimeoutMs =
    event.sessionTimeoutMs > 0 ? event.sessionTimeoutMs : state.heartbeatIntervalMs * HEARTBEATS_PER_SESSION;
  state.sessionEndsAtMs = state.request.sentAtMs + state.sessionTimeoutMs;
  // The next one was planned by the interval that was known when this one was sent: at a join, a guess.
  const nextAtMs = state.request.sentAtMs + state.heartbeatIntervalMs;
  state.nextHeartbeatAtMs = Math.min(state.nextHeartbeatAtMs, nextAtMs);
}

function expire(state: MembershipState, nowMs: number, effects: MembershipEffect[]): void {
  const error = new TidelogError(
    'REBALANCE_IN_PROGRESS',
    `the coordinator has not answered for the session of ${state.sessionTimeoutMs} ms, or this process stood still: its partitions count as lost`,
  );
  const isBackingOff = state.failures > 0 && state.nextHeartbeatAtMs > nowMs;
  const retryAtMs = isBackingOff ? state.nextHeartbeatAtMs : nowMs;
  lose(state, error, effects);
  rejoin(state, retryAtMs);
}

/** Nothing is owned any more, and nothing that is on its way counts. */
function lose(state: MembershipState, error: TidelogError, effects: MembershipEffect[]): void {
  const partitions = [...state.owned];
  state.tenure += 1;
  state.owned.clear();
  state.revoking.clear();
  state.target.clear();
  state.told = undefined;
  state.request = undefined;
  state.memberEpoch = 0;
  state.sessionEndsAtMs = Infinity;
  if (partitions.length > 0) effects.push({ kind: 'lose', partitions, error });
}

function rejoin(state: MembershipState, atMs: number): void {
  state.phase = 'joining';
  state.memberEpoch = 0;
  state.nextHeartbeatAtMs = atMs;
}

function answered(
  state: MembershipState,
  event: Extract<MembershipEvent, { readonly kind: 'answered' }>,
  effects: MembershipEffect[],
): void {
  const { request } = state;
  if (request === undefined || request.id !== event.requestId) return;
  state.request = undefined;
  if (state.phase === 'leaving') {
    left(state, effects);
    return;
  }
  state.failures = 0;
  state.unreleasedSinceMs = undefined;
  state.told = request.owned;
  state.toldSubscriptionVersion = request.subscriptionVersion;
  const isJoining = state.phase === 'joining';
  const isNewEpoch = event.memberEpoch !== state.memberEpoch;
  state.phase = 'joined';
  state.memberEpoch = event.memberEpoch;
  if (isJoining) effects.push({ kind: 'joined' });
  if (isNewEpoch) effects.push({ kind: 'epoch-changed' });
  if (event.assignment !== undefined) state.target = new Set(event.assignment);
  reconcile(state, effects);
}

/** Brings what is owned nearer to what may be owned. */
function reconcile(state: MembershipState, effects: MembershipEffect[]): void {
  const { owned, revoking, tenure } = state;
  const target: ReadonlySet<PartitionKey> = state.isClosing ? new Set() : state.target;
  const taken = [...owned].filter((key) => !target.has(key) && !revoking.has(key));
  for (const key of taken) revoking.add(key);
  if (taken.length > 0) effects.push({ kind: 'revoke', tenure, partitions: taken });
  const added = [...target].filter((key) => !owned.has(key));
  for (const key of added) owned.add(key);
  if (added.length > 0) effects.push({ kind: 'assign', tenure, partitions: added });
}

function revoked(
  state: MembershipState,
  event: Extract<MembershipEvent, { readonly kind: 'revoked' }>,
  effects: MembershipEffect[],
): void {
  if (event.tenure !== state.tenure) return;
  for (const key of event.partitions) if (state.revoking.delete(key)) state.owned.delete(key);
  reconcile(state, effects);
  // Others wait for these: the coordinator hears of it at once, unless it backs off from an error.
  if (state.revoking.size === 0 && state.failures === 0) state.nextHeartbeatAtMs = event.nowMs;
}

function refused(
  state: MembershipState,
  event: Extract<MembershipEvent, { readonly kind: 'refused' }>,
  policy: MembershipPolicy,
  effects: MembershipEffect[],
): void {
  const { error, nowMs, retryInMs } = event;
  if (state.request?.id !== event.requestId) return;
  state.request = undefined;
  if (state.phase === 'leaving') {
    left(state, effects);
    return;
  }
  state.failures += 1;
  // Whatever an answer would have said is not known: say everything, to be told everything.
  state.told = undefined;
  state.nextHeartbeatAtMs = nowMs + retryInMs;
  switch (heartbeatVerdict(error)) {
    case 'fenced': {
      const wasJoined = state.phase === 'joined';
      lose(state, fencedError(error), effects);
      rejoin(state, wasJoined ? nowMs : nowMs + retryInMs);
      return;
    }
    case 'find-coordinator':
      effects.push({ kind: 'find-coordinator' });
      return;
    case 'retry':
      return;
    case 'unreleased':
      state.unreleasedSinceMs ??= nowMs;
      if (nowMs - state.unreleasedSinceMs < policy.unreleasedTimeoutMs) return;
      fail(state, error, effects);
      return;
    case 'final':
      fail(state, error, effects);
  }
}

function fail(state: MembershipState, error: TidelogError, effects: MembershipEffect[]): void {
  lose(state, error, effects);
  state.phase = 'failed';
  state.nextHeartbeatAtMs = Infinity;
  effects.push({ kind: 'fail', error });
}

function fencedError(cause: TidelogError): TidelogError {
  return new TidelogError(
    'REBALANCE_IN_PROGRESS',
    `the group went on without this member (${cause.code}: ${cause.message}); it joins again`,
    { cause },
  );
}

function leaveWhenEmpty(
  state: MembershipState,
  nowMs: number,
  policy: MembershipPolicy,
  effects: MembershipEffect[],
): void {
  if (state.owned.size > 0 || state.phase === 'leaving' || state.phase === 'left') return;
  // A join whose answer never came may have made it a member all the same.
  const wasAsked = state.phase === 'joined' || (state.phase === 'joining' && state.lastRequestId > 0);
  if (!wasAsked) {
    left(state, effects);
    return;
  }
  // An earlier heartbeat that is on its way reaches the coordinator before this one.
  state.phase = 'leaving';
  state.memberEpoch = policy.isStatic ? LEAVE_FOR_A_WHILE_EPOCH : LEAVE_EPOCH;
  state.sessionEndsAtMs = Infinity;
  send(state, nowMs, effects);
}

function left(state: MembershipState, effects: MembershipEffect[]): void {
  state.phase = 'left';
  state.memberEpoch = 0;
  state.request = undefined;
  state.nextHeartbeatAtMs = Infinity;
  state.sessionEndsAtMs = Infinity;
  effects.push({ kind: 'left' });
}

function sendWhenDue(state: MembershipState, nowMs: number, effects: MembershipEffect[]): void {
  if (state.phase !== 'joining' && state.phase !== 'joined') return;
  if (state.request === undefined && nowMs >= state.nextHeartbeatAtMs) send(state, nowMs, effects);
}

function send(state: MembershipState, nowMs: number, effects: MembershipEffect[]): void {
  const owned = new Set(state.owned);
  const { subscriptionVersion, toldSubscriptionVersion } = state;
  const isNews = state.told === undefined || subscriptionVersion !== toldSubscriptionVersion;
  const isFull = state.phase !== 'leaving' && isNews;
  const isTold = state.phase === 'leaving' || (!isFull && isSame(owned, state.told));
  state.request = { id: ++state.lastRequestId, sentAtMs: nowMs, owned, subscriptionVersion };
  state.nextHeartbeatAtMs = nowMs + state.heartbeatIntervalMs;
  effects.push({
    kind: 'heartbeat',
    requestId: state.request.id,
    memberEpoch: state.memberEpoch,
    isFull,
    owned: isTold ? undefined : [...owned],
  });
}

function isSame(one: ReadonlySet<PartitionKey>, other: ReadonlySet<PartitionKey> | undefined): boolean {
  return other?.size === one.size && [...one].every((key) => other.has(key));
}
