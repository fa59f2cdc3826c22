import { expect, test } from 'vitest';
import * as parse from './option-parsers.ts';

test('brokers are a list of host:port, with 7650 where the port is missing', () => {
  expect(parse.brokers('a:1, b,[::1]:9')).toEqual(['a:1', 'b:7650', '[::1]:9']);
  for (const bad of ['', 'a:0', 'a:70000', 'a:b', 'a b:1', 'a:1,']) {
    expect(() => parse.brokers(bad), bad).toThrow(/is not host:port/);
  }
});

test('an integer outside its range, or not an integer, names the range', () => {
  const parser = parse.integer({ min: 1, max: 10 });
  expect(parser('10')).toBe(10);
  for (const bad of ['0', '11', '1.5', 'x', '', '1e1'])
    expect(() => parser(bad), bad).toThrow('from 1 to 10');
});

test('configs collect into one record and refuse a key given twice', () => {
  const first = parse.keyValue('retention.ms=1000', undefined);
  expect(parse.keyValue('cleanup.policy=a=b', first)).toEqual({
    'retention.ms': '1000',
    'cleanup.policy': 'a=b',
  });
  expect(() => parse.keyValue('retention.ms=5', first)).toThrow(/given twice/);
  expect(() => parse.keyValue('novalue', undefined)).toThrow(/key=value/);
});

test('a start position is a word, an offset, a count from the end or a time', () => {
  expect(parse.startPosition('beginning')).toEqual({ kind: 'beginning' });
  expect(parse.startPosition('17')).toEqual({ kind: 'offset', offset: 17 });
  expect(parse.startPosition('-5')).toEqual({ kind: 'last', recordCount: 5 });
  expect(parse.startPosition('@1700000000000')).toEqual({
    kind: 'timestamp',
    timestampMs: 1_700_000_000_000,
  });
  expect(() => parse.startPosition('soon')).toThrow(/beginning, end/);
  expect(() => parse.startPosition('9007199254740993')).toThrow(/beginning, end/);
});

test('separators know escapes and keep the bytes of text beyond ASCII', () => {
  expect(parse.separator('\\t')).toEqual(Buffer.from('\t'));
  expect(parse.separator('\\x00')).toEqual(Buffer.from([0]));
  expect(parse.separator('→')).toEqual(Buffer.from('→'));
  expect(() => parse.separator('')).toThrow(/empty/);
});

test('partitions of topics collect, all of a topic without numbers', () => {
  const first = parse.topicPartitions('orders', undefined);
  expect(parse.topicPartitions('fruit:0,12', first)).toEqual([
    { topic: 'orders' },
    { topic: 'fruit', partitions: [0, 12] },
  ]);
  for (const bad of ['', ':1', 'a:', 'a:1,', 'a:-1', 'a:1:2', 'a:2147483648', 'a:1e3']) {
    expect(() => parse.topicPartitions(bad, undefined), bad).toThrow();
  }
});

test('offsets of partitions collect, each partition once', () => {
  const first = parse.partitionOffsets('orders:0=17', undefined);
  expect(parse.partitionOffsets('orders:1=0', first)).toEqual([
    { topic: 'orders', partition: 0, offset: 17 },
    { topic: 'orders', partition: 1, offset: 0 },
  ]);
  expect(() => parse.partitionOffsets('orders:00=3', first)).toThrow(/orders:0 is given twice/);
  for (const bad of ['', 'a', 'a:1', 'a=1', ':0=1', 'a:0=-1', 'a:0=9007199254740993', 'a:x=1']) {
    expect(() => parse.partitionOffsets(bad, undefined), bad).toThrow(/topic:partition=offset/);
  }
});

test('a time is milliseconds or an ISO date, and nothing that Date.parse would guess at', () => {
  expect(parse.timestamp('1700000000000')).toBe(1_700_000_000_000);
  expect(parse.timestamp('2026-01-31T12:00:00Z')).toBe(Date.UTC(2026, 0, 31, 12));
  expect(parse.timestamp('2026-01-31T12:00:00.5+02:00')).toBe(Date.UTC(2026, 0, 31, 10, 0, 0, 500));
  expect(parse.timestamp('2026-01-31')).toBe(Date.UTC(2026, 0, 31));
  for (const bad of ['', '-1', 'yesterday', 'orders 7', '2026-13-01', '31.1.2026', '1960-01-01']) {
    expect(() => parse.timestamp(bad), bad).toThrow(/milliseconds since 1970/);
  }
});

test('a group id is text that a broker takes', () => {
  expect(parse.groupId('billing/ä')).toBe('billing/ä');
  expect(parse.groupIds('b', ['a'])).toEqual(['a', 'b']);
  expect(() => parse.groupId('')).toThrow(/empty/);
  expect(() => parse.groupId('g'.repeat(256))).toThrow(/255/);
});

test('acks is all, 1 or 0', () => {
  expect([parse.acks('all'), parse.acks('-1'), parse.acks('1'), parse.acks('0')]).toEqual([
    'all',
    'all',
    1,
    0,
  ]);
  expect(() => parse.acks('2')).toThrow(/all, 1 or 0/);
});
