import { pino } from 'pino';
import { expect, test } from 'vitest';
import { readableLogLine } from './log-destination.ts';

function lineOf(log: (logger: pino.Logger) => void): string {
  let line = '';
  const stream = { write: (text: string) => (line = readableLogLine(text)) };
  log(pino({ base: null, timestamp: () => ',"time":"2026-01-02T03:04:05.678Z"' }, stream));
  return line;
}

test('a log line for people has the time, the level, the message and the other fields', () => {
  expect(
    lineOf((logger) => {
      logger.info({ topic: 'orders' }, 'created');
    }),
  ).toBe('03:04:05 INFO created {"topic":"orders"}\n');
  expect(
    lineOf((logger) => {
      logger.warn('low on space');
    }),
  ).toBe('03:04:05 WARN low on space\n');
});

test('the stack of an error follows on lines of its own', () => {
  const line = lineOf((logger) => {
    logger.error({ err: new Error('broken') }, 'failed');
  });
  expect(line).toMatch(/^03:04:05 ERROR failed\nError: broken\n {4}at /);
});
