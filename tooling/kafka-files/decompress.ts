/**
 * The record section of a batch, decompressed by what the two low bits of its attributes' codec name.
 *
 * Snappy comes raw, or in the blocks of the Java library (xerial): 8 bytes of magic, two int32 of versions, then
 * int32 size and a raw block, back to back. LZ4 is its frame format.
 */
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import lz4 from 'lz4-napi';
import snappy from 'snappy';

export const CODECS = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const;
export type Codec = (typeof CODECS)[number];

const XERIAL_MAGIC = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
const XERIAL_HEADER_BYTES = 16;

/** Throws when the bytes are not of that codec. */
export function decompress(codec: Codec, bytes: Buffer): Buffer {
  switch (codec) {
    case 'none':
      return bytes;
    case 'gzip':
      return gunzipSync(bytes);
    case 'snappy':
      return unsnap(bytes);
    case 'lz4':
      return Buffer.from(lz4.decompressFrameSync(bytes));
    case 'zstd':
      return zstdDecompressSync(bytes);
  }
}

function unsnap(bytes: Buffer): Buffer {
  if (!bytes.subarray(0, XERIAL_MAGIC.length).equals(XERIAL_MAGIC)) return rawBlock(bytes);
  const blocks: Buffer[] = [];
  for (let position = XERIAL_HEADER_BYTES; position < bytes.length;) {
    const sizeBytes = bytes.readInt32BE(position);
    blocks.push(rawBlock(bytes.subarray(position + 4, position + 4 + sizeBytes)));
    position += 4 + sizeBytes;
  }
  return Buffer.concat(blocks);
}

function rawBlock(bytes: Buffer): Buffer {
  return Buffer.from(snappy.uncompressSync(bytes) as Buffer);
}
