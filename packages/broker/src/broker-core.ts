/**
 * What the request handlers work with: the parts of a running broker, and what belongs to the request in hand.
 */
import type { Clock, Logger } from '@tidelog/log';
import type { TidelogError } from '@tidelog/record/errors';
import type { Operation, Resource } from './authorization.ts';
import type { ClientRegistry, MissingReason } from './client-registry.ts';
import type { GroupCoordinator } from './groups/group-coordinator.ts';
import type { MetadataStore } from './metadata/metadata-store.ts';
import type { MemoryBudget } from './memory-budget.ts';
import type { BrokerMetrics } from './metrics.ts';
import type { BrokerOptions } from './options.ts';
import type { Partitions } from './partitions/partitions.ts';
import type { ProducerIds } from './producer-ids.ts';
import type { Random } from './random.ts';
import type { RequestContext } from './requests.ts';
import type { TopicConfigs } from './topic-config.ts';

/** The address of a listener as clients are told it. */
export interface AdvertisedAddress {
  readonly host: string;
  readonly port: number;
}

/** The parts of one broker, the same for all requests. */
export interface BrokerCore {
  readonly brokerId: number;
  readonly clusterId: string;
  readonly brokerVersion: string;
  readonly startedAtMs: number;
  readonly dataDir: string;
  readonly options: BrokerOptions;
  readonly topicDefaults: TopicConfigs;
  readonly metadata: MetadataStore;
  readonly partitions: Partitions;
  readonly producerIds: ProducerIds;
  readonly groups: GroupCoordinator;
  /** By listener name; empty until the listeners are open. */
  readonly advertised: ReadonlyMap<string, AdvertisedAddress>;
  readonly metrics: BrokerMetrics;
  /** Who is connected. */
  readonly clients: ClientRegistry;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Aborted when the broker begins to close: long polls end. */
  readonly closing: AbortSignal;
  /** Counts fetches, so that each begins with another of its partitions. */
  readonly fetchTurn: { value: number };
  /** Rows of the produce requests under way. */
  readonly produceRowsInFlight: { value: number };
  /** Rows of the fetches that wait for more to read. */
  readonly fetchRowsWaiting: { value: number };
  /** What was read for fetches, from before the read until the socket has taken it. */
  readonly fetchMemory: MemoryBudget;
  /** What batches are decompressed into to find records by their time. */
  readonly lookupMemory: MemoryBudget;
}

/** What one handler call gets. */
export interface HandlerContext {
  readonly core: BrokerCore;
  readonly request: RequestContext;
  /**
   * Why the principal may not do what this kind of request does to a resource, or the operation that is given;
   * undefined when it may.
   */
  denial(resource: Resource, operation?: Operation): TidelogError | undefined;
  /** Anything thrown, as the error of a row of the response. What nobody foresaw is logged and counted. */
  failure(thrown: unknown): TidelogError;
  /** Notes that the client asked for what this broker does not have. */
  missing(reason: MissingReason): void;
}

export type Handler<Request, Response> = (context: HandlerContext, request: Request) => Promise<Response>;
