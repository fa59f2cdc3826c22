import { describe, expect, test } from 'vitest';
import {
  errorCodeOf,
  errorNumber,
  isWireErrorCode,
  LOCAL_ERRORS,
  TidelogError,
  WIRE_ERRORS,
  type WireErrorCode,
} from './errors.ts';

const wireCodes = Object.keys(WIRE_ERRORS) as WireErrorCode[];

describe('the tables', () => {
  test('give each wire code a number of its own, in the range of an int16, and never 0', () => {
    const numbers = wireCodes.map((code) => WIRE_ERRORS[code].number);
    expect(new Set(numbers).size).toBe(numbers.length);
    for (const number of numbers) {
      expect(Number.isInteger(number) && number >= -1 && number <= 32767 && number !== 0).toBe(true);
    }
  });

  test('share no code, spell codes in capitals and describe each in a sentence', () => {
    for (const code of Object.keys(LOCAL_ERRORS)) expect(isWireErrorCode(code)).toBe(false);
    for (const [code, { description }] of Object.entries({ ...WIRE_ERRORS, ...LOCAL_ERRORS })) {
      expect(code).toMatch(/^[A-Z]+(?:_[A-Z]+)*$/);
      expect(description).toMatch(/^[A-Za-z].+\.$/);
    }
  });

  test('carry the numbers and retriable flags that Kafka’s clients know', async () => {
    // kafkajs has the table of Kafka up to error 88 or so; names differ from Kafka's in a few places only.
    const module: unknown = await import('kafkajs/src/protocol/error.js' as string);
    const { errorCodes } = (
      module as { default: { errorCodes: { type: string; code: number; retriable: boolean }[] } }
    ).default;
    const renamed: Record<string, string> = {
      UNKNOWN: 'UNKNOWN_SERVER_ERROR',
      NOT_LEADER_FOR_PARTITION: 'NOT_LEADER_OR_FOLLOWER',
      GROUP_LOAD_IN_PROGRESS: 'COORDINATOR_LOAD_IN_PROGRESS',
      GROUP_COORDINATOR_NOT_AVAILABLE: 'COORDINATOR_NOT_AVAILABLE',
      NOT_COORDINATOR_FOR_GROUP: 'NOT_COORDINATOR',
    };
    const differences = errorCodes
      .filter(({ type }) => isWireErrorCode(renamed[type] ?? type))
      .filter(({ type, code, retriable }) => {
        const own = WIRE_ERRORS[(renamed[type] ?? type) as WireErrorCode];
        return own.number !== code || own.retriable !== retriable;
      })
      .map(({ type }) => type);
    expect(differences).toEqual([]);
  });
});

describe('numbers', () => {
  test('lead to codes and back', () => {
    for (const code of wireCodes) expect(errorCodeOf(errorNumber(code))).toBe(code);
  });

  test('that are unknown, and local codes, travel as UNKNOWN_SERVER_ERROR', () => {
    expect(errorCodeOf(31_999)).toBe('UNKNOWN_SERVER_ERROR');
    expect(errorNumber('DISK_FULL')).toBe(-1);
  });
});

describe('TidelogError', () => {
  test('takes the retriable flag from the tables unless it is given', () => {
    expect(new TidelogError('CORRUPT_MESSAGE', 'x').retriable).toBe(true);
    expect(new TidelogError('MESSAGE_TOO_LARGE', 'x').retriable).toBe(false);
    expect(new TidelogError('BUFFER_FULL', 'x').retriable).toBe(true);
    expect(new TidelogError('MESSAGE_TOO_LARGE', 'x', { retriable: true }).retriable).toBe(true);
  });

  test('carries its code, cause and place', () => {
    const cause = new Error('inner');
    const error = new TidelogError('CORRUPT_MESSAGE', 'outer', {
      cause,
      topic: 't',
      partition: 3,
      offset: 9,
    });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: 'TidelogError', code: 'CORRUPT_MESSAGE', message: 'outer', cause });
    expect([error.topic, error.partition, error.offset]).toEqual(['t', 3, 9]);
    expect('cause' in new TidelogError('CLOSED', 'x')).toBe(false);
  });

  test('is made from anything that was thrown', () => {
    const own = new TidelogError('CLOSED', 'x');
    expect(TidelogError.from(own)).toBe(own);
    expect(TidelogError.from(own, 'ABORTED')).toBe(own);
    const other = new TypeError('broken');
    expect(TidelogError.from(other)).toMatchObject({
      code: 'UNKNOWN_SERVER_ERROR',
      message: 'broken',
      cause: other,
    });
    expect(TidelogError.from('text', 'ABORTED')).toMatchObject({
      code: 'ABORTED',
      message: 'text',
      cause: 'text',
    });
    expect(TidelogError.from(undefined)).toMatchObject({ message: 'undefined' });
  });

  test('is made from the number and message of an answer', () => {
    expect(TidelogError.fromWire(3, 'no topic x', { topic: 'x' })).toMatchObject({
      code: 'UNKNOWN_TOPIC_OR_PARTITION',
      message: 'no topic x',
      retriable: true,
      topic: 'x',
    });
    expect(TidelogError.fromWire(10, '').message).toBe(WIRE_ERRORS.MESSAGE_TOO_LARGE.description);
  });
});
