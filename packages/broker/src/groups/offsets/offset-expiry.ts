/**
 * When committed offsets end (KIP-211), and with them the groups that hold nothing else.
 *
 * - A group without members loses an offset `offsetsRetentionMs` after the group became empty or the offset was
 *   committed, whichever is later. A group that exists by its offsets alone counts from the commit.
 * - A group with members loses offsets of topics that nobody in it subscribes to, counted from the commit, once its
 *   assignment stands; never those of subscribed topics.
 * - Offsets of a topic that was deleted go at once; also those of one that was created again under its name.
 * - A group without members and offsets is deleted.
 *
 * A consumer group's records do not say when it became empty. The sweep notes when it last saw members in it, and so
 * does whoever removes members; what nobody has seen yet, as after a load, counts as in use now: offsets live longer
 * then, never shorter.
 *
 * All groups are looked at every `OFFSETS_RETENTION_CHECK_INTERVAL_MS`, a slice at a time.
 */
import { subscribedTopics } from '../classic-group/classic-subscriptions.ts';
import type { DecisionDraft } from '../decision-draft.ts';
import type { DecisionContext } from '../group-decision.ts';
import type { Group, GroupCoordinatorState } from '../group-coordinator-state.ts';
import { groupTombstones } from '../migration/convert-offline.ts';
import { offsetTombstone } from './decide-offset-delete.ts';
import { isOfAnotherTopic } from './offsets-state.ts';
import type { CommittedPartition } from './offsets-state.ts';

/** Kafka's offsets.retention.check.interval.ms. */
export const OFFSETS_RETENTION_CHECK_INTERVAL_MS = 600_000;
/** Groups and offsets that one slice looks at; a few milliseconds. */
const SLICE_STEPS = 5_000;
/** Between two slices, so that commands come in between. */
const SLICE_PAUSE_MS = 20;

/** Begins sweeping one interval from now, unless it has begun. */
export function beginOffsetExpiry(state: GroupCoordinatorState, { monotonicMs }: DecisionContext): void {
  if (state.offsets.expiry.nextMs === Infinity)
    state.offsets.expiry.nextMs = monotonicMs + OFFSETS_RETENTION_CHECK_INTERVAL_MS;
}

/** Does a slice of the sweep when its time has come. */
export function expireOffsets(
  state: GroupCoordinatorState,
  context: DecisionContext,
  draft: DecisionDraft,
): void {
  const { expiry } = state.offsets;
  if (expiry.nextMs > context.monotonicMs) return;
  if (expiry.remaining.length === 0) {
    expiry.remaining = [...new Set([...state.offsets.groupIds(), ...state.groups.keys()])];
  }
  for (let steps = 0; steps < SLICE_STEPS; steps++) {
    const groupId = expiry.remaining.pop();
    if (groupId === undefined) break;
    steps += expireGroup(state, groupId, context, draft);
  }
  const isDone = expiry.remaining.length === 0;
  expiry.nextMs = context.monotonicMs + (isDone ? OFFSETS_RETENTION_CHECK_INTERVAL_MS : SLICE_PAUSE_MS);
}

/** Takes back what groups committed for topics that are gone, among those whose names changed. */
export function dropOffsetsOfDeletedTopics(
  state: GroupCoordinatorState,
  changedTopicNames: ReadonlySet<string>,
  { topics }: DecisionContext,
  draft: DecisionDraft,
): void {
  for (const groupId of state.offsets.groupIds()) {
    for (const topic of state.offsets.topicsOf(groupId)) {
      if (!changedTopicNames.has(topic)) continue;
      const isGone = topics.named(topic) === undefined;
      for (const { partition, committed } of state.offsets.partitionsOf(groupId, topic)) {
        if (isGone || isOfAnotherTopic(topic, committed, topics)) {
          draft.write(offsetTombstone(groupId, topic, partition));
        }
      }
    }
  }
}

/** Returns how many offsets it looked at. */
function expireGroup(
  state: GroupCoordinatorState,
  groupId: string,
  context: DecisionContext,
  draft: DecisionDraft,
): number {
  const group = state.groups.get(groupId);
  if (
    group?.type === 'consumer' &&
    (group.members.size > 0 || state.offsets.lastInUseMs(groupId) === undefined)
  ) {
    state.offsets.noteInUse(groupId, context.nowMs);
  }
  const isExpired = expiryTest(state, groupId, group, context);
  let seen = 0;
  let kept = 0;
  for (const row of state.offsets.offsetsOf(groupId)) {
    seen++;
    if (isOfAnotherTopic(row.topic, row.committed, context.topics) || isExpired(row)) {
      draft.write(offsetTombstone(groupId, row.topic, row.partition));
    } else {
      kept++;
    }
  }
  if (kept === 0 && group !== undefined && isDeserted(group)) draft.write(...groupTombstones(group));
  return seen;
}

function expiryTest(
  state: GroupCoordinatorState,
  groupId: string,
  group: Group | undefined,
  { nowMs, config }: DecisionContext,
): (row: CommittedPartition) => boolean {
  const isOlder = (sinceMs: number): boolean => nowMs - sinceMs >= config.offsetsRetentionMs;
  if (group === undefined || group.members.size === 0) {
    const writtenMs = group?.type === 'classic' ? group.currentStateTimestampMs : undefined;
    // What is not written outlives the group's change of type, in which it may be known to nobody for a while.
    const emptySinceMs = Math.max(writtenMs ?? 0, state.offsets.lastInUseMs(groupId) ?? 0);
    return ({ committed }) => isOlder(Math.max(emptySinceMs, committed.commitTimestampMs));
  }
  if (group.type === 'consumer') {
    let topics: ReadonlySet<string> | undefined;
    return ({ topic, committed }) =>
      isOlder(committed.commitTimestampMs) && !(topics ??= group.subscribedTopics()).has(topic);
  }
  const topics = group.phase === 'Stable' ? subscribedTopics(group) : 'unknown';
  if (topics === 'unknown') return () => false;
  return ({ topic, committed }) => isOlder(committed.commitTimestampMs) && !topics.has(topic);
}

/** Nobody is in it, or about to be. */
function isDeserted(group: Group): boolean {
  return group.type === 'consumer' ? group.members.size === 0 : group.phase === 'Empty' && group.isIdle;
}
