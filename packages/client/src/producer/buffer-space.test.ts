import { expect, test } from 'vitest';
import { failureOf } from '../../test/outcomes.ts';
import { BufferSpace } from './buffer-space.ts';

test('a send that gives up waiting does not hide those that wait before it', async () => {
  let bufferedBytes = 100;
  const space = new BufferSpace(100, () => bufferedBytes);
  const stop = new AbortController();
  const first = space.turn(undefined);
  const second = failureOf(space.turn(stop.signal));
  let areTaken = false;
  const taken = space.turnsTaken().then(() => (areTaken = true));
  stop.abort();
  expect((await second).code).toBe('ABORTED');
  await new Promise(setImmediate);
  expect(areTaken).toBe(false);
  bufferedBytes = 0;
  space.freed();
  await first;
  space.endTurn();
  await taken;
});
