import { expect, test } from 'vitest';
import { resolveBrokerOptions, topicDefaultsOf } from './options.ts';
import type { StartBrokerOptions } from './options.ts';

const resolve = (options: object) => () => resolveBrokerOptions(options as StartBrokerOptions);

test('without options a broker listens on a free port of the loopback address, for native clients only', () => {
  expect(resolveBrokerOptions(undefined)).toMatchObject({
    host: '127.0.0.1',
    port: 0,
    kafka: false,
    http: false,
    durability: 'fsync',
    autoCreateTopics: true,
  });
});

test('an unknown option is refused with the one that was probably meant', () => {
  expect(resolve({ dataDri: 'x' })).toThrow('unknown option "dataDri"; did you mean "dataDir"?');
});

test.each([
  [{ port: 70_000 }, 'port is 70000; it must be an integer from 0 to 65535'],
  [{ http: { port: -1 } }, 'http is'],
  [{ http: { prot: 1 } }, 'it must be false, or { port, host? }'],
  [{ http: true }, 'http is true'],
  [{ durability: 'maybe' }, 'one of fsync, page-cache'],
  [{ logger: {} }, 'an object with debug, info, warn and error'],
  [{ topics: { orders: '3' } }, 'topics is'],
  [{ topics: { orders: { partition: 3 } } }, 'topics is'],
  [{ topicDefaults: { 'retention.ms': null } }, 'topicDefaults is'],
  [{ signal: 'stop' }, 'an AbortSignal'],
  [{ kafka: {} }, 'kafka is'],
  [{ kafka: { port: 9092, prt: 1 } }, 'kafka is'],
  [{ kafka: { port: 9092, advertisedPort: -1 } }, 'kafka is'],
  [{ maxConnections: 0 }, 'maxConnections is 0'],
])('%j is refused', (options, message) => {
  expect(resolve(options)).toThrow(message);
});

test('the Kafka listener is opened only when it is named, with a port', () => {
  expect(resolveBrokerOptions({}).kafka).toBe(false);
  expect(resolveBrokerOptions({ kafka: { port: 9092 } }).kafka).toEqual({ port: 9092 });
});

test("the broker's defaults of topic configs are checked when it starts, and durability is one of them", () => {
  const options = resolveBrokerOptions({
    durability: 'page-cache',
    topicDefaults: { 'retention.ms': 60_000 },
  });
  expect([...topicDefaultsOf(options)]).toEqual([
    ['durability', 'page-cache'],
    ['retention.ms', '60000'],
  ]);
  const bad = resolveBrokerOptions({ topicDefaults: { 'retention.sm': 1 } });
  expect(() => topicDefaultsOf(bad)).toThrow('startBroker: topicDefaults: there is no config "retention.sm"');
});
