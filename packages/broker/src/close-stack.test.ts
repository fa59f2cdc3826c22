import { expect, test } from 'vitest';
import { silentLogger } from '@tidelog/log';
import { CloseStack } from './close-stack.ts';

test('what was opened last is closed first, once, whatever fails on the way', async () => {
  const closed: string[] = [];
  const failures: string[] = [];
  const logger = {
    ...silentLogger,
    error: (_fields: object, message: string) => void failures.push(message),
  };
  const stack = new CloseStack();
  stack.add('the first', () => Promise.resolve(void closed.push('first')));
  stack.add('the second', () => Promise.reject(new Error('stuck')));
  stack.add('the third', () => Promise.resolve(void closed.push('third')));
  const results = await Promise.allSettled([stack.close(logger), stack.close(logger)]);
  expect(closed).toEqual(['third', 'first']);
  expect(failures).toEqual(['the second could not be closed cleanly']);
  expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected']);
});
