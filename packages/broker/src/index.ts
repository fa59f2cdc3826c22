/** The Tidelog broker as a library. `@tidelog/broker/testing` has the form for tests. */
export type { Broker, BrokerStatus } from './broker.ts';
export { BROKER_OPTIONS } from './options.ts';
export type {
  BrokerEnvironment,
  HttpSetting,
  StartBrokerOptions,
  TopicConfigValue,
  TopicSetting,
} from './options.ts';
export { startBroker } from './start-broker.ts';
export { releaseStartMemory } from './start-memory.ts';
