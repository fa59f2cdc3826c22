/**
 * The last offset of each key, for a cleaning, in bounded memory.
 *
 * A key counts as its SHA-256, cut to 128 bits: two keys of a log that are taken for one are not to be expected, also
 * not when somebody searches for them. An entry takes 24 bytes, whatever the key's length.
 *
 * ```
 * shard     hash & (shards − 1): open addressing, linear probing, grown by itself
 *   slot      4 × uint32 hash | float64 offset + 1 (0: free)
 * ```
 * Many small shards, so that growing one moves few entries at a time and the event loop is not held up.
 *
 * Invariant: all shards together take at most `maxBytes`. A map that has no room for a new key says so, and the
 * cleaning ends at the record before it.
 */
import { hash } from 'node:crypto';

const SLOT_BYTES = 24;
const FIRST_SLOTS = 16;
const MAX_LOAD = 0.85;
const MAX_SHARDS = 256;
const SHARD_BYTES = 4096;
const WORDS = 4;

/** Least memory that a map works with. */
export const MIN_KEY_MAP_BYTES: number = FIRST_SLOTS * SLOT_BYTES;

interface Shard {
  hashes: Uint32Array;
  offsets: Float64Array;
  count: number;
}

export class KeyOffsetMap {
  readonly #shards: (Shard | undefined)[];
  readonly #maxSlotsPerShard: number;
  #count = 0;
  #slots = 0;

  /** `maxBytes`: at least `MIN_KEY_MAP_BYTES`. */
  constructor(options: { readonly maxBytes: number }) {
    const shards = Math.min(MAX_SHARDS, Math.max(1, Math.floor(options.maxBytes / SHARD_BYTES)));
    const shardCount = 2 ** Math.floor(Math.log2(shards));
    this.#shards = new Array<Shard | undefined>(shardCount).fill(undefined);
    this.#maxSlotsPerShard = Math.floor(options.maxBytes / SLOT_BYTES / shardCount);
  }

  /** Keys in it. */
  get size(): number {
    return this.#count;
  }

  /** Memory that it takes now. */
  get sizeBytes(): number {
    return this.#slots * SLOT_BYTES;
  }

  /** Notes that `key` is at `offset`, which replaces what was noted of it. False: there is no room for a new key. */
  put(key: Uint8Array, offset: number): boolean {
    const digest = hash('sha256', key, 'buffer');
    const index = this.#shardIndex(digest);
    const shard = (this.#shards[index] ??= this.#newShard());
    let slot = find(shard, digest);
    if (shard.offsets[slot] === 0) {
      if (shard.count + 1 > shard.offsets.length * MAX_LOAD) {
        if (!this.#grow(shard)) return false;
        slot = find(shard, digest);
      }
      for (let word = 0; word < WORDS; word++) {
        shard.hashes[slot * WORDS + word] = digest.readUInt32LE(word * 4);
      }
      shard.count += 1;
      this.#count += 1;
    }
    shard.offsets[slot] = offset + 1;
    return true;
  }

  /** The offset last noted for the key; −1: none. */
  get(key: Uint8Array): number {
    const digest = hash('sha256', key, 'buffer');
    const shard = this.#shards[this.#shardIndex(digest)];
    return shard === undefined ? -1 : (shard.offsets[find(shard, digest)] as number) - 1;
  }

  #shardIndex(digest: Buffer): number {
    return (digest[16] as number) & (this.#shards.length - 1);
  }

  #newShard(): Shard {
    const slots = Math.min(FIRST_SLOTS, this.#maxSlotsPerShard);
    this.#slots += slots;
    return { hashes: new Uint32Array(slots * WORDS), offsets: new Float64Array(slots), count: 0 };
  }

  #grow(shard: Shard): boolean {
    const before = shard.offsets.length;
    const slots = Math.min(this.#maxSlotsPerShard, before * 2);
    if (slots <= before) return false;
    const { hashes, offsets } = shard;
    shard.hashes = new Uint32Array(slots * WORDS);
    shard.offsets = new Float64Array(slots);
    this.#slots += slots - before;
    for (let slot = 0; slot < before; slot++) {
      if (offsets[slot] === 0) continue;
      const from = slot * WORDS;
      let target = (hashes[from] as number) % slots;
      while (shard.offsets[target] !== 0) target = target + 1 === slots ? 0 : target + 1;
      shard.hashes.set(hashes.subarray(from, from + WORDS), target * WORDS);
      shard.offsets[target] = offsets[slot] as number;
    }
    return true;
  }
}

/** The slot of the key, or the free one where it would go. There always is a free one. */
function find(shard: Shard, digest: Buffer): number {
  const { hashes, offsets } = shard;
  const slots = offsets.length;
  const first = digest.readUInt32LE(0);
  let slot = first % slots;
  while (offsets[slot] !== 0) {
    const at = slot * WORDS;
    const isSame =
      hashes[at] === first &&
      hashes[at + 1] === digest.readUInt32LE(4) &&
      hashes[at + 2] === digest.readUInt32LE(8) &&
      hashes[at + 3] === digest.readUInt32LE(12);
    if (isSame) return slot;
    slot = slot + 1 === slots ? 0 : slot + 1;
  }
  return slot;
}
