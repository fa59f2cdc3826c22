/**
 * From the wire's rows about consumer groups to what an admin gives.
 */
import { toSafeNumber, type wire } from '@tidelog/protocol';
import type {
  AssignedTopic,
  DescribedGroup,
  GroupOffset,
  GroupState,
  GroupType,
  ListedGroup,
} from './group-shapes.ts';
import { errorOf } from './admin-answers.ts';
import { TidelogError } from '@tidelog/record/errors';

export function listedGroupOf(row: wire.ListedGroup.$Properties): ListedGroup {
  const { groupId = '', type = '', protocolType = '', state = '' } = row;
  return { groupId, type: type as GroupType, protocolType, state: state as GroupState };
}

export function describedGroupOf(
  row: wire.DescribedGroup.$Properties,
  coordinatorId: number,
): DescribedGroup {
  const { groupEpoch = 0, assignmentEpoch = 0, assignor = '', members = [] } = row;
  return {
    ...listedGroupOf(row),
    ...{ groupEpoch, assignmentEpoch, assignor, coordinatorId },
    members: members.map((member) => ({
      memberId: member.memberId ?? '',
      groupInstanceId: nonEmpty(member.instanceId),
      rackId: nonEmpty(member.rackId),
      clientId: member.clientId ?? '',
      clientHost: member.clientHost ?? '',
      memberEpoch: member.memberEpoch ?? 0,
      subscribedTopics: member.subscribedTopicNames ?? [],
      subscribedPattern: nonEmpty(member.subscribedTopicPattern),
      assignment: (member.assignment ?? []).map(assignedTopicOf),
      targetAssignment: (member.targetAssignment ?? []).map(assignedTopicOf),
    })),
  };
}

/** A committed offset; throws the row's error. */
export function groupOffsetOf(row: wire.CommittedOffset.$Properties): GroupOffset {
  const { topicName: topic = '', partition = 0, metadata = '' } = row;
  const error = errorOf(row, topic, partition);
  if (error !== undefined) throw error;
  return {
    topic,
    partition,
    offset: toSafeNumber(row.committedOffset ?? 0, 'committed offset'),
    leaderEpoch: (row.committedLeaderEpochPlusOne ?? 0) - 1,
    metadata,
  };
}

/** The error of a group's row. */
export function groupErrorOf(row: {
  readonly groupId?: string;
  readonly errorCode?: number;
  readonly errorMessage?: string;
}): TidelogError | undefined {
  const { groupId = '', errorCode = 0, errorMessage = '' } = row;
  if (errorCode === 0) return undefined;
  return TidelogError.fromWire(
    errorCode,
    errorMessage === '' ? `group ${JSON.stringify(groupId)}` : errorMessage,
  );
}

function assignedTopicOf(row: wire.NamedTopicPartitions.$Properties): AssignedTopic {
  return { topic: row.topicName ?? '', partitions: row.partitions ?? [] };
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : text;
}
