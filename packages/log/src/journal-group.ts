/**
 * The entries that the next write of the journal takes, gathered in one piece of memory: bytes are copied in at
 * once, since their owner may reuse them after the turn.
 */
import { entryRoomBytes, writeEntry, type EntryInput } from './journal-format.ts';

const MIN_BYTES = 64 * 1024;
/** Memory up to this size is kept for the next group. */
const MAX_KEPT_BYTES = 4 * 1024 * 1024;

export class JournalGroup<S> {
  /** Settles for all members of the group together. */
  readonly outcome: PromiseWithResolvers<void> = Promise.withResolvers<void>();
  /** Whose bytes are in it. */
  readonly segments: Set<S> = new Set<S>();
  /** A forget record is in it. */
  hasForget = false;
  #memory: Buffer;
  #sizeBytes = 0;

  /** `memory` of an earlier group is used again. */
  constructor(memory: Buffer | undefined) {
    this.#memory = memory ?? Buffer.allocUnsafeSlow(MIN_BYTES);
    // Whoever asked may not be listening any more when it fails.
    this.outcome.promise.catch(() => undefined);
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  get isEmpty(): boolean {
    return this.#sizeBytes === 0;
  }

  add(entry: EntryInput): void {
    this.#reserve(entryRoomBytes(entry.directoryName.length, entry.payloadBytes));
    this.#sizeBytes = writeEntry(this.#memory, this.#sizeBytes, entry);
  }

  /** The entries, back to back. */
  bytes(): Buffer {
    return this.#memory.subarray(0, this.#sizeBytes);
  }

  /** The memory for the next group, once this one was written; undefined when it has grown too large to keep. */
  takeMemory(): Buffer | undefined {
    return this.#memory.length <= MAX_KEPT_BYTES ? this.#memory : undefined;
  }

  #reserve(roomBytes: number): void {
    const neededBytes = this.#sizeBytes + roomBytes;
    if (neededBytes <= this.#memory.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(neededBytes, this.#memory.length * 2));
    this.#memory.copy(grown, 0, 0, this.#sizeBytes);
    this.#memory = grown;
  }
}
