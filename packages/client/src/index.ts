/** Tidelog's client for Node: producer, consumer, admin over the native protocol. */
export { Tidelog } from './tidelog.ts';
export { CLIENT_OPTIONS, type ClientOptions } from './client-options.ts';
export { PRODUCER_OPTIONS, type ProducerOptions } from './producer/producer-options.ts';
export {
  Admin,
  type ConfigChange,
  type ConfigEntry,
  type ConfigResource,
  type CreatedTopic,
  type DeleteRecordsTarget,
  type DescribedCluster,
  type DescribedTopic,
  type ListedOffset,
  type ListedTopic,
  type NewPartitions,
  type NewTopic,
  type OffsetSpec,
  type ValidateOptions,
} from './admin/admin.ts';
export { Producer } from './producer/producer.ts';
