/**
 * The requests that a broker understands, as plain objects that belong to no protocol. A listener turns what
 * came off its socket into one of these, the router hands it to one handler, and the listener turns the
 * response back into bytes: so the native and the Kafka listener serve the same broker.
 *
 * Invariants: offsets, timestamps and producer ids are safe integers (checked where they are decoded); a list
 * in a response has the order of the list in its request; an `error` that is present makes the other fields of
 * its row meaningless unless they say otherwise. Numbers are not range-checked here: each handler checks what
 * it uses.
 */
import type { TidelogError } from '@tidelog/record/errors';
import type { TopicId } from '@tidelog/protocol';
import type { BrokerRequests } from './broker-requests.ts';
import type { GroupRequests } from './group-requests.ts';

/** Who sent a request. `ANONYMOUS` until a listener authenticates. */
export interface Principal {
  readonly type: 'User';
  readonly name: string;
}

/** The principal of a connection that nobody authenticated. */
export const ANONYMOUS: Principal = { type: 'User', name: 'ANONYMOUS' };

/** What a handler may know about where a request came from. */
export interface RequestContext {
  /** The listener's name; decides which advertised addresses metadata answers with. */
  readonly listener: string;
  readonly principal: Principal;
  /** As the client named itself; empty when it did not. */
  readonly clientId: string;
  /** The address that the client connected from, without its port. */
  readonly clientHost: string;
  /** Unique among the broker's connections since its start. */
  readonly connectionId: string;
  /** Aborted when the connection closes: long polls end then. */
  readonly signal: AbortSignal;
}

/** A topic by id or by name; the id wins when both are given. */
export interface TopicReference {
  readonly topicId?: TopicId | undefined;
  readonly topic?: string | undefined;
}

/** A partition of a topic named by id or by name. */
export interface PartitionReference extends TopicReference {
  /** From 0. */
  readonly partition: number;
}

/** `read_committed` stops at the last stable offset and leaves out aborted transactions. */
export type IsolationLevel = 'read_uncommitted' | 'read_committed';

export interface HelloRequest {
  readonly protocolVersion: number;
  readonly clientId: string;
  readonly clientSoftwareName: string;
  readonly clientSoftwareVersion: string;
}

export interface HelloResponse {
  /** The version that both sides speak from here on: the lower of the two. */
  readonly protocolVersion: number;
  readonly clusterId: string;
  readonly brokerId: number;
  readonly brokerVersion: string;
  /** Names of what this broker can do beyond the first version of the protocol. */
  readonly features: readonly string[];
  /** The largest frame that the broker reads, in bytes. */
  readonly maxRequestBytes: number;
}

export interface MetadataRequest {
  /** `all`, or the topics asked for; an empty list asks for the brokers only. */
  readonly topics: 'all' | readonly TopicReference[];
  /** Creates missing topics named by name, when the broker allows that too (`autoCreateTopics`). */
  readonly allowAutoTopicCreation: boolean;
}

export interface BrokerEndpoint {
  readonly brokerId: number;
  /** The advertised host of the listener that the request came through. */
  readonly host: string;
  readonly port: number;
  readonly rack?: string | undefined;
}

export interface PartitionMetadata {
  /** LEADER_NOT_AVAILABLE, or KAFKA_STORAGE_ERROR when the partition is offline here. */
  readonly error?: TidelogError | undefined;
  readonly partition: number;
  /** −1: none at the moment. */
  readonly leaderId: number;
  readonly leaderEpoch: number;
  readonly replicaIds: readonly number[];
  readonly isrIds: readonly number[];
}

export interface TopicMetadata extends TopicReference {
  readonly error?: TidelogError | undefined;
  readonly isInternal: boolean;
  readonly partitions: readonly PartitionMetadata[];
}

export interface MetadataResponse {
  readonly clusterId: string;
  /** −1: none at the moment. */
  readonly controllerId: number;
  readonly brokers: readonly BrokerEndpoint[];
  readonly topics: readonly TopicMetadata[];
}

/** 0: no answer is wanted. 1: the leader has it durably. −1: every in-sync replica has. */
export type Acks = 0 | 1 | -1;

export interface ProducePartition extends PartitionReference {
  /**
   * One record batch of format v2. The log patches base offset and leader epoch in place; the listener may
   * reuse the bytes once the dispatch has settled.
   */
  readonly records: Buffer;
}

export interface ProduceRequest {
  readonly acks: Acks;
  /** The longest wait for in-sync replicas, in milliseconds; the batch stays appended when it runs out. */
  readonly timeoutMs: number;
  readonly partitions: readonly ProducePartition[];
}

export interface ProduceResult {
  readonly error?: TidelogError | undefined;
  /** The offset of the batch's first record; −1 with an error. A duplicate's is that of the original. */
  readonly baseOffset: number;
  /** −1 unless the topic stamps records itself. */
  readonly logAppendTimeMs: number;
  /** −1 when it is not known. */
  readonly logStartOffset: number;
}

export interface ProduceResponse {
  readonly partitions: readonly ProduceResult[];
}

export interface FetchPartition extends PartitionReference {
  readonly fetchOffset: number;
  /** What the answer may hold of this partition, in bytes; its first batch comes whole, however large. */
  readonly partitionMaxBytes: number;
  /** The leader epoch that the client knows; the broker refuses an older or a newer one. */
  readonly currentLeaderEpoch?: number | undefined;
}

export interface FetchRequest {
  readonly maxWaitMs: number;
  readonly minBytes: number;
  readonly maxBytes: number;
  readonly isolationLevel: IsolationLevel;
  readonly partitions: readonly FetchPartition[];
}

export interface FetchResult {
  readonly error?: TidelogError | undefined;
  /** −1 when it is not known, as are the next two. */
  readonly highWatermark: number;
  readonly lastStableOffset: number;
  readonly logStartOffset: number;
  /** Whole batches; the first may begin below the fetch offset. Empty when there is nothing to read. */
  readonly records: Buffer;
}

export interface FetchResponse {
  readonly partitions: readonly FetchResult[];
  /** Gives the memory of all `records` back. Call exactly once, when the socket has taken the bytes or died. */
  release(): void;
}

/** What a ListOffsets request asks for instead of a timestamp. */
export const LATEST_TIMESTAMP = -1;
export const EARLIEST_TIMESTAMP = -2;
export const MAX_TIMESTAMP = -3;

export interface ListOffsetsPartition extends PartitionReference {
  /** Milliseconds since the epoch, or one of the three constants above. */
  readonly timestampMs: number;
  readonly currentLeaderEpoch?: number | undefined;
}

export interface ListOffsetsRequest {
  readonly isolationLevel: IsolationLevel;
  readonly partitions: readonly ListOffsetsPartition[];
}

export interface ListOffsetsResult {
  readonly error?: TidelogError | undefined;
  /** −1: no record has such a timestamp. */
  readonly offset: number;
  /** −1 for earliest and latest. */
  readonly timestampMs: number;
  /** −1 when it is not known. */
  readonly leaderEpoch: number;
}

export interface ListOffsetsResponse {
  readonly partitions: readonly ListOffsetsResult[];
}

export interface OffsetForLeaderEpochPartition extends PartitionReference {
  readonly currentLeaderEpoch?: number | undefined;
  /** The epoch whose end is wanted. */
  readonly leaderEpoch: number;
}

export interface OffsetForLeaderEpochRequest {
  readonly partitions: readonly OffsetForLeaderEpochPartition[];
}

export interface OffsetForLeaderEpochResult {
  readonly error?: TidelogError | undefined;
  /** The largest epoch of the log at or below the one asked for; −1: there is none. */
  readonly leaderEpoch: number;
  /** The offset after the last record of that epoch; −1: not known. */
  readonly endOffset: number;
}

/** In the order of the request. */
export interface OffsetForLeaderEpochResponse {
  readonly partitions: readonly OffsetForLeaderEpochResult[];
}

export interface InitProducerIdRequest {
  /** Absent or empty: an idempotent producer without transactions. */
  readonly transactionalId?: string | undefined;
  readonly transactionTimeoutMs: number;
}

export interface InitProducerIdResponse {
  readonly producerId: number;
  readonly producerEpoch: number;
}

export interface NewTopic {
  readonly topic: string;
  /** 0: the broker's default. */
  readonly partitionCount: number;
  /** 0: the broker's default. */
  readonly replicationFactor: number;
  /** Kafka's dotted names. */
  readonly configs: ReadonlyMap<string, string>;
}

export interface CreateTopicsRequest {
  readonly topics: readonly NewTopic[];
  /** Check everything, create nothing. */
  readonly validateOnly: boolean;
  readonly timeoutMs: number;
}

export interface CreateTopicResult {
  readonly topic: string;
  readonly error?: TidelogError | undefined;
  /** Absent with an error, or when nothing was created. */
  readonly topicId?: TopicId | undefined;
  /** −1 with an error, as is the next. */
  readonly partitionCount: number;
  readonly replicationFactor: number;
  /** What the topic is configured with, its own and the defaults; empty with an error. */
  readonly configs: readonly ConfigEntry[];
}

export interface CreateTopicsResponse {
  readonly topics: readonly CreateTopicResult[];
}

export interface DeleteTopicsRequest {
  readonly topics: readonly TopicReference[];
  readonly timeoutMs: number;
}

export interface TopicResult extends TopicReference {
  readonly error?: TidelogError | undefined;
}

export interface DeleteTopicsResponse {
  readonly topics: readonly TopicResult[];
}

export interface NewPartitions {
  readonly topic: string;
  /** The number of partitions after the change. */
  readonly totalCount: number;
}

export interface CreatePartitionsRequest {
  readonly topics: readonly NewPartitions[];
  readonly validateOnly: boolean;
  readonly timeoutMs: number;
}

export interface CreatePartitionsResponse {
  readonly topics: readonly TopicResult[];
}

export type ConfigResourceType = 'topic' | 'broker';

export interface ConfigResource {
  readonly type: ConfigResourceType;
  /** A topic's name, or a broker's id in decimal digits (empty: this broker). */
  readonly name: string;
}

/** Where the value of a config comes from: set on the topic, by the broker's options, or the built-in default. */
export type ConfigSource = 'topic' | 'broker' | 'default';
export type ConfigType = 'string' | 'integer' | 'number' | 'boolean' | 'enum' | 'list';

export interface ConfigEntry {
  /** Kafka's dotted name for a topic; the option's name for a broker. */
  readonly name: string;
  readonly value: string;
  readonly source: ConfigSource;
  readonly readOnly: boolean;
  readonly type: ConfigType;
  readonly documentation: string;
}

export interface DescribeConfigsResource extends ConfigResource {
  /** Absent or empty: all. */
  readonly configNames?: readonly string[] | undefined;
}

export interface DescribeConfigsRequest {
  readonly resources: readonly DescribeConfigsResource[];
}

export interface DescribeConfigsResult extends ConfigResource {
  readonly error?: TidelogError | undefined;
  readonly entries: readonly ConfigEntry[];
}

export interface DescribeConfigsResponse {
  readonly resources: readonly DescribeConfigsResult[];
}

/** `append` and `subtract` change a value that is a comma-separated list. */
export type AlterConfigOperation = 'set' | 'delete' | 'append' | 'subtract';

export interface AlterConfig {
  readonly name: string;
  readonly operation: AlterConfigOperation;
  /** Ignored by `delete`. */
  readonly value: string;
}

export interface AlterConfigsResource extends ConfigResource {
  readonly configs: readonly AlterConfig[];
  /** Configs of the resource that are not named go back to their defaults. */
  readonly replacesAll?: boolean | undefined;
}

export interface AlterConfigsRequest {
  readonly resources: readonly AlterConfigsResource[];
  readonly validateOnly: boolean;
}

export interface AlterConfigsResult extends ConfigResource {
  readonly error?: TidelogError | undefined;
}

export interface AlterConfigsResponse {
  readonly resources: readonly AlterConfigsResult[];
}

export interface DeleteRecordsPartition extends PartitionReference {
  /** Records below it go; −1: all up to the high watermark. */
  readonly beforeOffset: number;
}

export interface DeleteRecordsRequest {
  readonly partitions: readonly DeleteRecordsPartition[];
  readonly timeoutMs: number;
}

export interface DeleteRecordsResult {
  readonly error?: TidelogError | undefined;
  /** The first offset that is left; −1 with an error. */
  readonly logStartOffset: number;
}

export interface DeleteRecordsResponse {
  readonly partitions: readonly DeleteRecordsResult[];
}

/** Every request kind with its two messages. */
export interface Requests extends GroupRequests, BrokerRequests {
  hello: { request: HelloRequest; response: HelloResponse };
  metadata: { request: MetadataRequest; response: MetadataResponse };
  produce: { request: ProduceRequest; response: ProduceResponse };
  fetch: { request: FetchRequest; response: FetchResponse };
  listOffsets: { request: ListOffsetsRequest; response: ListOffsetsResponse };
  offsetForLeaderEpoch: { request: OffsetForLeaderEpochRequest; response: OffsetForLeaderEpochResponse };
  initProducerId: { request: InitProducerIdRequest; response: InitProducerIdResponse };
  createTopics: { request: CreateTopicsRequest; response: CreateTopicsResponse };
  deleteTopics: { request: DeleteTopicsRequest; response: DeleteTopicsResponse };
  createPartitions: { request: CreatePartitionsRequest; response: CreatePartitionsResponse };
  describeConfigs: { request: DescribeConfigsRequest; response: DescribeConfigsResponse };
  alterConfigs: { request: AlterConfigsRequest; response: AlterConfigsResponse };
  deleteRecords: { request: DeleteRecordsRequest; response: DeleteRecordsResponse };
}
export type RequestKind = keyof Requests;
export type RequestOf<K extends RequestKind> = Requests[K]['request'];
export type ResponseOf<K extends RequestKind> = Requests[K]['response'];

/** Every request kind. */
export const REQUEST_KINDS: readonly RequestKind[] = [
  'hello',
  'metadata',
  'produce',
  'fetch',
  'listOffsets',
  'offsetForLeaderEpoch',
  'initProducerId',
  'createTopics',
  'deleteTopics',
  'createPartitions',
  'describeConfigs',
  'alterConfigs',
  'deleteRecords',
  'describeBroker',
  'findCoordinator',
  'consumerGroupHeartbeat',
  'joinGroup',
  'syncGroup',
  'heartbeat',
  'leaveGroup',
  'offsetCommit',
  'offsetFetch',
  'listGroups',
  'describeGroups',
  'deleteGroups',
  'offsetDelete',
];
