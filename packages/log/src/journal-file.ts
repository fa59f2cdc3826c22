/**
 * One file of the journal with its header. States: blank (no valid header, no entries) → active → free → active …
 *
 * Invariants: the state on disk is what the last resolved `activate` or `markFree` made it; a header write that
 * is torn leaves the state before. Entries are written only into an active file, behind its header.
 */
import { dirname } from 'node:path';
import type { FileHandle, FileSystem } from './file-system.ts';
import {
  HEADER_SLOT_BYTES,
  JOURNAL_DATA_POSITION,
  decodeHeader,
  encodeHeader,
  entrySeed,
  type JournalHeader,
} from './journal-format.ts';

const SUFFIX = '.journal';

/** The index in a file name `<index>.journal`; undefined for other names. */
export function journalIndexOf(name: string): number | undefined {
  return /^\d{1,6}\.journal$/.test(name) ? Number(name.slice(0, -SUFFIX.length)) : undefined;
}

export function journalFileName(index: number): string {
  return `${index}${SUFFIX}`;
}

export class JournalFile {
  readonly path: string;
  readonly index: number;
  readonly handle: FileHandle;
  readonly #fileSystem: FileSystem;
  #header: JournalHeader | undefined;
  /** Where the next group goes; what lies behind is of no use. */
  endPosition: number = JOURNAL_DATA_POSITION;
  #seed = 0;

  private constructor(fileSystem: FileSystem, handle: FileHandle, index: number) {
    this.#fileSystem = fileSystem;
    this.path = handle.path;
    this.index = index;
    this.handle = handle;
  }

  /** Opens a file or creates it blank. */
  static async open(fileSystem: FileSystem, path: string, index: number): Promise<JournalFile> {
    const handle = await fileSystem.open(path, 'open-or-create');
    const file = new JournalFile(fileSystem, handle, index);
    try {
      const head = Buffer.alloc(JOURNAL_DATA_POSITION);
      const headBytes = await handle.read(head, 0);
      file.#header = decodeHeader(head.subarray(0, headBytes), path);
    } catch (error) {
      await handle.close();
      throw error;
    }
    return file;
  }

  /** undefined: the file is blank. */
  get header(): JournalHeader | undefined {
    return this.#header;
  }

  get use(): number {
    return this.#header?.use ?? 0;
  }

  get isActive(): boolean {
    return this.#header?.isActive === true;
  }

  /** The seed of the CRCs of this use. */
  get seed(): number {
    return this.#seed;
  }

  /** Begins a new use of a blank or free file, durably. */
  async activate(use: {
    use: number;
    directoryId: Buffer;
    previous: { use: number; endPosition: number } | undefined;
  }): Promise<void> {
    const isNew = this.#header === undefined;
    await this.#writeHeader({
      sequence: (this.#header?.sequence ?? 0) + 1,
      isActive: true,
      use: use.use,
      previousUse: use.previous?.use ?? 0,
      previousEndPosition: use.previous?.endPosition ?? 0,
      directoryId: use.directoryId,
    });
    if (isNew) await this.#fileSystem.syncDirectory(dirname(this.path));
    this.endPosition = JOURNAL_DATA_POSITION;
    this.#seed = entrySeed(use);
  }

  /** Ends the use, durably: a recovery reads nothing from it any more. */
  async markFree(): Promise<void> {
    if (this.#header === undefined) return;
    await this.#writeHeader({ ...this.#header, sequence: this.#header.sequence + 1, isActive: false });
  }

  async #writeHeader(header: JournalHeader): Promise<void> {
    this.handle.writevSync([encodeHeader(header)], (header.sequence % 2) * HEADER_SLOT_BYTES);
    await this.handle.sync();
    this.#header = header;
  }
}
