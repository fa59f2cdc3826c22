/**
 * What a consumer group heartbeat must look like by itself, before any group is looked at. Kafka's rules, and limits
 * for everything that a group would have to remember.
 */
import { TidelogError } from '@tidelog/record/errors';
import type { ErrorCode } from '@tidelog/record/errors';
import type { ConsumerGroupHeartbeatRequest } from '../../group-requests.ts';
import { isServerAssignor, serverAssignorNames } from '../assignors/server-assignors.ts';
import { groupIdProblem } from '../group-limits.ts';
import { compilePattern } from '../topic-pattern.ts';
import { STATIC_MEMBER_AWAY_EPOCH } from './consumer-group-state.ts';

/** The epoch of a member that joins. */
export const JOIN_EPOCH = 0;
/** The epoch of a member that leaves for good. */
export const LEAVE_EPOCH = -1;

/** Characters of a member id, instance id or rack. Kafka has no limit of its own. */
export const MAX_NAME_LENGTH = 255;
/** Topics that a member may name; a pattern may match more. */
export const MAX_SUBSCRIBED_TOPICS = 10_000;
/** Characters of the topics' names together. */
export const MAX_SUBSCRIPTION_LENGTH = 250_000;
const MAX_TOPIC_NAME_LENGTH = 249;
const MAX_INT32 = 2_147_483_647;

/**
 * @throws INVALID_GROUP_ID, INVALID_REQUEST, UNSUPPORTED_ASSIGNOR, INVALID_REGULAR_EXPRESSION with what is wrong and
 * what to send instead
 */
export function validateHeartbeat(request: ConsumerGroupHeartbeatRequest): void {
  const { groupId, memberEpoch } = request;
  const problem = groupIdProblem(groupId);
  if (problem !== undefined) throw problem;
  validateNames(request);
  demand(
    Number.isInteger(memberEpoch) && memberEpoch >= STATIC_MEMBER_AWAY_EPOCH && memberEpoch <= MAX_INT32,
    `member epoch ${String(memberEpoch)} is none: send 0 to join, -1 to leave, -2 to leave as a static member that comes back, or the epoch of the last answer`,
  );
  if (memberEpoch === JOIN_EPOCH) validateJoin(request);
  else
    demand(
      request.memberId !== '',
      'the member id is empty: only a member that joins may leave it to the coordinator',
    );
  if (memberEpoch === STATIC_MEMBER_AWAY_EPOCH) {
    demand(
      request.instanceId !== undefined,
      'only a static member can leave with the epoch -2: send its instance id, or the epoch -1',
    );
  }
  validateSettings(request);
}

function validateNames({ memberId, instanceId, rackId }: ConsumerGroupHeartbeatRequest): void {
  demand(
    memberId.length <= MAX_NAME_LENGTH,
    `the member id has ${String(memberId.length)} characters; at most ${String(MAX_NAME_LENGTH)} are allowed`,
  );
  for (const [what, name] of [
    ['instance id', instanceId],
    ['rack id', rackId],
  ] as const) {
    demand(
      name === undefined || (name.length > 0 && name.length <= MAX_NAME_LENGTH),
      `the ${what} has ${String(name?.length)} characters; it must be absent or have 1 to ${String(MAX_NAME_LENGTH)}`,
    );
  }
}

function validateJoin(request: ConsumerGroupHeartbeatRequest): void {
  demand(
    request.rebalanceTimeoutMs !== undefined,
    'a member that joins must send its rebalance time-out: how long it may take to give up partitions',
  );
  demand(
    request.ownedPartitions?.every(({ partitions }) => partitions.length === 0) === true,
    'a member that joins (epoch 0) owns nothing: it must give up its partitions first, and send an empty list of them',
  );
  // An empty list is a subscription: a client whose own pattern matches no topic yet joins with it.
  demand(
    request.subscribedTopicNames !== undefined || request.subscribedTopicRegex !== undefined,
    'a member that joins must say what topics it subscribes to, by their names or by a pattern; none is an empty list',
  );
}

function validateSettings(request: ConsumerGroupHeartbeatRequest): void {
  const {
    rebalanceTimeoutMs,
    subscribedTopicNames = [],
    subscribedTopicRegex = '',
    serverAssignor,
  } = request;
  demand(
    rebalanceTimeoutMs === undefined ||
      (Number.isInteger(rebalanceTimeoutMs) && rebalanceTimeoutMs >= 0 && rebalanceTimeoutMs <= MAX_INT32),
    `a rebalance time-out of ${String(rebalanceTimeoutMs)} ms is outside 0 to ${String(MAX_INT32)}`,
  );
  demand(
    subscribedTopicNames.length <= MAX_SUBSCRIBED_TOPICS,
    `the member names ${String(subscribedTopicNames.length)} topics; at most ${String(MAX_SUBSCRIBED_TOPICS)} are allowed: subscribe by a pattern`,
  );
  let subscriptionLength = 0;
  for (const topic of subscribedTopicNames) {
    subscriptionLength += topic.length;
    demand(
      topic.length > 0 && topic.length <= MAX_TOPIC_NAME_LENGTH,
      `the member subscribes to a topic whose name has ${String(topic.length)} characters; topic names have 1 to ${String(MAX_TOPIC_NAME_LENGTH)}`,
    );
  }
  demand(
    subscriptionLength <= MAX_SUBSCRIPTION_LENGTH,
    `the names of the topics that the member subscribes to have ${String(subscriptionLength)} characters together; at most ${String(MAX_SUBSCRIPTION_LENGTH)} are allowed: subscribe by a pattern`,
  );
  demand(
    serverAssignor === undefined || isServerAssignor(serverAssignor),
    `this broker has no assignor ${JSON.stringify(serverAssignor)}; it has ${serverAssignorNames().join(', ')}`,
    'UNSUPPORTED_ASSIGNOR',
  );
  if (subscribedTopicRegex !== '') compilePattern(subscribedTopicRegex);
}

function demand(condition: boolean, message: string, code: ErrorCode = 'INVALID_REQUEST'): void {
  if (!condition) throw new TidelogError(code, message);
}
