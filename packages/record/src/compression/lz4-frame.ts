/**
 * The LZ4 frame container (LZ4 Frame Format 1.6.x), read without decompressing: enough to know how large the output
 * will be before a byte of it is allocated.
 *
 * Format: magic 0x184D2204 (little-endian, as all of it), FLG, BD, optional content size (8), header checksum (1);
 * then blocks: uint32 size (bit 31: stored uncompressed), data, optional checksum (4); a zero size ends them; then an
 * optional content checksum (4). Kafka writes exactly one frame per batch, without a dictionary.
 *
 * The native package allocates what a frame makes it allocate and knows no limit, so the limit is kept here: first
 * by a bound from the block sizes, which serves honest batches; where the bound exceeds the limit, by walking the
 * sequences of the compressed blocks, which gives the exact size. Neither trusts a declared content size.
 */
import { TidelogError } from '../errors.ts';

const FRAME_MAGIC = 0x184d2204;
const FLAG_DICTIONARY = 0x01;
const FLAG_CONTENT_CHECKSUM = 0x04;
const FLAG_CONTENT_SIZE = 0x08;
const FLAG_BLOCK_CHECKSUM = 0x10;
const STORED_BLOCK = 0x80000000;

/** A match copies at most 255 bytes for each byte that encodes its length; literals are copied one for one. */
const MAX_EXPANSION = 255;

interface Lz4Block {
  readonly start: number;
  readonly end: number;
  readonly isStored: boolean;
}

interface Lz4Frame {
  readonly blockMaxBytes: number;
  readonly contentBytes: bigint | undefined;
  readonly blocks: readonly Lz4Block[];
}

function corrupt(reason: string): TidelogError {
  return new TidelogError('CORRUPT_MESSAGE', `lz4 frame: ${reason}`);
}

/** The blocks of the one frame that `bytes` holds. Throws CORRUPT_MESSAGE when it is anything else. */
function readFrame(bytes: Buffer): Lz4Frame {
  // The smallest frame: magic, FLG, BD, header checksum, end mark.
  if (bytes.length < 11) throw corrupt(`${bytes.length} bytes are too few for a frame`);
  if (bytes.readUInt32LE(0) !== FRAME_MAGIC) throw corrupt('it does not start with the frame magic');
  const flags = bytes[4]!;
  const blockMaxCode = (bytes[5]! >>> 4) & 7;
  if (flags >>> 6 !== 1) throw corrupt(`version ${flags >>> 6} is unknown`);
  if ((flags & FLAG_DICTIONARY) !== 0) throw corrupt('it needs a dictionary');
  if (blockMaxCode < 4) throw corrupt(`block size code ${blockMaxCode} is unknown`);
  const hasContentSize = (flags & FLAG_CONTENT_SIZE) !== 0;
  const blockMaxBytes = 1 << (8 + 2 * blockMaxCode);
  const checksumBytes = (flags & FLAG_BLOCK_CHECKSUM) === 0 ? 0 : 4;
  const blocks: Lz4Block[] = [];
  let position = hasContentSize ? 15 : 7;
  for (;;) {
    if (position + 4 > bytes.length) throw corrupt('it ends before its end mark');
    const sizeField = bytes.readUInt32LE(position);
    position += 4;
    if (sizeField === 0) break;
    const isStored = sizeField >= STORED_BLOCK;
    const sizeBytes = isStored ? sizeField - STORED_BLOCK : sizeField;
    if (sizeBytes > blockMaxBytes) throw corrupt(`a block of ${sizeBytes} bytes exceeds ${blockMaxBytes}`);
    if (sizeBytes > bytes.length - position) throw corrupt('it ends inside a block');
    blocks.push({ start: position, end: position + sizeBytes, isStored });
    position += sizeBytes + checksumBytes;
  }
  if ((flags & FLAG_CONTENT_CHECKSUM) !== 0) position += 4;
  if (position !== bytes.length) throw corrupt(`its end is at byte ${position} of ${bytes.length}`);
  return { blockMaxBytes, contentBytes: hasContentSize ? bytes.readBigUInt64LE(6) : undefined, blocks };
}

/**
 * The exact number of bytes that a compressed block decodes to, found by walking its sequences: token, literal
 * length, literals, 2-byte offset, match length. The last sequence ends after its literals.
 */
function blockOutputBytes(bytes: Buffer, block: Lz4Block): number {
  let position = block.start;
  let outputBytes = 0;
  const extendedLength = (nibble: number): number => {
    let length = nibble;
    if (nibble !== 15) return length;
    for (let more = 255; more === 255; length += more) {
      if (position >= block.end) throw corrupt('a block ends inside a length');
      more = bytes[position++]!;
    }
    return length;
  };
  while (position < block.end) {
    const token = bytes[position++]!;
    const literalBytes = extendedLength(token >>> 4);
    position += literalBytes;
    outputBytes += literalBytes;
    if (position === block.end) return outputBytes;
    if (position + 2 > block.end) throw corrupt('a block ends inside a sequence');
    position += 2;
    outputBytes += extendedLength(token & 15) + 4;
  }
  throw corrupt('a block ends without literals');
}

/**
 * Checks that `bytes` is one whole LZ4 frame whose content is at most `maxOutputBytes` long.
 * Throws CORRUPT_MESSAGE for a malformed frame, MESSAGE_TOO_LARGE for a longer content. Allocates nothing for the
 * content. Checksums are left to the decoder.
 */
export function checkLz4Frame(bytes: Buffer, maxOutputBytes: number): void {
  const frame = readFrame(bytes);
  let bound = 0;
  for (const block of frame.blocks) {
    const sizeBytes = block.end - block.start;
    bound += block.isStored ? sizeBytes : Math.min(frame.blockMaxBytes, sizeBytes * MAX_EXPANSION);
  }
  if (bound > maxOutputBytes) {
    bound = 0;
    for (const block of frame.blocks) {
      bound += block.isStored ? block.end - block.start : blockOutputBytes(bytes, block);
    }
    if (bound > maxOutputBytes) {
      throw new TidelogError(
        'MESSAGE_TOO_LARGE',
        `lz4 frame: ${bytes.length} bytes decompress to ${bound}; the limit is ${maxOutputBytes}`,
      );
    }
  }
  if (frame.contentBytes !== undefined && frame.contentBytes > BigInt(bound)) {
    throw corrupt(
      `its declared content size ${frame.contentBytes} exceeds what its blocks can hold (${bound})`,
    );
  }
}
