/**
 * The two framings of snappy that Kafka clients use (KAFKA-5236 and snappy-java's SnappyOutputStream).
 *
 * - raw: one snappy block. Written by librdkafka and most clients; Java reads it as well.
 * - xerial: the 8-byte magic `0x82 SNAPPY 0x00`, int32 version, int32 lowest compatible version, then blocks, each an
 *   int32 big-endian length and a raw block. Written by the Java client.
 *
 * A raw block starts with its decoded length as an unsigned varint. That length is refused when it exceeds the
 * limit, or 64/3 of the block (a copy of 64 bytes takes three, and nothing expands more), so that an allocation
 * never grows beyond what the received bytes justify; the decoder then requires the exact length.
 */
import { TidelogError } from '../errors.ts';

const XERIAL_MAGIC = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
const XERIAL_HEADER_BYTES = 16;

function corrupt(reason: string): TidelogError {
  return new TidelogError('CORRUPT_MESSAGE', `snappy: ${reason}`);
}

/** The decoded length that a raw block declares, when the block could hold it. Throws CORRUPT_MESSAGE otherwise. */
function declaredBytes(block: Buffer): number {
  let length = 0;
  for (let index = 0; index < 5; index++) {
    if (index >= block.length) throw corrupt('a block ends inside its length');
    const byte = block[index]!;
    length += (byte & 0x7f) * 2 ** (7 * index);
    if (byte >= 0x80) continue;
    const dataBytes = block.length - index - 1;
    if (length * 3 > dataBytes * 64) {
      throw corrupt(`a block of ${block.length} bytes declares ${length}, more than snappy can pack`);
    }
    return length;
  }
  throw corrupt('a block declares a length beyond 32 bits');
}

/**
 * The raw blocks of a snappy payload in either framing, as views, their declared lengths summing to at most
 * `maxOutputBytes`. Throws MESSAGE_TOO_LARGE beyond that, CORRUPT_MESSAGE for a malformed framing.
 */
export function snappyBlocks(bytes: Buffer, maxOutputBytes: number): Buffer[] {
  const blocks = isXerial(bytes) ? xerialBlocks(bytes) : [bytes];
  let outputBytes = 0;
  for (const block of blocks) outputBytes += declaredBytes(block);
  if (outputBytes > maxOutputBytes) {
    throw new TidelogError(
      'MESSAGE_TOO_LARGE',
      `snappy: ${bytes.length} bytes decompress to ${outputBytes}; the limit is ${maxOutputBytes}`,
    );
  }
  return blocks;
}

function isXerial(bytes: Buffer): boolean {
  return bytes.length >= XERIAL_HEADER_BYTES && XERIAL_MAGIC.equals(bytes.subarray(0, XERIAL_MAGIC.length));
}

function xerialBlocks(bytes: Buffer): Buffer[] {
  const blocks: Buffer[] = [];
  let position = XERIAL_HEADER_BYTES;
  while (position < bytes.length) {
    if (position + 4 > bytes.length) throw corrupt('the xerial framing ends inside a block length');
    const sizeBytes = bytes.readInt32BE(position);
    position += 4;
    if (sizeBytes <= 0 || sizeBytes > bytes.length - position) {
      throw corrupt(`a xerial block claims ${sizeBytes} bytes; ${bytes.length - position} are left`);
    }
    blocks.push(bytes.subarray(position, position + sizeBytes));
    position += sizeBytes;
  }
  return blocks;
}
