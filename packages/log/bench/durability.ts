/**
 * What makes a batch durable, and what it costs: small durable writes to 1, 64 and 1,000 active segment files,
 * made durable by a sync per file, by the shared journal, or by whichever the adaptive committer chooses. Each
 * file has one writer that writes again when its last write is durable, as a partition with one request in flight.
 *
 *     node --conditions=@tidelog/source packages/log/bench/durability.ts --dir . --seconds 3
 *
 * `--files 1,64,1000`, `--bytes 200`, `--modes per-file,journal,adaptive`, `--rounds 1`. The directory must lie on a
 * real disk: on tmpfs a sync costs nothing. Compare figures of one run only.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '../src/clock.ts';
import type { DirectoryCommitter } from '../src/directory-committer.ts';
import type { CommitFile } from '../src/durability.ts';
import type { FileHandle } from '../src/file-system.ts';
import { JournalCommitter } from '../src/journal-committer.ts';
import { nodeFileSystem } from '../src/node-file-system.ts';
import { PerFileCommitter } from '../src/per-file-committer.ts';

const { values: flags } = parseArgs({
  options: {
    dir: { type: 'string', default: '.' },
    seconds: { type: 'string', default: '3' },
    files: { type: 'string', default: '1,64,1000' },
    bytes: { type: 'string', default: '200' },
    modes: { type: 'string', default: 'per-file,journal,adaptive' },
    rounds: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});
const seconds = Number(flags.seconds);
const sizeBytes = Number(flags.bytes);

interface Result {
  readonly mode: string;
  readonly fileCount: number;
  readonly writesPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly fileSyncsPerSecond: number;
  readonly journalSyncsPerSecond: number;
}

function committerFor(mode: string, dataDir: string): DirectoryCommitter {
  if (mode === 'per-file') return new PerFileCommitter();
  return new JournalCommitter({
    fileSystem: nodeFileSystem,
    clock: systemClock,
    dataDir,
    directoryId: Buffer.alloc(16, 1),
    replayed: { files: [], nextUse: 1 },
    policy: mode === 'journal' ? { directFileLimit: 0 } : undefined,
  });
}

interface Writer {
  readonly file: CommitFile;
  readonly handle: FileHandle;
  position: number;
  startedMs: number;
}

async function openWriters(dataDir: string, fileCount: number): Promise<Writer[]> {
  const writers: Writer[] = [];
  for (let index = 0; index < fileCount; index++) {
    const partitionDir = `bench-${index}`;
    await mkdir(join(dataDir, partitionDir));
    const path = join(dataDir, partitionDir, '00000000000000000000.log');
    const handle = await nodeFileSystem.open(path, 'create');
    const file: CommitFile = { partitionDir, segmentBaseOffset: 0, handle: () => Promise.resolve(handle) };
    writers.push({ file, handle, position: 0, startedMs: 0 });
  }
  return writers;
}

async function measure(mode: string, fileCount: number): Promise<Result> {
  const dataDir = await mkdtemp(join(flags.dir, 'durability-'));
  const committer = committerFor(mode, dataDir);
  const writers = await openWriters(dataDir, fileCount);
  const payload = Buffer.alloc(sizeBytes, 7);
  const latencies: number[] = [];
  let due: Writer[] = [];
  let untilMs = Infinity;
  let measuredFromMs = Infinity;
  const finished = Promise.withResolvers<void>();
  let runningCount = fileCount;
  // As the log does it: what is to be written in a turn is written at its end.
  const schedule = (writer: Writer): void => {
    if (due.length === 0) systemClock.defer(writeDue);
    due.push(writer);
  };
  const writeDue = (): void => {
    const writing = due;
    due = [];
    for (const writer of writing) {
      writer.startedMs = performance.now();
      writer.handle.writevSync([payload], writer.position);
      const write = { file: writer.file, position: writer.position, buffers: [payload], sizeBytes };
      writer.position += sizeBytes;
      committer.commit(write).then(() => done(writer), finished.reject);
    }
  };
  const done = (writer: Writer): void => {
    const nowMs = performance.now();
    if (writer.startedMs >= measuredFromMs && nowMs <= untilMs) latencies.push(nowMs - writer.startedMs);
    if (nowMs < untilMs) return schedule(writer);
    runningCount -= 1;
    if (runningCount === 0) finished.resolve();
  };
  const warmUpMs = Math.min(500, seconds * 250);
  measuredFromMs = performance.now() + warmUpMs;
  untilMs = measuredFromMs + seconds * 1000;
  for (const writer of writers) schedule(writer);
  await finished.promise;
  const elapsedSeconds = seconds + warmUpMs / 1000;
  const { fileSyncCount, journalSyncCount } = committer.stats;
  await committer.close();
  await Promise.all(writers.map((writer) => writer.handle.close()));
  await rm(dataDir, { recursive: true });
  latencies.sort((a, b) => a - b);
  const quantile = (q: number): number => latencies[Math.floor(q * (latencies.length - 1))] ?? 0;
  return {
    mode,
    fileCount,
    writesPerSecond: latencies.length / seconds,
    p50Ms: quantile(0.5),
    p99Ms: quantile(0.99),
    fileSyncsPerSecond: fileSyncCount / elapsedSeconds,
    journalSyncsPerSecond: journalSyncCount / elapsedSeconds,
  };
}

const results: Result[] = [];
if (!flags.json) {
  console.log(
    `${cpus()[0]?.model ?? 'unknown processor'} × ${cpus().length}, Node ${process.version}, ${sizeBytes}-byte writes`,
  );
  console.log('files  mode      writes/s   p50 ms   p99 ms   file syncs/s   journal syncs/s');
}
for (const fileCount of flags.files.split(',').map(Number)) {
  for (let round = 0; round < Number(flags.rounds); round++) {
    for (const mode of flags.modes.split(',')) {
      const result = await measure(mode, fileCount);
      results.push(result);
      if (flags.json) continue;
      console.log(
        [
          String(fileCount).padStart(5),
          mode.padEnd(9),
          result.writesPerSecond.toFixed(0).padStart(8),
          result.p50Ms.toFixed(2).padStart(8),
          result.p99Ms.toFixed(2).padStart(8),
          result.fileSyncsPerSecond.toFixed(0).padStart(14),
          result.journalSyncsPerSecond.toFixed(0).padStart(17),
        ].join(' '),
      );
    }
  }
}
if (flags.json) console.log(JSON.stringify({ node: process.version, sizeBytes, results }));
