/** What the disk itself gives in this run: one thread that writes, or writes and syncs, and nothing else. */
import { closeSync, fdatasyncSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { percentile } from './figures.ts';

/** Appends `sizeBytes` and syncs, again and again for `durationMs`, in a file below `directory`. */
export function measureSyncs(
  directory: string,
  o: { sizeBytes: number; durationMs: number },
): { syncsPerSecond: number; p50Ms: number } {
  const path = join(directory, `tidelog-bench-sync-${process.pid}`);
  const file = openSync(path, 'wx');
  try {
    const bytes = Buffer.alloc(o.sizeBytes);
    const durationsMs: number[] = [];
    const startedMs = performance.now();
    for (let position = 0; performance.now() - startedMs < o.durationMs; position += bytes.length) {
      const beganMs = performance.now();
      writeSync(file, bytes, 0, bytes.length, position);
      fdatasyncSync(file);
      durationsMs.push(performance.now() - beganMs);
    }
    return {
      syncsPerSecond: durationsMs.length / (o.durationMs / 1000),
      p50Ms: percentile(durationsMs, 50),
    };
  } finally {
    closeSync(file);
    unlinkSync(path);
  }
}

/** Writes `sizeBytes` at a time into a fresh file below `directory`, without a sync; bytes per second. */
export function measureWrites(directory: string, o: { sizeBytes: number; durationMs: number }): number {
  const path = join(directory, `tidelog-bench-write-${process.pid}`);
  const file = openSync(path, 'wx');
  try {
    const bytes = Buffer.alloc(o.sizeBytes, 1);
    const startedMs = performance.now();
    let position = 0;
    for (; performance.now() - startedMs < o.durationMs; position += bytes.length) {
      writeSync(file, bytes, 0, bytes.length, position);
    }
    return position / ((performance.now() - startedMs) / 1000);
  } finally {
    closeSync(file);
    unlinkSync(path);
  }
}
