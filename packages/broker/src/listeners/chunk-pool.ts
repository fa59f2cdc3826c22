/**
 * The memory that requests are read into, for all connections of a broker together.
 *
 * A chunk is a piece of memory with a count of its users: the connection that reads into it, and each frame that
 * was cut from it and is still worked on. When the last one lets go the chunk returns to the pool. Frames are
 * views of a chunk, so record bytes are never copied on their way to the log.
 *
 * Bounds, for a pool of `maxBytes`:
 *   up to ¾    anybody gets memory.
 *   above ¾    memory to read *more* into is refused; who needs it stops reading and waits in line. Bytes that
 *              have been read already still find a place.
 *   at maxBytes  `onFull`: nobody reads any more, until use has fallen below ¾ again (`onRoom`).
 *
 * Invariants: `usedBytes` is the size of all chunks that have users, whole chunks counted. Those who wait are
 * served in the order in which they came, and nobody overtakes them. When all memory lies in half-received
 * frames, none would ever come back: the connection table then lets one reader exceed the bound.
 */

/** A frame may be copied into a chunk that it shares with others up to this size. */
const SHARED_COPY_MAX_BYTES = 16 * 1024;
const SHARED_CHUNK_BYTES = 64 * 1024;
const MIN_CHUNK_BYTES = 1024;
/** Larger chunks have exactly the size that was asked for and are not kept. */
const MAX_KEPT_CHUNK_BYTES = 4 * 1024 * 1024;
/** Unused memory that is kept for the next reads. */
const DEFAULT_KEEP_BYTES = 16 * 1024 * 1024;

export class Chunk {
  readonly bytes: Buffer;
  readonly #giveBack: (chunk: Chunk) => void;
  #users = 1;

  constructor(bytes: Buffer, giveBack: (chunk: Chunk) => void) {
    this.bytes = bytes;
    this.#giveBack = giveBack;
  }

  /** True while somebody beside its first user holds it. */
  get isShared(): boolean {
    return this.#users > 1;
  }

  retain(): void {
    this.#users++;
  }

  /** To be called once by its first user and once per `retain`; the bytes must not be used afterwards. */
  release(): void {
    if (this.#users === 0) throw new Error('a chunk was released more often than it was retained');
    if (--this.#users === 0) this.#giveBack(this);
  }
}

/** Bytes that stay unchanged until they are released. */
export interface Lease {
  readonly bytes: Buffer;
  /** Exactly once. */
  release(): void;
}

/** Somebody who stopped reading for want of memory. */
export interface RoomWaiter {
  /** What it needs; asked when its turn comes. */
  readonly wantedBytes: number;
  /** Its memory, of at least `wantedBytes`. It is its user from now on. */
  receiveChunk(chunk: Chunk): void;
}

export interface ChunkPoolOptions {
  readonly maxBytes: number;
  /** Unused memory that is kept rather than given to the garbage collector; 16 MiB unless given. */
  readonly keepBytes?: number;
  readonly onFull?: () => void;
  readonly onRoom?: () => void;
}

export class ChunkPool {
  readonly #maxBytes: number;
  readonly #softBytes: number;
  readonly #keepBytes: number;
  readonly #onFull: () => void;
  readonly #onRoom: () => void;
  readonly #giveBack: (chunk: Chunk) => void;
  /** Unused memory by size; last in, first out, for the sake of the CPU's cache. */
  readonly #kept = new Map<number, Buffer[]>();
  #keptBytes = 0;
  #usedBytes = 0;
  #isFull = false;
  readonly #waiters = new Set<RoomWaiter>();
  #isServing = false;
  #reliefCount = 0;
  /** Where small copies go, and how much of it is taken. */
  #shared: Chunk | undefined;
  #sharedEnd = 0;

  constructor({ maxBytes, keepBytes, onFull, onRoom }: ChunkPoolOptions) {
    this.#maxBytes = maxBytes;
    this.#softBytes = Math.floor((maxBytes * 3) / 4);
    this.#keepBytes = Math.min(keepBytes ?? DEFAULT_KEEP_BYTES, maxBytes);
    this.#onFull = onFull ?? (() => undefined);
    this.#onRoom = onRoom ?? (() => undefined);
    this.#giveBack = (chunk) => this.#takeBack(chunk);
  }

  get usedBytes(): number {
    return this.#usedBytes;
  }

  /** True from the moment when `maxBytes` was reached until use has fallen below three quarters of it. */
  get isFull(): boolean {
    return this.#isFull;
  }

  get waitingCount(): number {
    return this.#waiters.size;
  }

  /** True while somebody cannot read for want of memory. */
  get isShort(): boolean {
    return this.#isFull || this.#waiters.size > 0;
  }

  /** How often somebody in line was served, or all were let on: while it stands still a shortage lasts. */
  get reliefCount(): number {
    return this.#reliefCount;
  }

  /** True while memory may be held for convenience: less than half of the bound is in use. */
  get isAmple(): boolean {
    return this.#usedBytes < this.#maxBytes / 2 && this.#waiters.size === 0;
  }

  /** A chunk of at least `sizeBytes` to read into, or undefined: then stop reading and `waitForRoom`. */
  take(sizeBytes: number): Chunk | undefined {
    return this.#waiters.size === 0 && this.#hasRoom(sizeBytes) ? this.#give(sizeBytes) : undefined;
  }

  /** A chunk of at least `sizeBytes` for bytes that have been received already: never refused. */
  takeForReceived(sizeBytes: number): Chunk {
    return this.#give(sizeBytes);
  }

  /** A copy of bytes that are valid only now. Small ones share a chunk. */
  copy(bytes: Buffer): Lease {
    if (bytes.length > SHARED_COPY_MAX_BYTES) {
      const chunk = this.#give(bytes.length);
      bytes.copy(chunk.bytes);
      return new ChunkLease(chunk.bytes.subarray(0, bytes.length), chunk);
    }
    if (this.#shared === undefined || this.#sharedEnd + bytes.length > this.#shared.bytes.length) {
      this.#shared?.release();
      this.#shared = this.#give(SHARED_CHUNK_BYTES);
      this.#sharedEnd = 0;
    } else if (!this.#shared.isShared) {
      this.#sharedEnd = 0;
    }
    const chunk = this.#shared;
    const start = this.#sharedEnd;
    this.#sharedEnd += bytes.copy(chunk.bytes, start);
    chunk.retain();
    return new ChunkLease(chunk.bytes.subarray(start, this.#sharedEnd), chunk);
  }

  /** Bytes of a chunk, held until the lease is released. */
  lease(chunk: Chunk, bytes: Buffer): Lease {
    chunk.retain();
    return new ChunkLease(bytes, chunk);
  }

  /** Puts somebody in line; its `receiveChunk` is called later, never inside this call. */
  waitForRoom(waiter: RoomWaiter): void {
    this.#waiters.add(waiter);
  }

  stopWaiting(waiter: RoomWaiter): void {
    if (this.#waiters.delete(waiter)) this.#serve();
  }

  #hasRoom(sizeBytes: number): boolean {
    return this.#usedBytes === 0 || this.#usedBytes + chunkSizeBytes(sizeBytes) <= this.#softBytes;
  }

  #give(sizeBytes: number): Chunk {
    const chunkBytes = chunkSizeBytes(sizeBytes);
    let memory = this.#kept.get(chunkBytes)?.pop();
    if (memory === undefined) memory = Buffer.allocUnsafeSlow(chunkBytes);
    else this.#keptBytes -= chunkBytes;
    this.#usedBytes += chunkBytes;
    if (this.#usedBytes >= this.#maxBytes && !this.#isFull) {
      this.#isFull = true;
      this.#onFull();
    }
    return new Chunk(memory, this.#giveBack);
  }

  #takeBack(chunk: Chunk): void {
    const memory = chunk.bytes;
    this.#usedBytes -= memory.length;
    this.#keep(memory);
    if (this.#isFull && this.#usedBytes < this.#softBytes) {
      this.#isFull = false;
      this.#reliefCount++;
      this.#onRoom();
    }
    this.#serve();
  }

  #keep(memory: Buffer): void {
    if (memory.length > MAX_KEPT_CHUNK_BYTES || this.#keptBytes + memory.length > this.#keepBytes) return;
    const stack = this.#kept.get(memory.length);
    if (stack === undefined) this.#kept.set(memory.length, [memory]);
    else stack.push(memory);
    this.#keptBytes += memory.length;
  }

  #serve(): void {
    // A waiter that is served may release memory, which comes back here: one loop serves them all.
    if (this.#isServing) return;
    this.#isServing = true;
    try {
      for (const waiter of this.#waiters) {
        if (!this.#hasRoom(waiter.wantedBytes)) break;
        this.#waiters.delete(waiter);
        this.#reliefCount++;
        waiter.receiveChunk(this.#give(waiter.wantedBytes));
      }
    } finally {
      this.#isServing = false;
    }
  }
}

class ChunkLease implements Lease {
  readonly bytes: Buffer;
  readonly #chunk: Chunk;

  constructor(bytes: Buffer, chunk: Chunk) {
    this.bytes = bytes;
    this.#chunk = chunk;
  }

  release(): void {
    this.#chunk.release();
  }
}

/** Powers of two, so that memory fits again; beyond what is kept, the exact size. */
function chunkSizeBytes(sizeBytes: number): number {
  if (sizeBytes > MAX_KEPT_CHUNK_BYTES) return sizeBytes;
  return sizeBytes <= MIN_CHUNK_BYTES ? MIN_CHUNK_BYTES : 2 ** (32 - Math.clz32(sizeBytes - 1));
}
