/**
 * The five codecs of a record batch and their codes in its attributes (bits 0–2): none 0, gzip 1, snappy 2, lz4 3,
 * zstd 4 (KIP-98, KIP-110). Codes 5–7 are unassigned.
 */

/** The codes are the positions. */
export const COMPRESSION_TYPES = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const;

/** How the records of a batch are compressed. */
export type CompressionType = (typeof COMPRESSION_TYPES)[number];

/** The code of a codec in the attributes of a batch, 0–4. */
export function compressionCode(type: CompressionType): number {
  return COMPRESSION_TYPES.indexOf(type);
}

/** The codec of a code, or undefined for a code that Kafka has not assigned. */
export function compressionTypeOf(code: number): CompressionType | undefined {
  return COMPRESSION_TYPES[code];
}
