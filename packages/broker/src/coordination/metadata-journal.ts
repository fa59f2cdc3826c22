/**
 * An append-only file of JSON values, each durable before `append` resolves.
 *
 * Format (big-endian):
 *
 *     "TIDEMETA"  8 bytes
 *     version     uint32, 1
 *     crc         uint32, CRC-32C of the 12 bytes before
 *     then entries: length uint32 | CRC-32C of the payload uint32 | payload, UTF-8 JSON
 *
 * Crash policy: the file appears whole with its head (a renamed temporary file). One entry at a time is written
 * and synced, so a power loss can tear only the last one: bad bytes that no valid entry follows are cut off, since
 * nobody was told that they were written. Bad bytes before a valid entry are damage to something that was
 * promised, and the journal is refused (LOG_CORRUPT). What is read is written again, byte for byte, when it is opened:
 * it may have been left in memory alone by a sync that failed.
 */
import { readFileIfPresent, writeFileAtomic } from '@tidelog/log';
import type { FileHandle, FileSystem } from '@tidelog/log';
import { crc32c } from '@tidelog/record';
import { TidelogError } from '@tidelog/record/errors';
import type { JsonValue } from './coordination.ts';

const MAGIC = Buffer.from('TIDEMETA');
/** The newest version of the format that this code reads, and the one that it writes. */
export const METADATA_JOURNAL_VERSION = 1;
const HEAD_BYTES = 16;
const ENTRY_HEAD_BYTES = 8;
/** The shortest JSON that is ever written is `{}`: zeros after a torn write are no entry. */
const MIN_PAYLOAD_BYTES = 2;

interface Location {
  readonly fileSystem: FileSystem;
  readonly path: string;
}

export interface OpenedJournal {
  readonly journal: MetadataJournal;
  /** What the file holds, in order; empty for a new one. */
  readonly values: readonly JsonValue[];
  /** Bytes of a torn last entry that were cut off. */
  readonly truncatedBytes: number;
}

export class MetadataJournal {
  readonly #location: Location;
  #handle: FileHandle;
  #sizeBytes: number;
  #failed: TidelogError | undefined;

  private constructor(location: Location, handle: FileHandle, sizeBytes: number) {
    this.#location = location;
    this.#handle = handle;
    this.#sizeBytes = sizeBytes;
  }

  /**
   * Opens the journal, or creates it empty.
   *
   * @throws DATA_DIR_FORMAT for a newer format, LOG_CORRUPT for damage that is not a torn end
   */
  static async open(location: Location): Promise<OpenedJournal> {
    const { fileSystem, path } = location;
    let bytes = await readFileIfPresent(fileSystem, path);
    if (bytes === undefined) {
      bytes = encode([]);
      await writeFileAtomic(fileSystem, path, bytes);
    }
    checkHead(bytes, path);
    const { values, endPosition } = decode(bytes, path);
    const handle = await fileSystem.open(path, 'read-write');
    // What a failed sync left behind can be read and is not on the disk, and no later sync would write it.
    handle.writevSync([bytes.subarray(0, endPosition)], 0);
    if (endPosition < bytes.length) await handle.truncate(endPosition);
    await handle.sync();
    const journal = new MetadataJournal(location, handle, endPosition);
    return { journal, values, truncatedBytes: bytes.length - endPosition };
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /**
   * Adds a value, durably. Calls must not overlap.
   *
   * @throws DISK_FULL when there was no room: nothing changed; STORAGE_FAILED for good after any other failure
   */
  async append(value: JsonValue): Promise<void> {
    if (this.#failed !== undefined) throw this.#failed;
    const entry = encodeEntry(value);
    try {
      this.#handle.writevSync([entry], this.#sizeBytes);
    } catch (error) {
      throw await this.#writeFailed(error);
    }
    try {
      await this.#handle.datasync();
    } catch (error) {
      throw this.#fail(error);
    }
    this.#sizeBytes += entry.length;
  }

  /** Replaces everything by `values`, atomically. Calls must not overlap. Throws as `append`. */
  async rewrite(values: readonly JsonValue[]): Promise<void> {
    if (this.#failed !== undefined) throw this.#failed;
    const { fileSystem, path } = this.#location;
    const bytes = encode(values);
    try {
      await writeFileAtomic(fileSystem, path, bytes);
      const previous = this.#handle;
      this.#handle = await fileSystem.open(path, 'read-write');
      this.#sizeBytes = bytes.length;
      await previous.close();
    } catch (error) {
      // Met while the temporary file was written, no space leaves the journal as it was. Met later, the handle may
      // be that of a file without a name: what is appended there would be gone after a restart.
      const isReplaced = (await this.#contentNow())?.equals(bytes) !== false;
      if (isDiskFull(error) && !isReplaced) throw diskFull(path, error);
      throw this.#fail(error);
    }
  }

  /** What the journal's name stands for; undefined when that cannot be told. */
  async #contentNow(): Promise<Buffer | undefined> {
    const { fileSystem, path } = this.#location;
    return readFileIfPresent(fileSystem, path).catch(() => undefined);
  }

  async close(): Promise<void> {
    this.#failed ??= new TidelogError('CLOSED', 'the metadata journal is closed');
    await this.#handle.close();
  }

  /** A write that failed may have left a part of the entry: it goes, or the journal is at an end. */
  async #writeFailed(error: unknown): Promise<TidelogError> {
    if (!isDiskFull(error)) return this.#fail(error);
    try {
      await this.#handle.truncate(this.#sizeBytes);
    } catch (truncateError) {
      return this.#fail(truncateError);
    }
    return diskFull(this.#location.path, error);
  }

  #fail(error: unknown): TidelogError {
    const reason = error instanceof Error ? error.message : String(error);
    this.#failed = new TidelogError(
      'STORAGE_FAILED',
      `${this.#location.path}: ${reason}; the cluster metadata cannot be changed until the disk is repaired and the broker started again`,
      { cause: error },
    );
    return this.#failed;
  }
}

function encode(values: readonly JsonValue[]): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  MAGIC.copy(head, 0);
  head.writeUInt32BE(METADATA_JOURNAL_VERSION, 8);
  head.writeUInt32BE(crc32c(head.subarray(0, 12)), 12);
  return Buffer.concat([head, ...values.map(encodeEntry)]);
}

function encodeEntry(value: JsonValue): Buffer {
  const payload = Buffer.from(JSON.stringify(value));
  const entry = Buffer.alloc(ENTRY_HEAD_BYTES + payload.length);
  entry.writeUInt32BE(payload.length, 0);
  entry.writeUInt32BE(crc32c(payload), 4);
  payload.copy(entry, ENTRY_HEAD_BYTES);
  return entry;
}

function checkHead(bytes: Buffer, path: string): void {
  const isWhole =
    bytes.length >= HEAD_BYTES &&
    bytes.subarray(0, 8).equals(MAGIC) &&
    bytes.readUInt32BE(12) === crc32c(bytes.subarray(0, 12));
  if (!isWhole) {
    throw new TidelogError(
      'LOG_CORRUPT',
      `${path}: the first ${HEAD_BYTES} bytes are not those of a metadata journal; restore the file from a backup`,
    );
  }
  const version = bytes.readUInt32BE(8);
  if (version > METADATA_JOURNAL_VERSION) {
    throw new TidelogError(
      'DATA_DIR_FORMAT',
      `${path}: has format version ${version}, newer than ${METADATA_JOURNAL_VERSION}, the newest that this release reads; use a newer release, or another data directory`,
    );
  }
}

function decode(bytes: Buffer, path: string): { values: JsonValue[]; endPosition: number } {
  const values: JsonValue[] = [];
  let position = HEAD_BYTES;
  for (;;) {
    const entry = entryAt(bytes, position);
    if (entry === undefined) break;
    values.push(entry.value);
    position = entry.nextPosition;
  }
  for (let later = position + 1; later < bytes.length; later++) {
    if (entryAt(bytes, later) === undefined) continue;
    throw new TidelogError(
      'LOG_CORRUPT',
      `${path}: the entry at byte ${position} is damaged, and a valid one follows at byte ${later}; restore the file from a backup`,
    );
  }
  return { values, endPosition: position };
}

function entryAt(bytes: Buffer, position: number): { value: JsonValue; nextPosition: number } | undefined {
  const start = position + ENTRY_HEAD_BYTES;
  if (start > bytes.length) return undefined;
  const length = bytes.readUInt32BE(position);
  if (length < MIN_PAYLOAD_BYTES || length > bytes.length - start) return undefined;
  const payload = bytes.subarray(start, start + length);
  if (crc32c(payload) !== bytes.readUInt32BE(position + 4)) return undefined;
  try {
    return { value: JSON.parse(payload.toString('utf8')) as JsonValue, nextPosition: start + length };
  } catch {
    return undefined;
  }
}

function isDiskFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '');
}

function diskFull(path: string, cause: unknown): TidelogError {
  return new TidelogError('DISK_FULL', `${path}: no space left on the disk; free some and try again`, {
    cause,
  });
}
