import { PassThrough } from 'node:stream';
import { TidelogError } from '@tidelog/record/errors';
import { expect, test } from 'vitest';
import { failureLine, reportFailure } from './failure.ts';

function reported(error: unknown, json = false): { exitCode: number; text: string } {
  const stderr = new PassThrough();
  const output = { json, program: 'npx tidelog', stdout: new PassThrough(), stderr };
  const exitCode = reportFailure(error, output);
  return { exitCode, text: String(stderr.read()) };
}

test('an error is one line, whatever its message looks like', () => {
  expect(reported(new Error('one\n   two\nthree'))).toEqual({
    exitCode: 1,
    text: 'tidelog: one two three\n',
  });
  expect(reported('a string')).toEqual({ exitCode: 1, text: 'tidelog: a string\n' });
});

test('hints say what to do in the words of the command line', () => {
  expect(failureLine(new TidelogError('CONNECTION_FAILED', 'no broker'), 'npx tidelog')).toBe(
    'CONNECTION_FAILED: no broker; --broker names the broker, and "npx tidelog start" runs one here',
  );
});

test('who asks at the port for Kafka clients is told which one is meant', () => {
  const error = new TidelogError('CONNECTION_FAILED', 'no broker could be reached: localhost:9092 (silence)');
  expect(failureLine(error, 'tidelog')).toMatch(/usual port for Kafka clients; this command speaks to 7650$/);
});

test('a bad argument is wrong usage', () => {
  expect(reported(new TidelogError('INVALID_ARGUMENT', 'no')).exitCode).toBe(2);
});

test('with --json an error is a JSON line', () => {
  const { text } = reported(new TidelogError('DISK_FULL', 'full'), true);
  expect(JSON.parse(text)).toEqual({ event: 'error', code: 'DISK_FULL', message: 'DISK_FULL: full' });
});

test('the first failure is told when closing fails after it', () => {
  expect(reported(new SuppressedError(new Error('second'), new Error('first'))).text).toBe(
    'tidelog: first\n',
  );
});
