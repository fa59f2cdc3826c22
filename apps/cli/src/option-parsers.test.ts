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

test('acks is all, 1 or 0', () => {
  expect([parse.acks('all'), parse.acks('-1'), parse.acks('1'), parse.acks('0')]).toEqual([
    'all',
    'all',
    1,
    0,
  ]);
  expect(() => parse.acks('2')).toThrow(/all, 1 or 0/);
});
