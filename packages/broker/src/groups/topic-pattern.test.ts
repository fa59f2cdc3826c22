import { expect, test } from 'vitest';
import { TestTopics } from '../../test/group-topics.ts';
import { compilePattern, MAX_PATTERN_LENGTH, resolvePattern } from './topic-pattern.ts';

test('a pattern has to match the whole name', () => {
  const { matches } = compilePattern('orders\\..*');
  expect(matches('orders.eu')).toBe(true);
  expect(matches('my-orders.eu')).toBe(false);
  expect(compilePattern('orders').matches('orders2')).toBe(false);
});

test('internal topics are never matched', () => {
  const topics = new TestTopics();
  topics.create('orders', 3);
  topics.create('audit', 1);
  topics.create('__consumer_offsets', 50, { isInternal: true });
  expect(resolvePattern('.*', topics)).toEqual(['audit', 'orders']);
  expect(resolvePattern('__consumer_offsets', topics)).toEqual([]);
});

test.each([
  ['(orders', /RE2 syntax/],
  ['(?=orders)', /RE2 syntax/],
  ['(a)\\1', /RE2 syntax/],
  ['x'.repeat(MAX_PATTERN_LENGTH + 1), /at most 1000 are allowed/],
  ['(.{1,100}.{1,100}.{1,100}){1,10}', /instructions/],
])('the pattern %s is refused', (pattern, message) => {
  expect(() => compilePattern(pattern)).toThrowError(
    expect.objectContaining({ code: 'INVALID_REGULAR_EXPRESSION', message: expect.stringMatching(message) }),
  );
});

test('a pattern that makes back-tracking engines hang does not', () => {
  expect(compilePattern('(a+)+b').matches('a'.repeat(249))).toBe(false);
});
