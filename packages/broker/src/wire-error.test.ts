import { expect, test } from 'vitest';
import { isWireErrorCode, LOCAL_ERRORS, TidelogError } from '@tidelog/record/errors';
import type { LocalErrorCode } from '@tidelog/record/errors';
import { toWireFailure } from './wire-error.ts';

test('an error with a number on the wire stays what it is', () => {
  const error = new TidelogError('OFFSET_OUT_OF_RANGE', 'too far');
  expect(toWireFailure(error)).toEqual({ error, isUnexpected: false });
});

test('a failed disk is a storage error to the client, with the message kept', () => {
  const failure = toWireFailure(new TidelogError('DISK_FULL', '/data: no space left', { topic: 'orders' }));
  expect(failure.isUnexpected).toBe(false);
  expect(failure.error).toMatchObject({
    code: 'KAFKA_STORAGE_ERROR',
    message: '/data: no space left',
    topic: 'orders',
  });
  const raw = Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO' });
  expect(toWireFailure(raw)).toMatchObject({ isUnexpected: false, error: { code: 'KAFKA_STORAGE_ERROR' } });
});

test('whatever is thrown becomes an error with a number; what nobody foresaw is marked', () => {
  for (const thrown of [new TypeError('x is not a function'), 'text', null, undefined, { code: 'EIO' }]) {
    expect(toWireFailure(thrown)).toMatchObject({
      isUnexpected: true,
      error: { code: 'UNKNOWN_SERVER_ERROR' },
    });
  }
  for (const code of Object.keys(LOCAL_ERRORS) as LocalErrorCode[]) {
    expect(isWireErrorCode(toWireFailure(new TidelogError(code, 'm')).error.code)).toBe(true);
  }
});
