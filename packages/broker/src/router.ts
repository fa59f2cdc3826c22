/**
 * The one way from a listener to the handlers: it counts, it binds the authorisation to the kind of request, and
 * it turns whatever a handler throws into an error with a number on the wire. Nothing thrown here reaches a
 * listener in another form, and nothing ends the process.
 */
import type { TidelogError } from '@tidelog/record/errors';
import { allowEverything, denied, OPERATIONS } from './authorization.ts';
import type { Authorizer, Resource } from './authorization.ts';
import type { BrokerCore, Handler, HandlerContext } from './broker-core.ts';
import { handleAlterConfigs } from './handlers/handle-alter-configs.ts';
import { handleConsumerGroupHeartbeat } from './handlers/handle-consumer-group-heartbeat.ts';
import { handleCreatePartitions } from './handlers/handle-create-partitions.ts';
import { handleCreateTopics } from './handlers/handle-create-topics.ts';
import { handleDeleteGroups } from './handlers/handle-delete-groups.ts';
import { handleDeleteRecords } from './handlers/handle-delete-records.ts';
import { handleDeleteTopics } from './handlers/handle-delete-topics.ts';
import { handleDescribeBroker } from './handlers/handle-describe-broker.ts';
import { handleDescribeConfigs } from './handlers/handle-describe-configs.ts';
import { handleDescribeGroups } from './handlers/handle-describe-groups.ts';
import { handleFetch } from './handlers/handle-fetch.ts';
import { handleFindCoordinator } from './handlers/handle-find-coordinator.ts';
import { handleHeartbeat } from './handlers/handle-heartbeat.ts';
import { handleHello } from './handlers/handle-hello.ts';
import { handleInitProducerId } from './handlers/handle-init-producer-id.ts';
import { handleJoinGroup } from './handlers/handle-join-group.ts';
import { handleLeaveGroup } from './handlers/handle-leave-group.ts';
import { handleListGroups } from './handlers/handle-list-groups.ts';
import { handleListOffsets } from './handlers/handle-list-offsets.ts';
import { handleMetadata } from './handlers/handle-metadata.ts';
import { handleOffsetCommit } from './handlers/handle-offset-commit.ts';
import { handleOffsetDelete } from './handlers/handle-offset-delete.ts';
import { handleOffsetFetch } from './handlers/handle-offset-fetch.ts';
import { handleOffsetForLeaderEpoch } from './handlers/handle-offset-for-leader-epoch.ts';
import { handleProduce } from './handlers/handle-produce.ts';
import { handleSyncGroup } from './handlers/handle-sync-group.ts';
import type { RequestContext, RequestKind, RequestOf, ResponseOf } from './requests.ts';
import { toWireFailure } from './wire-error.ts';

export interface Router {
  /**
   * Answers one request. The handler starts in the turn of the call, so that requests take effect in the order
   * in which they are dispatched: appends to one partition never overtake each other.
   *
   * Rejects with a TidelogError that has a wire code, and with nothing else. Errors of a single topic or
   * partition are rows of the response.
   */
  dispatch<K extends RequestKind>(
    kind: K,
    request: RequestOf<K>,
    context: RequestContext,
  ): Promise<ResponseOf<K>>;
}

/** The handler of each request kind. */
export type Handlers = { readonly [K in RequestKind]: Handler<RequestOf<K>, ResponseOf<K>> };

const HANDLERS: Handlers = {
  hello: handleHello,
  metadata: handleMetadata,
  produce: handleProduce,
  fetch: handleFetch,
  listOffsets: handleListOffsets,
  offsetForLeaderEpoch: handleOffsetForLeaderEpoch,
  initProducerId: handleInitProducerId,
  createTopics: handleCreateTopics,
  deleteTopics: handleDeleteTopics,
  createPartitions: handleCreatePartitions,
  describeConfigs: handleDescribeConfigs,
  alterConfigs: handleAlterConfigs,
  deleteRecords: handleDeleteRecords,
  describeBroker: handleDescribeBroker,
  findCoordinator: handleFindCoordinator,
  consumerGroupHeartbeat: handleConsumerGroupHeartbeat,
  joinGroup: handleJoinGroup,
  syncGroup: handleSyncGroup,
  heartbeat: handleHeartbeat,
  leaveGroup: handleLeaveGroup,
  offsetCommit: handleOffsetCommit,
  offsetFetch: handleOffsetFetch,
  listGroups: handleListGroups,
  describeGroups: handleDescribeGroups,
  deleteGroups: handleDeleteGroups,
  offsetDelete: handleOffsetDelete,
};

/** A router over a broker's parts. Others than the broker's own handlers and authorizer are for tests. */
export function createRouter(
  core: BrokerCore,
  {
    handlers = HANDLERS,
    authorizer = allowEverything,
  }: { handlers?: Handlers; authorizer?: Authorizer } = {},
): Router {
  const failureOf = (kind: RequestKind, request: RequestContext, thrown: unknown): TidelogError => {
    const { error, isUnexpected } = toWireFailure(thrown);
    if (isUnexpected) {
      core.metrics.unexpectedErrorsTotal++;
      const { connectionId, clientId } = request;
      core.logger.error(
        { err: thrown, request: kind, connectionId, clientId },
        'a request failed unexpectedly',
      );
    }
    return error;
  };
  return {
    async dispatch(kind, request, context) {
      const metrics = core.metrics.requests[kind];
      const handlerContext: HandlerContext = {
        core,
        request: context,
        denial: (resource: Resource, operation = OPERATIONS[kind]) =>
          authorizer.isAllowed(context.principal, operation, resource)
            ? undefined
            : denied(context.principal, operation, resource),
        failure: (thrown) => failureOf(kind, context, thrown),
        missing: (reason) =>
          core.clients.missing(context.connectionId, { request: asKafkaNames(kind), reason }),
      };
      const startMs = core.clock.monotonicMs();
      metrics.inFlight++;
      try {
        return await handlers[kind](handlerContext, request);
      } catch (thrown) {
        const error = failureOf(kind, context, thrown);
        metrics.errors.set(error.code, (metrics.errors.get(error.code) ?? 0) + 1);
        throw error;
      } finally {
        metrics.inFlight--;
        metrics.latency.observeMs(core.clock.monotonicMs() - startMs);
      }
    },
  };
}

/** `initProducerId` → `InitProducerId` */
function asKafkaNames(kind: RequestKind): string {
  return `${kind[0]?.toUpperCase() ?? ''}${kind.slice(1)}`;
}
