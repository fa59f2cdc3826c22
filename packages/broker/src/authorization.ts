/**
 * Who may do what: the one seam. Each request kind stands for one operation (Kafka's names); a handler asks for
 * each resource that the request touches, in the turn of the dispatch. Nothing is denied so far.
 */
import { TidelogError } from '@tidelog/record/errors';
import { showTopic } from './metadata/topic-name.ts';
import type { Principal, RequestKind } from './requests.ts';

export type Operation =
  | 'Read'
  | 'Write'
  | 'Create'
  | 'Delete'
  | 'Alter'
  | 'Describe'
  | 'DescribeConfigs'
  | 'AlterConfigs'
  | 'IdempotentWrite';

export type Resource =
  | { readonly type: 'Topic'; readonly name: string }
  | { readonly type: 'Group'; readonly name: string }
  | { readonly type: 'Cluster' };

/** What each kind of request does to the resources that it names. */
export const OPERATIONS: Readonly<Record<RequestKind, Operation>> = {
  hello: 'Describe',
  metadata: 'Describe',
  produce: 'Write',
  fetch: 'Read',
  listOffsets: 'Describe',
  offsetForLeaderEpoch: 'Describe',
  initProducerId: 'IdempotentWrite',
  createTopics: 'Create',
  deleteTopics: 'Delete',
  createPartitions: 'Alter',
  describeConfigs: 'DescribeConfigs',
  alterConfigs: 'AlterConfigs',
  deleteRecords: 'Delete',
  describeBroker: 'Describe',
  findCoordinator: 'Describe',
  consumerGroupHeartbeat: 'Read',
  joinGroup: 'Read',
  syncGroup: 'Read',
  heartbeat: 'Read',
  leaveGroup: 'Read',
  offsetCommit: 'Read',
  offsetFetch: 'Describe',
  listGroups: 'Describe',
  describeGroups: 'Describe',
  deleteGroups: 'Delete',
  offsetDelete: 'Delete',
};

/** Decides at once: a rule that needs the network keeps a copy at hand. */
export interface Authorizer {
  isAllowed(principal: Principal, operation: Operation, resource: Resource): boolean;
}

export const allowEverything: Authorizer = { isAllowed: () => true };

/** The error of a request that was denied. */
export function denied(principal: Principal, operation: Operation, resource: Resource): TidelogError {
  const who = `${principal.type}:${principal.name}`;
  switch (resource.type) {
    case 'Topic':
      return new TidelogError(
        'TOPIC_AUTHORIZATION_FAILED',
        `${who} may not ${operation} the topic ${showTopic(resource.name)}`,
        { topic: resource.name },
      );
    case 'Group':
      return new TidelogError(
        'GROUP_AUTHORIZATION_FAILED',
        `${who} may not ${operation} the group ${showTopic(resource.name)}`,
      );
    case 'Cluster':
      return new TidelogError('CLUSTER_AUTHORIZATION_FAILED', `${who} may not ${operation} the cluster`);
  }
}
