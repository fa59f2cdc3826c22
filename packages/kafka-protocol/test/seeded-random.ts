/** A small seeded generator (mulberry32): the same numbers for the same seed and case, on every machine. */
export class SeededRandom {
  #state: number;

  constructor(seed: number, index: number) {
    this.#state = (Math.imul(seed, 0x9e37_79b1) ^ Math.imul(index + 1, 0x85eb_ca6b)) >>> 0;
  }

  /** 0 … 2^32 − 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  /** 0 … limit − 1. */
  below(limit: number): number {
    return this.next() % limit;
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)] as T;
  }

  bytes(sizeBytes: number): Buffer {
    const bytes = Buffer.alloc(sizeBytes);
    for (let i = 0; i < sizeBytes; i++) bytes[i] = this.below(256);
    return bytes;
  }
}
