/**
 * Memory for reads, used again: allocating and zeroing a fresh megabyte for each fetch costs more than reading
 * into it. Buffers come in powers of two; what is asked for is a view of the right length.
 *
 * Invariants: a buffer is either lent or retained, never both; what is retained never exceeds `maxRetainedBytes`;
 * a size above `maxPooledBytes` is allocated for the one use and left to the garbage collector. Lent memory is
 * not zeroed: the borrower writes it before reading it.
 */
export interface PooledBuffer {
  /** Exactly as long as was asked for. Not to be touched after `release`. */
  readonly buffer: Buffer;
  /** Gives the memory back; a second call does nothing. */
  release(): void;
}

export interface BufferPoolOptions {
  /** The largest size that is pooled; 2 MiB unless given. */
  readonly maxPooledBytes?: number;
  /** How much unused memory is kept; 32 MiB unless given. */
  readonly maxRetainedBytes?: number;
}

const MIN_CLASS_BITS = 12;

export class BufferPool {
  readonly #maxPooledBytes: number;
  readonly #maxRetainedBytes: number;
  /** Unused buffers by the logarithm of their size. */
  readonly #free: Buffer[][] = [];
  #retainedBytes = 0;
  #lentBytes = 0;

  constructor(options: BufferPoolOptions = {}) {
    this.#maxPooledBytes = options.maxPooledBytes ?? 2 * 1024 * 1024;
    this.#maxRetainedBytes = options.maxRetainedBytes ?? 32 * 1024 * 1024;
  }

  /** Bytes that are kept for the next use. */
  get retainedBytes(): number {
    return this.#retainedBytes;
  }

  /** Bytes asked for and not yet released. */
  get lentBytes(): number {
    return this.#lentBytes;
  }

  /** Lends `sizeBytes` bytes of unspecified content until `release`. */
  acquire(sizeBytes: number): PooledBuffer {
    const isPooled = sizeBytes <= this.#maxPooledBytes;
    const classBits = Math.max(MIN_CLASS_BITS, 32 - Math.clz32(Math.max(0, sizeBytes - 1)));
    const memory = isPooled ? this.#take(classBits) : Buffer.allocUnsafeSlow(sizeBytes);
    this.#lentBytes += sizeBytes;
    let isLent = true;
    return {
      buffer: memory.subarray(0, sizeBytes),
      release: () => {
        if (!isLent) return;
        isLent = false;
        this.#lentBytes -= sizeBytes;
        if (isPooled) this.#giveBack(memory, classBits);
      },
    };
  }

  #take(classBits: number): Buffer {
    const kept = this.#free[classBits]?.pop();
    if (kept === undefined) return Buffer.allocUnsafeSlow(2 ** classBits);
    this.#retainedBytes -= kept.length;
    return kept;
  }

  #giveBack(memory: Buffer, classBits: number): void {
    if (this.#retainedBytes + memory.length > this.#maxRetainedBytes) return;
    (this.#free[classBits] ??= []).push(memory);
    this.#retainedBytes += memory.length;
  }
}
