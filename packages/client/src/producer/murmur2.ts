/**
 * Kafka's hash of record keys: murmur2, 32 bits, with the seed of the Java client
 * (org.apache.kafka.common.utils.Utils.murmur2), so that a key lands on the same partition whichever client
 * wrote it.
 *
 * Invariant: `murmur2(text)` equals `murmur2(Buffer.from(text))` for every string.
 */

const SEED = 0x9747b28c;
const M = 0x5bd1e995;

/** The hash of the bytes as a signed 32-bit integer. A string is hashed as its UTF-8 bytes. */
export function murmur2(key: string | Uint8Array): number {
  return typeof key === 'string' ? murmur2OfString(key) : murmur2OfBytes(key);
}

function murmur2OfBytes(bytes: Uint8Array): number {
  const length = bytes.length;
  let hash = SEED ^ length;
  let position = 0;
  for (const last = length - 4; position <= last; position += 4) {
    const word =
      bytes[position]! |
      (bytes[position + 1]! << 8) |
      (bytes[position + 2]! << 16) |
      (bytes[position + 3]! << 24);
    hash = mix(hash, word);
  }
  let tail = 0;
  for (let index = length - 1; index >= position; index--) tail = (tail << 8) | bytes[index]!;
  return finish(hash, tail, length - position);
}

/** ASCII is hashed from the characters, without encoding; at the first other character it starts again on bytes. */
function murmur2OfString(text: string): number {
  const length = text.length;
  let hash = SEED ^ length;
  let position = 0;
  let seen = 0;
  for (const last = length - 4; position <= last; position += 4) {
    const a = text.charCodeAt(position);
    const b = text.charCodeAt(position + 1);
    const c = text.charCodeAt(position + 2);
    const d = text.charCodeAt(position + 3);
    seen |= a | b | c | d;
    hash = mix(hash, a | (b << 8) | (c << 16) | (d << 24));
  }
  let tail = 0;
  for (let index = length - 1; index >= position; index--) {
    const code = text.charCodeAt(index);
    seen |= code;
    tail = (tail << 8) | code;
  }
  if (seen > 0x7f) return murmur2OfBytes(Buffer.from(text, 'utf8'));
  return finish(hash, tail, length - position);
}

function mix(hash: number, word: number): number {
  let k = Math.imul(word, M);
  k = Math.imul(k ^ (k >>> 24), M);
  return Math.imul(hash, M) ^ k;
}

function finish(hash: number, tail: number, tailBytes: number): number {
  let result = tailBytes > 0 ? Math.imul(hash ^ tail, M) : hash;
  result = Math.imul(result ^ (result >>> 13), M);
  return result ^ (result >>> 15);
}

/**
 * The partition of a key as Java's default partitioner picks it: the sign bit of the hash is cleared (not the
 * absolute value taken), then the remainder by `partitionCount` (1 … 2^31 − 1).
 */
export function partitionForKey(key: string | Uint8Array, partitionCount: number): number {
  return (murmur2(key) & 0x7fffffff) % partitionCount;
}
