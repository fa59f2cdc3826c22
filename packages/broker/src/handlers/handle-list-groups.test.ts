import { expect, test } from 'vitest';
import { MemoryBroker } from '../../test/memory-broker.ts';

test('a filter of more names than there can be states or types is refused', async () => {
  await using broker = await MemoryBroker.start();
  const names = Array.from({ length: 101 }, (_, index) => `state-${index}`);
  const list = (states: readonly string[], types: readonly string[]): Promise<unknown> =>
    broker.dispatch('listGroups', { states, types });
  await expect(list(names, [])).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  await expect(list([], names)).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  expect(await list(names.slice(1), [])).toEqual({ groups: [] });
});
