/**
 * What one replica of a partition knows about its replication, as a pure local machine: events in, effects out.
 * Today a partition has one replica, this broker, which leads it; the rules are those of the general case.
 *
 * Invariants:
 * - highWatermark ≤ durableOffset ≤ logEndOffset: what consumers see survives (RELIABILITY rule 4a). In page-cache
 *   mode the log reports everything written as durable, by that mode's promise.
 * - The high watermark advances only under leadership, over all members of the ISR, and only while they are at
 *   least min.insync.replicas. It never falls but for a truncation.
 * - Leader epochs never fall.
 */

export interface ReplicationState {
  readonly brokerId: number;
  leaderId: number;
  leaderEpoch: number;
  isrIds: readonly number[];
  minInsyncReplicas: number;
  /** All three exclusive: the next offset. */
  logEndOffset: number;
  durableOffset: number;
  highWatermark: number;
}

export type ReplicationEvent =
  /** The log was opened: recovery has decided what is there, and all of that is durable. */
  | { readonly type: 'opened'; readonly logEndOffset: number; readonly durableOffset: number }
  /** The log grew, or more of it became durable. */
  | { readonly type: 'advanced'; readonly logEndOffset: number; readonly durableOffset: number }
  /** The metadata says who leads. */
  | {
      readonly type: 'assigned';
      readonly leaderId: number;
      readonly leaderEpoch: number;
      readonly isrIds: readonly number[];
    }
  | { readonly type: 'configured'; readonly minInsyncReplicas: number };

export type ReplicationEffect =
  | { readonly type: 'highWatermarkAdvanced'; readonly highWatermark: number }
  /** Whoever waits for this leadership waits in vain. */
  | { readonly type: 'leadershipLost' };

const NO_EFFECTS: readonly ReplicationEffect[] = [];

/** A replica whose log is not open yet. */
export function initialReplicationState(about: {
  brokerId: number;
  leaderId: number;
  leaderEpoch: number;
  isrIds: readonly number[];
  minInsyncReplicas: number;
}): ReplicationState {
  return { ...about, logEndOffset: 0, durableOffset: 0, highWatermark: 0 };
}

/** True while this broker leads the partition. */
export function isLeader(state: ReplicationState): boolean {
  return state.leaderId === state.brokerId;
}

/** True while a write with acks=all can be acknowledged. */
export function hasEnoughReplicas(state: ReplicationState): boolean {
  return state.isrIds.length >= state.minInsyncReplicas;
}

/** Changes `state` and says what follows from it. */
export function step(state: ReplicationState, event: ReplicationEvent): readonly ReplicationEffect[] {
  switch (event.type) {
    case 'opened':
      state.logEndOffset = event.logEndOffset;
      state.durableOffset = event.durableOffset;
      return advanceHighWatermark(state);
    case 'advanced':
      state.logEndOffset = Math.max(state.logEndOffset, event.logEndOffset);
      state.durableOffset = Math.max(state.durableOffset, event.durableOffset);
      return advanceHighWatermark(state);
    case 'assigned': {
      if (event.leaderEpoch <= state.leaderEpoch) return NO_EFFECTS;
      const wasLeader = isLeader(state);
      state.leaderId = event.leaderId;
      state.leaderEpoch = event.leaderEpoch;
      state.isrIds = event.isrIds;
      return wasLeader ? [{ type: 'leadershipLost' }] : advanceHighWatermark(state);
    }
    case 'configured':
      state.minInsyncReplicas = event.minInsyncReplicas;
      return advanceHighWatermark(state);
  }
}

function advanceHighWatermark(state: ReplicationState): readonly ReplicationEffect[] {
  if (!isLeader(state) || !hasEnoughReplicas(state)) return NO_EFFECTS;
  // Of any other member nothing is known, so nothing is counted for it.
  if (state.isrIds.some((brokerId) => brokerId !== state.brokerId)) return NO_EFFECTS;
  if (state.durableOffset <= state.highWatermark) return NO_EFFECTS;
  state.highWatermark = state.durableOffset;
  return [{ type: 'highWatermarkAdvanced', highWatermark: state.highWatermark }];
}
