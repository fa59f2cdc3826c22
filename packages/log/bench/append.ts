/**
 * How fast batches go into a log in page-cache mode, with a bare gathered write of the same bytes beside it.
 *
 *     node --conditions=@tidelog/source packages/log/bench/append.ts [--mb 1024] [--dir /tmp]
 *
 * Each round appends batches of one size, several per turn of the event loop, until that many megabytes are
 * written; the file is deleted after each. "rewritten" is the second pass over the same segment size with pages
 * already in the cache where the file system keeps them. Figures depend on the disk: compare the ratio.
 */
import { closeSync, mkdtempSync, openSync, rmSync, writevSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { BatchBuilder, crc32c } from '@tidelog/record';
import { BufferPool } from '../src/buffer-pool.ts';
import { systemClock } from '../src/clock.ts';
import { FilePool } from '../src/file-pool.ts';
import { Log } from '../src/log.ts';
import { nodeFileSystem } from '../src/node-file-system.ts';

const VALUE = Buffer.alloc(100, 0x76);
const PER_TURN = 4;

function option(name: string, fallback: string): string {
  const index = process.argv.indexOf(`--${name}`);
  return index < 0 ? fallback : (process.argv[index + 1] ?? fallback);
}

function batchOf(sizeBytes: number): Buffer {
  const builder = new BatchBuilder({ initialBytes: sizeBytes + 4096 });
  while (builder.sizeBytes < sizeBytes) builder.append(Date.now(), 'key-567890', VALUE);
  return builder.buildSync();
}

async function logRate(dir: string, sizeBytes: number, totalBytes: number): Promise<number> {
  const log = await Log.open({
    dir,
    name: 'bench-0',
    config: { durability: 'page-cache' },
    fileSystem: nodeFileSystem,
    clock: systemClock,
    files: new FilePool({ fileSystem: nodeFileSystem }),
    buffers: new BufferPool(),
    lastShutdown: 'power-loss',
  });
  const buffers = Array.from({ length: PER_TURN }, () => batchOf(sizeBytes));
  const startMs = performance.now();
  let writtenBytes = 0;
  while (writtenBytes < totalBytes) {
    await Promise.all(buffers.map((buffer) => log.append(buffer, { leaderEpoch: 0 })));
    for (const buffer of buffers) writtenBytes += buffer.length;
  }
  const seconds = (performance.now() - startMs) / 1000;
  return writtenBytes / seconds / 1e9;
}

/** The same bytes through a bare descriptor, with a CRC over each batch: what the hardware and the kernel give. */
function bareRate(path: string, sizeBytes: number, totalBytes: number): number {
  const file = openSync(path, 'wx');
  const buffers = Array.from({ length: PER_TURN }, () => batchOf(sizeBytes));
  const startMs = performance.now();
  let writtenBytes = 0;
  while (writtenBytes < totalBytes) {
    for (const buffer of buffers) crc32c(buffer.subarray(21));
    writtenBytes += writevSync(file, buffers, writtenBytes);
  }
  const seconds = (performance.now() - startMs) / 1000;
  closeSync(file);
  return writtenBytes / seconds / 1e9;
}

const totalBytes = Number(option('mb', '512')) * 1024 * 1024;
const parent = option('dir', tmpdir());
console.log(
  `${cpus()[0]?.model ?? 'unknown CPU'}, Node ${process.version}, ${totalBytes / 1024 / 1024} MB per round in ${parent}`,
);
for (const sizeBytes of [1000, 16 * 1024, 64 * 1024]) {
  for (let round = 0; round < 2; round++) {
    const dir = mkdtempSync(join(parent, 'tidelog-bench-'));
    const bare = bareRate(join(dir, 'bare'), sizeBytes, totalBytes);
    rmSync(join(dir, 'bare'));
    const log = await logRate(join(dir, 'log'), sizeBytes, totalBytes);
    rmSync(dir, { recursive: true });
    console.log(
      `${sizeBytes} B: log ${log.toFixed(2)} GB/s, bare write and CRC ${bare.toFixed(2)} GB/s, ratio ${(log / bare).toFixed(2)}`,
    );
  }
}
