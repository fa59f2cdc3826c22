import { expect, test } from 'vitest';
import { LOG_CONFIG } from '@tidelog/log';
import {
  checkTopicConfigs,
  describeTopicConfigs,
  planConfigChanges,
  resolveTopicConfig,
} from './topic-config.ts';

const none = new Map<string, string>();

test('a misspelt config is refused with the name that was probably meant', () => {
  expect(() => checkTopicConfigs(new Map([['retention.m', '1']]), 'topic "orders"')).toThrow(
    'topic "orders": there is no config "retention.m"; did you mean "retention.ms"?',
  );
});

test('a value outside its range, or of the wrong kind, is refused with the range', () => {
  const check = (name: string, value: string) => () =>
    checkTopicConfigs(new Map([[name, value]]), 'topic "t"');
  expect(check('min.insync.replicas', '0')).toThrow('it must be an integer from 1');
  expect(check('segment.bytes', 'much')).toThrow('segment.bytes is "much"; it must be an integer from');
  expect(check('durability', 'sometimes')).toThrow('one of fsync, page-cache');
  expect(check('__proto__', 'x')).toThrow('there is no config');
});

test('the largest int64, which Kafka writes for "for ever", is accepted', () => {
  const configs = new Map([['retention.ms', '9223372036854775807']]);
  checkTopicConfigs(configs, 'topic "t"');
  expect(resolveTopicConfig(configs, none).log.retentionMs).toBe(Number.MAX_SAFE_INTEGER);
});

test('what tools for Kafka set may say what the broker does anyway, and nothing else', () => {
  const asKafka = new Map([
    ['compression.type', 'producer'],
    ['unclean.leader.election.enable', 'false'],
    ['preallocate', 'false'],
  ]);
  expect(() => checkTopicConfigs(asKafka, 'topic "orders"')).not.toThrow();
  expect(resolveTopicConfig(asKafka, new Map())).toEqual(resolveTopicConfig(new Map(), new Map()));
  expect(() => checkTopicConfigs(new Map([['compression.type', 'lz4']]), 'topic "orders"')).toThrow(
    'topic "orders": compression.type is "lz4"; it must be one of producer',
  );
});

test("a topic's own value wins over the broker's, which wins over the built-in one", () => {
  const defaults = new Map([
    ['retention.ms', '5'],
    ['segment.bytes', '2048'],
    ['min.insync.replicas', '2'],
  ]);
  const own = new Map([['retention.ms', '7']]);
  expect(resolveTopicConfig(own, defaults)).toEqual({
    log: { retentionMs: 7, segmentBytes: 2048 },
    minInsyncReplicas: 2,
  });
  const rows = new Map(describeTopicConfigs(own, defaults, undefined).map((entry) => [entry.name, entry]));
  expect(rows.get('retention.ms')).toMatchObject({ value: '7', source: 'topic', type: 'integer' });
  expect(rows.get('segment.bytes')).toMatchObject({ value: '2048', source: 'broker' });
  expect(rows.get('max.message.bytes')).toMatchObject({
    value: String(LOG_CONFIG.maxMessageBytes.default),
    source: 'default',
  });
});

test('only the configs that were asked for are described', () => {
  const names = describeTopicConfigs(none, none, ['segment.ms', 'no.such']).map((entry) => entry.name);
  expect(names).toEqual(['segment.ms']);
});

test('changes are checked one by one, and no config is changed twice', () => {
  const plan = (...changes: [string, 'set' | 'delete' | 'append', string][]) =>
    planConfigChanges(
      changes.map(([name, operation, value]) => ({ name, operation, value })),
      { where: 'topic "t"', current: none, defaults: none },
    );
  expect(plan(['retention.ms', 'set', '7'], ['segment.ms', 'delete', ''])).toEqual({
    set: new Map([['retention.ms', '7']]),
    deleted: new Set(['segment.ms']),
  });
  expect(() => plan(['retention.ms', 'set', '7'], ['retention.ms', 'delete', ''])).toThrow('changed twice');
  expect(() => plan(['retention.ms', 'append', '8'])).toThrow('not a list');
  expect(() => plan(['retention.ms', 'set', 'x'])).toThrow('retention.ms is "x"');
  expect(() => plan(['no.such', 'delete', ''])).toThrow('there is no config "no.such"');
});

test('a list grows and shrinks from what the topic has, or else the broker, or else the default', () => {
  const current = new Map([['cleanup.policy', 'compact']]);
  const defaults = new Map([['cleanup.policy', 'compact, delete']]);
  const change = (operation: 'append' | 'subtract', value: string, from: { current: Map<string, string> }) =>
    planConfigChanges([{ name: 'cleanup.policy', operation, value }], {
      where: 't',
      defaults,
      ...from,
    }).set.get('cleanup.policy');
  expect(change('append', 'delete', { current })).toBe('compact,delete');
  expect(change('append', 'compact', { current })).toBe('compact');
  expect(change('subtract', 'compact', { current })).toBe('');
  expect(change('subtract', 'delete', { current: new Map() })).toBe('compact');
  expect(() => change('append', 'shred', { current })).toThrow(/cleanup\.policy.*any of delete, compact/);
});
