/**
 * Every decision of the group coordinator begins here: a command, the passing of time, a change of topics, the end
 * of a load. Each goes to the files of the group's type; see group-decision.ts for what a decision is.
 */
import { TidelogError } from '@tidelog/record/errors';
import { DecisionDraft } from './decision-draft.ts';
import type { AnyGroupCommand, Decision, DecisionContext } from './group-decision.ts';
import type { GroupCoordinatorState } from './group-coordinator-state.ts';
import {
  decideClassicGroupTick,
  decideHeartbeat,
  decideJoinGroup,
  decideLeaveGroup,
  decideSyncGroup,
} from './classic-group/decide-classic-group.ts';
import { decideDeleteGroups, decideDescribeGroups, decideListGroups } from './describe-groups.ts';
import { decideOffsetCommit } from './offsets/decide-offset-commit.ts';
import { decideOffsetDelete } from './offsets/decide-offset-delete.ts';
import { decideOffsetFetch } from './offsets/decide-offset-fetch.ts';
import { beginOffsetExpiry, dropOffsetsOfDeletedTopics, expireOffsets } from './offsets/offset-expiry.ts';
import { decideConsumerGroupHeartbeat } from './consumer-group/decide-consumer-heartbeat.ts';
import { expireConsumerMembers } from './consumer-group/member-departure.ts';
import { beginConsumerSessions, markTopicsChanged } from './consumer-group/consumer-group-soft.ts';

/** What is to be written and answered for a command. Changes nothing that is written; nothing in it throws but a fault. */
export function decide(
  state: GroupCoordinatorState,
  command: AnyGroupCommand,
  context: DecisionContext,
): Decision {
  begin(state, context);
  const draft = new DecisionDraft();
  try {
    decideCommand(state, command, context, draft);
  } catch (thrown) {
    if (!(thrown instanceof TidelogError)) throw thrown;
    // A refusal changes nothing: what was drafted before it is dropped.
    return { records: [], answers: [{ requestId: command.requestId, error: thrown }] };
  }
  return draft;
}

function decideCommand(
  state: GroupCoordinatorState,
  command: AnyGroupCommand,
  context: DecisionContext,
  draft: DecisionDraft,
): void {
  switch (command.kind) {
    case 'consumerGroupHeartbeat':
      return decideConsumerGroupHeartbeat(state, command, context, draft);
    case 'joinGroup':
      return decideJoinGroup(state, command, context, draft);
    case 'syncGroup':
      return decideSyncGroup(state, command, context, draft);
    case 'heartbeat':
      return decideHeartbeat(state, command, context, draft);
    case 'leaveGroup':
      return decideLeaveGroup(state, command, context, draft);
    case 'offsetCommit':
      return decideOffsetCommit(state, command, context, draft);
    case 'offsetFetch':
      return decideOffsetFetch(state, command, context.topics, draft);
    case 'offsetDelete':
      return decideOffsetDelete(state, command, draft);
    case 'listGroups':
      return decideListGroups(state, command, draft);
    case 'describeGroups':
      return decideDescribeGroups(state, command, context.topics, draft);
    case 'deleteGroups':
      return decideDeleteGroups(state, command, draft);
  }
}

/**
 * Everything whose time has come by `context.monotonicMs`: sessions, rebalance time-outs, join delays. The shell
 * calls it when `state.nextDeadlineMs()` is reached, until it lies in the future.
 */
export function decideTick(state: GroupCoordinatorState, context: DecisionContext): Decision {
  begin(state, context);
  const draft = new DecisionDraft();
  // First: a group that becomes empty in this tick says so only once its records are applied.
  expireOffsets(state, context, draft);
  // Once each: a group that is due again at this very moment is looked at by the next tick.
  for (const groupId of state.deadlines.takeAllDue(context.monotonicMs)) {
    const group = state.groups.get(groupId);
    if (group?.type === 'classic') decideClassicGroupTick(state, group, context, draft);
    else if (group !== undefined) expireConsumerMembers(state, group, context, draft);
  }
  return draft;
}

/**
 * Topics were created, deleted, or got partitions. Groups that subscribe to one of them get a new epoch at the next
 * heartbeat of any member.
 */
export function decideTopicsChanged(
  state: GroupCoordinatorState,
  changedTopicNames: ReadonlySet<string>,
  context: DecisionContext,
): Decision {
  begin(state, context);
  const draft = new DecisionDraft();
  markTopicsChanged(state, changedTopicNames);
  dropOffsetsOfDeletedTopics(state, changedTopicNames, context, draft);
  return draft;
}

/**
 * The log has been read: every member has a full session from now on. The first decision does it as well, so that
 * no member of a loaded group is without a session.
 */
export function onLoaded(state: GroupCoordinatorState, context: DecisionContext): void {
  state.observe(context);
  beginConsumerSessions(state, context);
  beginOffsetExpiry(state, context);
  for (const group of state.groups.values()) {
    if (group.type === 'classic') group.beginSessions(context.monotonicMs);
    state.deadlines.schedule(group.groupId, group.nextDeadlineMs());
  }
}

function begin(state: GroupCoordinatorState, context: DecisionContext): void {
  if (state.isServing) state.observe(context);
  else onLoaded(state, context);
}
