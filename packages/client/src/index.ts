/** Tidelog's client for Node: producer, consumer and admin over the native protocol. */
export { Tidelog } from './tidelog.ts';
export { CLIENT_OPTIONS, type ClientOptions } from './client-options.ts';
export type { WaitOptions } from './abortable.ts';

export {
  Producer,
  type DeliveryFailure,
  type ProducerEvents,
  type SendRequest,
} from './producer/producer.ts';
export { PRODUCER_OPTIONS, type ProducerOptions } from './producer/producer-options.ts';
export type { DeliveryCallback, Message, MessageHeaders, RecordMetadata } from './producer/message.ts';
export type { Partitioner, PartitionerInput } from './producer/partitioner.ts';
export type { ProducerInterceptor } from './producer/interceptors.ts';
export { murmur2, partitionForKey } from './producer/murmur2.ts';

export { Consumer, type CloseOptions, type PartitionLag } from './consumer/consumer.ts';
export type { TopicPartitions } from './consumer/reading.ts';
export type {
  ConsumerEvents,
  CoordinatorOutage,
  GroupJoin,
  GroupMemberInfo,
  OffsetReset,
} from './consumer/consumer-events.ts';
export type { CommitArgument, OffsetToCommit } from './consumer/group/commit-arguments.ts';
export type { CommitFailure, CommittedOffset } from './consumer/group/group-offsets.ts';
export type { OnAssigned, OnRevoked } from './consumer/group/partition-handover.ts';
export { CONSUMER_OPTIONS, type ConsumerOptions } from './consumer/consumer-options.ts';
export { ConsumerBatch, ConsumerRecord } from './consumer/consumer-record.ts';
export type { EachBatchPayload, RunConcurrency, RunOptions } from './consumer/run.ts';
export type { HandlerStall, WatchedFunction } from './consumer/processing/handler-watch.ts';
export type { RecordOrigin } from './consumer/processing/origin-headers.ts';
export type { EachMessage, EachMessagePayload } from './consumer/processing/record-processor.ts';
export { RETRY_OPTIONS, type RetryOptions } from './consumer/processing/retry-options.ts';
export type { ConsumerStall } from './consumer/stall-watchdog.ts';
export type { SeekTo, StartFrom } from './consumer/start-position.ts';
export type { PartitionAssignment, TopicPartition } from './consumer/subscription.ts';

export { Admin } from './admin/admin.ts';
export type { ApiUse, ConnectedClient, DescribedBroker, UnsupportedRequest } from './admin/broker-admin.ts';
export type {
  ConfigChange,
  ConfigEntry,
  ConfigResource,
  CreatedTopic,
  DeleteRecordsTarget,
  DescribedCluster,
  DescribedTopic,
  ListedOffset,
  ListedTopic,
  NewPartitions,
  NewTopic,
  OffsetSpec,
  ValidateOptions,
} from './admin/admin-shapes.ts';
export type {
  AssignedTopic,
  DescribedGroup,
  DescribedMember,
  FetchOffsetsOptions,
  GroupLag,
  GroupOffset,
  GroupState,
  GroupType,
  ListedGroup,
  ListGroupsOptions,
  OffsetToSet,
  ResetOffset,
  ResetOffsetsRequest,
  ResetTarget,
} from './admin/group-shapes.ts';
export type { PartitionInfo } from './metadata-state.ts';

export {
  buffer,
  json,
  number,
  string,
  type Bytes,
  type Deserializer,
  type Serde,
  type Serializer,
  type SerializerContext,
} from './serializers.ts';

export { systemClock, type Clock, type Timer } from './clock.ts';
export { systemRandom, type Random } from './random.ts';
export { nodeNetwork } from './node-transport.ts';
export type { Endpoint, Network, Socket, SocketHandlers } from './transport.ts';
export type { BatchTrace, ConnectionTrace, FetchTrace, RecoveryTrace, RequestTrace } from './tracing.ts';

export { TidelogError, type ErrorCode } from '@tidelog/record/errors';
export type { CompressionType, HeaderValue, RecordHeader } from '@tidelog/record';
