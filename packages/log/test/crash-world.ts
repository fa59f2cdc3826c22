/**
 * A data directory in memory with one log, a model of what the log holds, and a crash at a chosen point.
 *
 * A world runs random operations until the point: the n-th sync or the n-th write, before or after it. There it
 * copies what a crash leaves of the file system, and what the model knew at that moment. `checkRecovered` opens
 * the copy and compares. Everything follows from the seed.
 *
 * What must hold after any crash:
 * - What is read is a contiguous piece of what was appended, with the offsets and bytes that were acknowledged.
 * - It holds every batch whose `durable` promise had resolved; after the death of the process alone, every batch
 *   that was acknowledged. A compacted log holds the last record of each key of those.
 * - A batch of a producer that is in the log is known as a duplicate, and the producer's next one is accepted.
 * - Recovering again, also after a crash during recovery, gives the same or, after another power loss, no less
 *   than what was durable.
 */
import {
  BatchBuilder,
  RecordBatch,
  STORED_BATCH_RULES,
  validateBatch,
  type BatchHeader,
} from '@tidelog/record';
import { TidelogError } from '@tidelog/record/errors';
import { readFileIfPresent, writeFileAtomic } from '../src/checkpoint-file.ts';
import { BufferPool } from '../src/buffer-pool.ts';
import type { Clock } from '../src/clock.ts';
import type { DirectoryCommitter } from '../src/directory-committer.ts';
import { FilePool } from '../src/file-pool.ts';
import type { FileHandle } from '../src/file-system.ts';
import { JournalCommitter } from '../src/journal-committer.ts';
import { replayJournal } from '../src/journal-replay.ts';
import { Log } from '../src/log.ts';
import type { LogConfigInput } from '../src/log-config.ts';
import type { LastShutdown } from '../src/log-options.ts';
import type { MemoryFileSystem } from '../src/memory-file-system.ts';
import { PerFileCommitter } from '../src/per-file-committer.ts';
import { seededRandom, type Random } from '../src/seeded-random.ts';

export type CommitMode = 'page-cache' | 'per-file' | 'journal';
export type CrashKind = 'power-loss' | 'process-kill';
export type Fault = 'none' | 'disk-full' | 'failed-sync';

/** One batch as the model knows it. */
export interface ModelBatch {
  readonly id: string;
  readonly recordCount: number;
  readonly producerId: number;
  readonly baseSequence: number;
  /** Of each record, in a world with a compacted log. */
  readonly keys?: readonly string[] | undefined;
  baseOffset: number;
  isDurable: boolean;
}

/** What the model knew when the crash came. */
interface Knowledge {
  readonly acknowledged: readonly ModelBatch[];
  readonly underWay: readonly ModelBatch[];
  readonly logStartOffset: number;
  readonly recoveryPoint: number;
  /** A truncation was under way: batches from here on may be gone. */
  readonly cutOffset: number;
  readonly logStartCheckpoint: number;
}

export interface Crash {
  readonly survivor: MemoryFileSystem;
  readonly kind: CrashKind;
  readonly knowledge: Knowledge;
  /** The process died after a failed sync, and what that one dropped can no longer be read. */
  readonly hasForgotten?: boolean;
}

export interface WorldPlan {
  readonly seed: number;
  readonly mode: CommitMode;
  readonly fault: Fault;
  readonly crashKind: CrashKind;
  readonly crashAt: {
    readonly point: 'sync' | 'write';
    readonly when: 'before' | 'after';
    readonly number: number;
  };
  readonly config: LogConfigInput;
  readonly operationCount: number;
}

const DATA_DIR = '/data';
const LOG_DIR = '/data/orders-0';
const CHECKPOINT = '/data/checkpoint';
const DIRECTORY_ID = Buffer.alloc(16, 7);
const START_MS = 1_700_000_000_000;

/** Time that moves by a few milliseconds with each look, and a turn that ends soon. */
export class SimulatedClock implements Clock {
  #nowMs: number = START_MS;
  nowMs(): number {
    return this.#nowMs;
  }
  monotonicMs(): number {
    return this.#nowMs - START_MS;
  }
  advance(byMs: number): void {
    this.#nowMs += byMs;
  }
  /** Deleted files, which have no delay here, stay until the log is closed; rests of a cleaning end soon. */
  setTimer(delayMs: number, fn: () => void): { cancel(): void } {
    if (delayMs > 0) setImmediate(fn);
    return { cancel: () => undefined };
  }
  defer(fn: () => void): void {
    setImmediate(fn);
  }
}

/** Tells of each write to a file before and after it, with what is written. */
function observeWrites(
  fileSystem: MemoryFileSystem,
  onWrite: (when: 'before' | 'after', write: { path: string; bytes: Buffer; position: number }) => void,
): void {
  const open = fileSystem.open.bind(fileSystem);
  fileSystem.open = async (path, mode): Promise<FileHandle> => {
    const handle = await open(path, mode);
    const writevSync = handle.writevSync.bind(handle);
    handle.writevSync = (buffers, position): void => {
      const write = { path, bytes: Buffer.concat(buffers), position };
      onWrite('before', write);
      writevSync(buffers, position);
      onWrite('after', write);
    };
    return handle;
  };
}

interface Checkpoint {
  readonly recoveryPoint: number;
  readonly logStartOffset: number;
  readonly firstDirtyOffset: number;
}

/** The log with what a data directory would give it: a committer, and a checkpoint file. */
export class SimulatedDirectory {
  readonly fileSystem: MemoryFileSystem;
  readonly clock: SimulatedClock;
  readonly committer: DirectoryCommitter | undefined;
  readonly log: Log;
  checkpoint: Checkpoint;
  #writing: Promise<void> = Promise.resolve();

  private constructor(parts: {
    fileSystem: MemoryFileSystem;
    clock: SimulatedClock;
    committer: DirectoryCommitter | undefined;
    checkpoint: Checkpoint;
    log: Log;
  }) {
    this.fileSystem = parts.fileSystem;
    this.clock = parts.clock;
    this.committer = parts.committer;
    this.checkpoint = parts.checkpoint;
    this.log = parts.log;
  }

  static async open(options: {
    fileSystem: MemoryFileSystem;
    mode: CommitMode;
    config: LogConfigInput;
    lastShutdown: LastShutdown;
    maxOpenFiles?: number;
  }): Promise<SimulatedDirectory> {
    const { fileSystem, mode } = options;
    const clock = new SimulatedClock();
    await fileSystem.mkdir(DATA_DIR);
    await fileSystem.mkdir(LOG_DIR);
    await fileSystem.syncDirectory('/');
    await fileSystem.syncDirectory(DATA_DIR);
    const committer = await openCommitter(fileSystem, mode, clock);
    const content = await readFileIfPresent(fileSystem, CHECKPOINT);
    const checkpoint = content === undefined ? undefined : (JSON.parse(content.toString()) as Checkpoint);
    const holder: { directory?: SimulatedDirectory } = {};
    const log: Log = await Log.open({
      dir: LOG_DIR,
      name: 'orders-0',
      config: { ...options.config, durability: mode === 'page-cache' ? 'page-cache' : 'fsync' },
      fileSystem,
      clock,
      files: new FilePool({ fileSystem, maxOpenFiles: options.maxOpenFiles ?? 100 }),
      buffers: new BufferPool(),
      committer,
      lastShutdown: options.lastShutdown,
      recoveryPoint: checkpoint?.recoveryPoint,
      logStartOffset: checkpoint?.logStartOffset,
      firstDirtyOffset: checkpoint?.firstDirtyOffset,
      onFailure: (error) => committer?.fail(error),
      onLogStartOffsetMoved: (logStartOffset) =>
        holder.directory?.write({ logStartOffset }) ?? Promise.resolve(),
      onRecoveryPointLowered: (recoveryPoint) =>
        holder.directory?.write({ recoveryPoint }) ?? Promise.resolve(),
      onRecoveryPointNeeded: async () => holder.directory?.write({ recoveryPoint: log.recoveryPoint }),
      onFirstDirtyOffsetMoved: async (firstDirtyOffset) => holder.directory?.write({ firstDirtyOffset }),
    });
    holder.directory = new SimulatedDirectory({
      fileSystem,
      clock,
      committer,
      log,
      checkpoint: {
        recoveryPoint: log.recoveryPoint,
        logStartOffset: log.logStartOffset,
        firstDirtyOffset: log.firstDirtyOffset,
      },
    });
    return holder.directory;
  }

  /** Replaces the checkpoint file, durably. */
  write(change: Partial<Checkpoint>): Promise<void> {
    const written = this.#writing.then(async () => {
      const checkpoint = { ...this.checkpoint, ...change };
      await writeFileAtomic(this.fileSystem, CHECKPOINT, JSON.stringify(checkpoint));
      this.checkpoint = checkpoint;
    });
    this.#writing = written.catch(() => undefined);
    return written;
  }

  async flush(): Promise<void> {
    await this.log.flush();
    await this.write({ recoveryPoint: this.log.recoveryPoint });
  }

  async close(): Promise<void> {
    await this.log.close();
    await this.committer?.close();
    await this.write({ recoveryPoint: this.log.recoveryPoint, logStartOffset: this.log.logStartOffset });
  }
}

async function openCommitter(
  fileSystem: MemoryFileSystem,
  mode: CommitMode,
  clock: Clock,
): Promise<DirectoryCommitter | undefined> {
  if (mode === 'page-cache') return undefined;
  if (mode === 'per-file') return new PerFileCommitter();
  const place = { fileSystem, dataDir: DATA_DIR, directoryId: DIRECTORY_ID };
  const replayed = await replayJournal(place);
  return new JournalCommitter({
    ...place,
    clock,
    replayed,
    policy: { directFileLimit: 0, directWriteBytes: 1500 },
    journalFileSizeBytes: 16384,
  });
}

/** What is read from a log, batch by batch. */
export interface ReadBatch {
  readonly baseOffset: number;
  readonly lastOffset: number;
  readonly id: string;
  /** Of its records. */
  readonly offsets: readonly number[];
}

/** All batches from the log start offset up to `endOffset`, each validated with its CRC. */
export async function readAll(log: Log, endOffset: number = log.logEndOffset): Promise<ReadBatch[]> {
  const batches: ReadBatch[] = [];
  for (let offset = log.logStartOffset; offset < endOffset;) {
    const read = await log.read({ fromOffset: offset, maxBytes: 3000, minOneBatch: true });
    if (read.nextOffset === offset)
      throw new Error(`a read at ${offset} below ${log.logEndOffset} gave nothing`);
    for (let position = 0; position < read.bytes.length;) {
      const { header } = validatedBatch(read.bytes, position);
      const [first] = RecordBatch.read(read.bytes, position);
      const id = first?.headers[0]?.value ?? first?.key;
      batches.push({
        baseOffset: header.baseOffset,
        lastOffset: header.lastOffset,
        id: id?.toString() ?? '',
        offsets: [...RecordBatch.read(read.bytes, position)].map((record) => record.offset),
      });
      position += header.sizeBytes;
    }
    offset = read.nextOffset;
    read.release();
  }
  return batches;
}

function validatedBatch(bytes: Buffer, position: number): { header: BatchHeader } {
  return { header: validateBatch(bytes, position, STORED_BATCH_RULES) };
}

/** A batch whose first record's key is its id; with keys, every record has the id in a header. */
export function buildBatch(batch: {
  id: string;
  recordCount: number;
  valueBytes: number;
  timestampMs: number;
  producerId: number;
  baseSequence: number;
  keys?: readonly string[] | undefined;
}): Buffer {
  const builder = new BatchBuilder({ initialBytes: 512 });
  for (let index = 0; index < batch.recordCount; index++) {
    builder.append(
      batch.timestampMs + index,
      batch.keys?.[index] ?? (index === 0 ? batch.id : null),
      Buffer.alloc(batch.valueBytes, 0x61 + (index % 26)),
      batch.keys === undefined ? undefined : [{ key: 'id', value: batch.id }],
    );
  }
  if (batch.producerId < 0) return builder.buildSync();
  return builder.buildSync({
    producerId: batch.producerId,
    producerEpoch: 0,
    baseSequence: batch.baseSequence,
  });
}

/** Runs operations on one log until the crash. */
export class CrashWorld {
  readonly plan: WorldPlan;
  readonly directory: SimulatedDirectory;
  readonly #random: Random;
  #acknowledged: ModelBatch[];
  #underWay: ModelBatch[] = [];
  #cutOffset = Number.MAX_SAFE_INTEGER;
  #nextId = 0;
  #syncCount = 0;
  #writeCount = 0;
  #failure: unknown;
  /** What lies below may have been compacted, also by a cleaning that did not come to its end. */
  #compactedTo: number;
  crash: Crash | undefined;

  constructor(plan: WorldPlan, directory: SimulatedDirectory, acknowledged: ModelBatch[] = []) {
    this.plan = plan;
    this.directory = directory;
    this.#acknowledged = acknowledged;
    this.#compactedTo = directory.log.logEndOffset;
    this.#random = seededRandom(plan.seed ^ 0x5eed);
    const { fileSystem } = directory;
    fileSystem.onSyncPoint = ({ when }): void => {
      if (when === 'before') this.#syncCount += 1;
      this.#reached('sync', when, this.#syncCount);
    };
    observeWrites(fileSystem, (when, write) => {
      if (when === 'before') this.#writeCount += 1;
      this.#reached('write', when, this.#writeCount, write);
    });
  }

  /** Runs to the crash, which comes at the end at the latest. */
  async run(): Promise<Crash> {
    for (let count = 0; count < this.plan.operationCount && this.crash === undefined; count++) {
      await this.#operation();
      if (this.#failure !== undefined) throw this.#failure;
    }
    this.crash ??= this.#takeCrash();
    return this.crash;
  }

  #reached(
    point: 'sync' | 'write',
    when: 'before' | 'after',
    number: number,
    write?: { path: string; bytes: Buffer; position: number },
  ): void {
    const { crashAt } = this.plan;
    if (this.crash !== undefined) return;
    if (crashAt.point !== point || crashAt.when !== when || crashAt.number !== number) return;
    this.crash = this.#takeCrash();
    if (write === undefined || when === 'after' || this.plan.crashKind === 'power-loss') return;
    // The process died inside the write: a part of it is in the page cache.
    const part = write.bytes.subarray(0, this.#random.below(write.bytes.length + 1));
    this.crash.survivor.damage(write.path, { position: write.position, bytes: part });
  }

  #takeCrash(): Crash {
    const { crashKind: kind, seed } = this.plan;
    return {
      survivor: this.directory.fileSystem.crash({ kind, seed }),
      kind,
      knowledge: {
        acknowledged: this.#acknowledged.map((batch) => ({ ...batch })),
        underWay: this.#underWay.map((batch) => ({ ...batch })),
        logStartOffset: this.directory.log.logStartOffset,
        recoveryPoint: this.directory.checkpoint.recoveryPoint,
        logStartCheckpoint: this.directory.checkpoint.logStartOffset,
        cutOffset: this.#cutOffset,
      },
    };
  }

  async #operation(): Promise<void> {
    const { log, clock } = this.directory;
    clock.advance(this.#random.below(50));
    try {
      if (this.#isCompacted && this.#random.below(7) === 0) {
        await this.#compact();
        return;
      }
      const draw = this.#random.below(100);
      if (draw < 70) await this.#appendSome();
      else if (draw < 78) await this.directory.flush();
      else if (draw < 84) await log.roll();
      else if (draw < 88) await this.#deleteSome();
      else if (draw < 92) await log.applyRetention(clock.nowMs(), { highWatermark: log.durableOffset });
      else if (draw < 95) await this.#truncateSome();
      else if (draw < 97) await turn();
      else this.#changeDisk();
    } catch (error) {
      if (this.plan.fault === 'none' || !isExpectedFailure(error)) throw error;
    }
  }

  get #isCompacted(): boolean {
    return this.plan.config.cleanupPolicy?.includes('compact') === true;
  }

  async #compact(): Promise<void> {
    const { log, clock } = this.directory;
    if (this.#random.below(2) === 0) await log.roll();
    const highWatermark = log.durableOffset;
    this.#compactedTo = Math.max(this.#compactedTo, highWatermark);
    const cleaning = log.compact({
      nowMs: clock.nowMs(),
      highWatermark,
      dedupeBufferBytes: this.#random.below(2) === 0 ? 768 : 65536,
    });
    // It goes on beside other work, or is waited for.
    if (this.#random.below(3) > 0) await cleaning;
    else
      cleaning.catch((error: unknown) => {
        if (this.plan.fault === 'none' || !isExpectedFailure(error)) this.#failure ??= error;
      });
  }

  async #appendSome(): Promise<void> {
    const count = 1 + this.#random.below(4);
    const results: Promise<void>[] = [];
    for (let index = 0; index < count; index++) {
      results.push(this.#random.below(6) === 0 ? this.#appendAgain() : this.#appendNew());
    }
    const settled = await Promise.allSettled(results);
    for (const result of settled) if (result.status === 'rejected') throw result.reason;
    if (this.#random.below(3) === 0) await turn();
  }

  async #appendNew(): Promise<void> {
    const { log, clock } = this.directory;
    const producerId = this.#random.below(4) - 1;
    const recordCount = 1 + this.#random.below(this.#random.below(8) === 0 ? 40 : 5);
    const batch: ModelBatch = {
      id: `${this.plan.seed}/${this.#nextId++}`,
      recordCount,
      keys: this.#isCompacted
        ? Array.from({ length: recordCount }, () => `k${this.#random.below(12)}`)
        : undefined,
      producerId,
      baseSequence: producerId < 0 ? -1 : this.#nextSequence(producerId),
      baseOffset: -1,
      isDurable: false,
    };
    const valueBytes = this.#random.below(this.#random.below(6) === 0 ? 2000 : 120);
    const bytes = buildBatch({
      ...batch,
      valueBytes: valueBytes % Math.max(1, 900 / batch.recordCount),
      timestampMs: clock.nowMs(),
    });
    this.#underWay.push(batch);
    try {
      const result = await log.append(bytes, { leaderEpoch: 1 });
      if (result.isDuplicate) throw new Error(`${batch.id} is no duplicate`);
      batch.baseOffset = result.baseOffset;
      this.#acknowledged.push(batch);
      result.durable.then(
        () => {
          batch.isDurable = true;
        },
        () => undefined,
      );
    } finally {
      this.#underWay = this.#underWay.filter((other) => other !== batch);
    }
  }

  /** One of a producer's last five batches, once more. */
  async #appendAgain(): Promise<void> {
    const { log, clock } = this.directory;
    const producerId = this.#random.below(3);
    const batches = this.#acknowledged.filter((batch) => batch.producerId === producerId).slice(-5);
    const batch = batches[this.#random.below(Math.max(1, batches.length))];
    // Batches that are under way in this turn may push it out of the five.
    if (batch === undefined || this.#underWay.length > 0) return;
    const again = await log.append(buildBatch({ ...batch, valueBytes: 5, timestampMs: clock.nowMs() }), {
      leaderEpoch: 1,
    });
    if (!again.isDuplicate || again.baseOffset !== batch.baseOffset) {
      throw new Error(`${batch.id} at ${batch.baseOffset} was appended again at ${again.baseOffset}`);
    }
  }

  #nextSequence(producerId: number): number {
    let sequence = 0;
    for (const batch of [...this.#acknowledged, ...this.#underWay]) {
      if (batch.producerId === producerId)
        sequence = Math.max(sequence, batch.baseSequence + batch.recordCount);
    }
    return sequence;
  }

  async #deleteSome(): Promise<void> {
    const { log } = this.directory;
    const span = log.durableOffset - log.logStartOffset;
    await log.deleteRecordsBefore(log.logStartOffset + this.#random.below(Math.max(1, Math.floor(span / 3))));
  }

  async #truncateSome(): Promise<void> {
    const { log } = this.directory;
    const kept = this.#acknowledged.length - this.#random.below(4);
    const first = this.#acknowledged[kept];
    if (first === undefined || first.baseOffset <= log.logStartOffset) return;
    // What was compacted lay below the high watermark, and no replica is cut there.
    if (first.baseOffset < this.#compactedTo) return;
    this.#cutOffset = Math.min(this.#cutOffset, first.baseOffset);
    await log.truncateTo(first.baseOffset + this.#random.below(first.recordCount));
    this.#acknowledged = this.#acknowledged.slice(0, kept);
    this.#cutOffset = Number.MAX_SAFE_INTEGER;
    if (log.logEndOffset !== first.baseOffset)
      throw new Error(`cut at ${log.logEndOffset}, not ${first.baseOffset}`);
  }

  #changeDisk(): void {
    const { fileSystem } = this.directory;
    if (this.plan.fault === 'failed-sync') fileSystem.failSync({ nth: 1 + this.#random.below(5) });
    if (this.plan.fault !== 'disk-full') return;
    const isFull = fileSystem.capacityBytes < Number.MAX_SAFE_INTEGER;
    fileSystem.capacityBytes = isFull
      ? Number.MAX_SAFE_INTEGER
      : fileSystem.usedBytes + this.#random.below(4000);
  }
}

function isExpectedFailure(error: unknown): boolean {
  if (error instanceof TidelogError)
    return ['DISK_FULL', 'STORAGE_FAILED', 'OUT_OF_ORDER_SEQUENCE_NUMBER'].includes(error.code);
  return ['ENOSPC', 'EIO'].includes((error as NodeJS.ErrnoException).code ?? '');
}

function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
