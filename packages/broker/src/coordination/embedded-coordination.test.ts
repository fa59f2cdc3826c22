import { describe, expect, test } from 'vitest';
import { ManualClock, MemoryFileSystem } from '@tidelog/log/testing';
import { coordinationConformance } from '../../test/coordination-conformance.ts';
import { seededBytes } from '../../test/seeded-bytes.ts';
import type { Coordination } from './coordination.ts';
import { FIRST_VERSION } from './coordination.ts';
import { EmbeddedCoordination } from './embedded-coordination.ts';

coordinationConformance('embedded coordination', async () => {
  const fileSystem = new MemoryFileSystem();
  const clock = new ManualClock();
  const opened: Coordination[] = [];
  await fileSystem.mkdir('/data');
  return {
    async open() {
      const coordination = await openOn(fileSystem, clock);
      opened.push(coordination);
      return coordination;
    },
    passMs: (durationMs) => clock.advance(durationMs),
    async close() {
      for (const coordination of opened) await coordination.close();
    },
  };
});

function openOn(
  fileSystem: MemoryFileSystem,
  clock = new ManualClock(),
  seed = 1,
): Promise<EmbeddedCoordination> {
  return EmbeddedCoordination.open({ dataDir: '/data', fileSystem, clock, random: seededBytes(seed) });
}

async function becomeController(coordination: Coordination): Promise<number> {
  const registered = await coordination.registerBroker({
    expected: FIRST_VERSION,
    brokerId: 1,
    leaseMs: 1000,
    records: [],
  });
  if (registered.outcome !== 'registered') throw new Error(registered.outcome);
  return (await coordination.claimController(registered.session)).controllerEpoch;
}

async function freshDisk(): Promise<MemoryFileSystem> {
  const fileSystem = new MemoryFileSystem();
  await fileSystem.mkdir('/data');
  await fileSystem.syncDirectory('/data');
  await fileSystem.syncDirectory('/');
  return fileSystem;
}

describe('embedded coordination on a disk that fails', () => {
  test('whatever a power loss leaves, every commit that was answered is there, in order', async () => {
    for (let seed = 0; seed < 60; seed++) {
      const fileSystem = await freshDisk();
      const crashAt = fileSystem.syncCount + 1 + (seed % 30);
      let answeredCount = 0;
      let promisedCount = 0;
      let survivor: MemoryFileSystem | undefined;
      fileSystem.onSyncPoint = (point) => {
        if (point.number !== crashAt || point.when !== 'before') return;
        survivor = fileSystem.crash({ seed, kind: 'power-loss' });
        promisedCount = answeredCount;
      };
      const coordination = await openOn(fileSystem);
      const controllerEpoch = await becomeController(coordination);
      for (let value = 0; value < 20; value++) {
        const expected = await coordination.newest();
        const result = await coordination.commit({ expected, controllerEpoch, records: [value] });
        if (result.outcome !== 'committed') throw new Error(result.outcome);
        answeredCount++;
        if (value % 7 === 6) await coordination.saveSnapshot({ at: result.at, state: value });
      }
      await coordination.close();
      expect(survivor, `seed ${seed}`).toBeDefined();

      const after = await openOn(survivor as MemoryFileSystem);
      const read = await after.read(FIRST_VERSION);
      if (read.outcome !== 'read') throw new Error(read.outcome);
      const coveredCount = Number(read.snapshot?.state ?? -1) + 1;
      const values = [
        ...Array.from({ length: coveredCount }, (_, index) => index),
        ...read.entries.flatMap((entry) => entry.records).map(Number),
      ];
      expect(values, `seed ${seed}`).toEqual(Array.from({ length: values.length }, (_, index) => index));
      expect(values.length, `seed ${seed}`).toBeGreaterThanOrEqual(promisedCount);
      await after.close();
    }
  });

  test('a commit that finds no space changes nothing, and the next one with space succeeds', async () => {
    const fileSystem = await freshDisk();
    const coordination = await openOn(fileSystem);
    const controllerEpoch = await becomeController(coordination);
    const expected = await coordination.newest();
    const change = { expected, controllerEpoch, records: ['x'.repeat(10_000)] };
    fileSystem.capacityBytes = fileSystem.usedBytes + 100;
    await expect(coordination.commit(change)).rejects.toMatchObject({ code: 'DISK_FULL' });
    expect(await coordination.newest()).toEqual(expected);
    fileSystem.capacityBytes = Number.MAX_SAFE_INTEGER;
    expect(await coordination.commit(change)).toMatchObject({ outcome: 'committed' });
    await coordination.close();
    const again = await openOn(fileSystem);
    expect((await again.newest()).version).toBe(expected.version + 1);
  });

  test('when a shortened journal is in place and its name cannot be synced, nothing goes to the old one', async () => {
    const fileSystem = await freshDisk();
    const coordination = await openOn(fileSystem);
    const controllerEpoch = await becomeController(coordination);
    const committed = await coordination.commit({
      expected: await coordination.newest(),
      controllerEpoch,
      records: ['a'],
    });
    if (committed.outcome !== 'committed') throw new Error(committed.outcome);
    let directorySyncs = 0;
    fileSystem.onSyncPoint = ({ when, path }) => {
      // The first is that of the snapshot.
      if (when !== 'before' || !path.endsWith('metadata.tidelog') || ++directorySyncs < 2) return;
      throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
    };
    await expect(coordination.saveSnapshot({ at: committed.at, state: 1 })).rejects.toThrow();
    expect(directorySyncs).toBe(2);
    fileSystem.onSyncPoint = undefined;
    const later = { expected: committed.at, controllerEpoch, records: ['b'] };
    const outcome = await coordination.commit(later).then(
      () => 'committed',
      () => 'refused',
    );
    const again = await openOn(fileSystem.crash({ seed: 1, kind: 'process-kill' }));
    const { version } = await again.newest();
    expect([outcome, version]).toEqual(['refused', committed.at.version]);
  });

  test('after a sync that failed every later change is refused', async () => {
    const fileSystem = await freshDisk();
    const coordination = await openOn(fileSystem);
    let failing = true;
    fileSystem.onSyncPoint = ({ when }) => {
      if (failing && when === 'before') throw Object.assign(new Error('EIO'), { code: 'EIO' });
    };
    const registration = { expected: FIRST_VERSION, brokerId: 1, leaseMs: 1000, records: [] };
    await expect(coordination.registerBroker(registration)).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
    failing = false;
    await expect(coordination.registerBroker(registration)).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
  });

  test('what a failed sync left in memory alone is written again when it is opened', async () => {
    const fileSystem = await freshDisk();
    const first = await openOn(fileSystem);
    const controllerEpoch = await becomeController(first);
    const expected = await first.newest();
    fileSystem.failSync();
    await expect(
      first.commit({ expected, controllerEpoch, records: [{ type: 'dropped' }] }),
    ).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
    // The process ends, the machine goes on: what the kernel has not written can still be read.
    const restarted = fileSystem.crash({ seed: 1, kind: 'process-kill' });
    const second = await openOn(restarted, new ManualClock(), 2);
    const seen = await second.newest();
    await second.close();
    const third = await openOn(restarted.crash({ seed: 2, kind: 'power-loss' }), new ManualClock(), 3);
    expect(await third.newest()).toEqual(seen);
  });

  test('damage in the middle of the journal, and a newer format, are refused with the file and the reason', async () => {
    const fileSystem = await freshDisk();
    const coordination = await openOn(fileSystem);
    await coordination.registerBroker({
      expected: FIRST_VERSION,
      brokerId: 1,
      leaseMs: 1000,
      records: ['a'],
    });
    await coordination.registerBroker({
      expected: await coordination.newest(),
      brokerId: 2,
      leaseMs: 1000,
      records: ['b'],
    });
    await coordination.close();
    const path = '/data/metadata.tidelog/journal';
    const bytes = Buffer.from(await fileSystem.readFile(path));
    const write = async (content: Buffer): Promise<void> => {
      const handle = await fileSystem.open(path, 'read-write');
      await handle.truncate(0);
      handle.writevSync([content], 0);
      await handle.close();
    };
    const flipped = Buffer.from(bytes);
    flipped[40] = (flipped[40] as number) ^ 1;
    await write(flipped);
    await expect(openOn(fileSystem)).rejects.toMatchObject({
      code: 'LOG_CORRUPT',
      message: expect.stringContaining(`${path}: the entry at byte 16 is damaged`),
    });
    const { crc32c } = await import('@tidelog/record');
    const newer = Buffer.from(bytes);
    newer.writeUInt32BE(2, 8);
    newer.writeUInt32BE(crc32c(newer.subarray(0, 12)), 12);
    await write(newer);
    await expect(openOn(fileSystem)).rejects.toMatchObject({
      code: 'DATA_DIR_FORMAT',
      message: expect.stringContaining('format version 2, newer than 1'),
    });
    await write(Buffer.concat([bytes, Buffer.from('torn')]));
    const again = await openOn(fileSystem);
    expect((await again.newest()).version).toBe(2);
    await again.close();
    await write(Buffer.from('something else entirely'));
    await expect(openOn(fileSystem)).rejects.toMatchObject({ code: 'LOG_CORRUPT' });
  });
});
