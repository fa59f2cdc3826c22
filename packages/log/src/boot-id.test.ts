import { expect, test } from 'vitest';
import { processExists, readBootId, readProcessStartTicks } from './boot-id.ts';

test('the boot id stays the same while the machine is up', async () => {
  const bootId = await readBootId();
  expect(await readBootId()).toBe(bootId);
  if (process.platform === 'linux') expect(bootId).toMatch(/^[0-9a-f-]{36}$/);
});

test('this process exists, started at one time; a process id beyond the largest belongs to nobody', async () => {
  expect(processExists(process.pid)).toBe(true);
  expect(await readProcessStartTicks(process.pid)).toBe(await readProcessStartTicks(process.pid));
  expect(processExists(2 ** 30)).toBe(false);
  expect(await readProcessStartTicks(2 ** 30)).toBeUndefined();
});
