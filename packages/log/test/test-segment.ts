/**
 * A stand-in for a segment in the tests of the journal: a file that appends and commits, and knows which of its
 * bytes must survive.
 */
import { expect } from 'vitest';
import type { CommitFile, DurabilityCommitter } from '../src/durability.ts';
import type { FileHandle } from '../src/file-system.ts';
import { replayJournal, type JournalReplayReport } from '../src/journal-replay.ts';
import type { MemoryFileSystem } from '../src/memory-file-system.ts';

export const DATA_DIR = '/data';
export const DIRECTORY_ID: Buffer = Buffer.from('0123456789abcdef');

/** Creates a partition's directory, durably. */
export async function partitionOn(disk: MemoryFileSystem, partitionDir: string): Promise<void> {
  await disk.mkdir(`${DATA_DIR}/${partitionDir}`);
  await disk.syncDirectory(DATA_DIR);
}

export async function recoverDisk(disk: MemoryFileSystem): Promise<JournalReplayReport> {
  return replayJournal({ fileSystem: disk, dataDir: DATA_DIR, directoryId: DIRECTORY_ID });
}

export interface TestSegmentOptions {
  readonly disk: MemoryFileSystem;
  readonly committer: DurabilityCommitter;
  readonly partitionDir: string;
  readonly baseOffset: number;
}

export class TestSegment implements CommitFile {
  readonly partitionDir: string;
  readonly segmentBaseOffset: number;
  readonly path: string;
  readonly handleOfFile: FileHandle;
  readonly #disk: MemoryFileSystem;
  /** A commit that resolves when its bytes were already cut off says nothing about what is there now. */
  #cutCount = 0;
  committer: DurabilityCommitter;
  /** All that was written. */
  content: Buffer = Buffer.alloc(0);
  /** While bytes are being cut off: what was written before, which may still be found. */
  staleContent: Buffer | undefined;
  /** Where the bytes end that must survive. */
  durableBytes = 0;

  private constructor(options: TestSegmentOptions, handle: FileHandle) {
    this.#disk = options.disk;
    this.committer = options.committer;
    this.partitionDir = options.partitionDir;
    this.segmentBaseOffset = options.baseOffset;
    this.path = handle.path;
    this.handleOfFile = handle;
  }

  /** Creates the file, durably: file, then directory. */
  static async create(options: TestSegmentOptions): Promise<TestSegment> {
    const directory = `${DATA_DIR}/${options.partitionDir}`;
    const name = `${String(options.baseOffset).padStart(20, '0')}.log`;
    const handle = await options.disk.open(`${directory}/${name}`, 'create');
    await handle.sync();
    await options.disk.syncDirectory(directory);
    return new TestSegment(options, handle);
  }

  handle(): Promise<FileHandle> {
    return Promise.resolve(this.handleOfFile);
  }

  append(text: string): Promise<void> {
    return this.appendBytes(Buffer.from(text));
  }

  async appendBytes(bytes: Buffer): Promise<void> {
    const position = this.content.length;
    this.handleOfFile.writevSync([bytes], position);
    this.content = Buffer.concat([this.content, bytes]);
    const buffers = [bytes.subarray(0, 1), bytes.subarray(1)];
    const cutCount = this.#cutCount;
    await this.committer.commit({ file: this, position, buffers, sizeBytes: bytes.length });
    if (cutCount === this.#cutCount) this.durableBytes = Math.max(this.durableBytes, position + bytes.length);
  }

  /** Cuts bytes off as a log does: forget, truncate, sync. */
  async cutTo(sizeBytes: number): Promise<void> {
    this.#cutCount += 1;
    this.durableBytes = Math.min(this.durableBytes, sizeBytes);
    await this.committer.forget({ file: this, fromPosition: sizeBytes });
    this.staleContent = this.content;
    this.content = this.content.subarray(0, sizeBytes);
    this.handleOfFile.truncateSync(sizeBytes);
    await this.handleOfFile.sync();
    this.staleContent = undefined;
  }

  /** Removes the file as a log does: forget, unlink, sync of the directory. */
  async remove(): Promise<void> {
    this.#cutCount += 1;
    this.durableBytes = 0;
    await this.committer.forget({ file: this, fromPosition: 0 });
    await this.handleOfFile.close();
    await this.#disk.unlink(this.path);
    await this.#disk.syncDirectory(`${DATA_DIR}/${this.partitionDir}`);
  }

  expectDurableOn(disk: MemoryFileSystem): void {
    const found = disk.readFileSync(this.path);
    expect(found.subarray(0, this.durableBytes)).toEqual(this.content.subarray(0, this.durableBytes));
  }
}
