import { expect, test } from 'vitest';
import { silentLogger } from './logger.ts';
import { MemoryFileSystem } from './memory-file-system.ts';
import { SavedOffsets } from './saved-offsets.ts';

test('saves that come while one runs are served by the next, with the newest offsets', async () => {
  const disk = new MemoryFileSystem();
  let offset = 1;
  const current = () => [{ topic: 'orders', partition: 0, offset }];
  const saved = new SavedOffsets({ fileSystem: disk, path: '/offsets', current, logger: silentLogger });
  const first = saved.save();
  const gate = Promise.withResolvers<void>();
  disk.onSyncPoint = () => gate.promise;
  await Promise.resolve();
  await Promise.resolve();
  const later = [saved.save(), saved.save(), saved.save()];
  offset = 2;
  gate.resolve();
  await Promise.all([first, ...later]);
  expect(disk.syncCount).toBe(4);
  expect(await saved.load()).toEqual(new Map([['orders-0', 2]]));
});

test('a save that fails does not stop the next one', async () => {
  const disk = new MemoryFileSystem({ capacityBytes: 0 });
  const current = () => [{ topic: 'orders', partition: 0, offset: 5 }];
  const saved = new SavedOffsets({ fileSystem: disk, path: '/offsets', current, logger: silentLogger });
  await expect(saved.save()).rejects.toMatchObject({ code: 'ENOSPC' });
  disk.capacityBytes = 1000;
  await saved.save();
  expect(disk.readFileSync('/offsets').toString()).toBe('0\n1\norders 0 5\n');
});

test('it knows which partitions the file may name', async () => {
  const disk = new MemoryFileSystem();
  let partitions = [0, 1];
  const current = () => partitions.map((partition) => ({ topic: 'orders', partition, offset: 0 }));
  const saved = new SavedOffsets({ fileSystem: disk, path: '/offsets', current, logger: silentLogger });
  expect(saved.mayName('orders-1')).toBe(false);
  await saved.save();
  expect(saved.mayName('orders-1')).toBe(true);
  partitions = [0];
  expect(saved.mayName('orders-1')).toBe(true);
  await saved.save();
  expect(saved.mayName('orders-1')).toBe(false);
});
