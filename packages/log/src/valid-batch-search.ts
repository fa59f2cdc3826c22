/**
 * Looks for a whole, valid batch behind damaged bytes: the difference between a torn tail and bit rot.
 *
 * Every byte position is a candidate. One is followed up when it has magic 2, a size that fits the file, and a
 * base offset that could come next; it counts when its CRC is right. Reading is bounded: the bytes that may be
 * compared with CRCs are a multiple of what is searched, and when hostile records use that up, the answer is
 * "valid", the one that destroys nothing.
 */
import {
  ATTRIBUTES_POSITION,
  BATCH_HEADER_BYTES,
  BATCH_LENGTH_POSITION,
  BATCH_LOG_OVERHEAD_BYTES,
  CRC_POSITION,
  crc32c,
  MAGIC_POSITION,
  MAGIC_V2,
} from '@tidelog/record';
import type { FileHandle } from './file-system.ts';

export interface ValidBatchSearch {
  /** Where the first valid batch begins; undefined when there is none up to the end. */
  readonly found: { readonly position: number; readonly baseOffset: number } | undefined;
  /** The bytes before it, or up to the end, hold zeros as they stand where a write never reached the disk. */
  readonly holdsHole: boolean;
}

const WINDOW_BYTES = 262144;
const MAX_CRC_FACTOR = 4;
const MIN_CRC_BYTES = 64 * 1024 * 1024;
const SECTOR_BYTES = 512;
/** Zeros at the end of a sector, and before the next batch, from which they count as a hole. */
const MIN_HOLE_BYTES = 12;
const MIN_HOLE_AT_END_BYTES = 4;

/** Searches the bytes from `position` to `endPosition` of `file` for a batch with a base offset from `minOffset` to `maxOffset`. */
export async function findValidBatch(
  file: Pick<FileHandle, 'read'>,
  range: {
    readonly position: number;
    readonly endPosition: number;
    readonly minOffset: number;
    readonly maxOffset: number;
  },
): Promise<ValidBatchSearch> {
  const window = Buffer.allocUnsafe(Math.min(WINDOW_BYTES, Math.max(0, range.endPosition - range.position)));
  const zeros = new ZeroRun(range.position);
  let crcBytesLeft = Math.max(MIN_CRC_BYTES, (range.endPosition - range.position) * MAX_CRC_FACTOR);
  let position = range.position;
  while (range.endPosition - position >= BATCH_HEADER_BYTES) {
    const want = window.subarray(0, Math.min(window.length, range.endPosition - position));
    const filledBytes = await file.read(want, position);
    const lastStart = filledBytes - BATCH_HEADER_BYTES;
    if (lastStart < 0) break;
    for (let at = 0; at <= lastStart; at++) {
      // The very first byte begins the damaged batch itself; its bytes still count for the zeros.
      if (position + at > range.position && isCandidate(window, at, position + at, range)) {
        const sizeBytes = sizeAt(window, at);
        crcBytesLeft -= sizeBytes;
        const isValid = crcBytesLeft < 0 || (await hasRightCrc(file, position + at, sizeBytes));
        if (isValid) {
          const baseOffset = Number(window.readBigInt64BE(at));
          return { found: { position: position + at, baseOffset }, holdsHole: zeros.isHole({ isEnd: true }) };
        }
      }
      zeros.add(window[at] as number);
    }
    position += lastStart + 1;
  }
  return { found: undefined, holdsHole: zeros.isHole({ isEnd: false }) };
}

function sizeAt(bytes: Buffer, at: number): number {
  return bytes.readInt32BE(at + BATCH_LENGTH_POSITION) + BATCH_LOG_OVERHEAD_BYTES;
}

function isCandidate(
  bytes: Buffer,
  at: number,
  position: number,
  range: { endPosition: number; minOffset: number; maxOffset: number },
): boolean {
  if (bytes[at + MAGIC_POSITION] !== MAGIC_V2) return false;
  const sizeBytes = sizeAt(bytes, at);
  if (sizeBytes < BATCH_HEADER_BYTES || position + sizeBytes > range.endPosition) return false;
  const baseOffset = Number(bytes.readBigInt64BE(at));
  return baseOffset >= range.minOffset && baseOffset <= range.maxOffset;
}

async function hasRightCrc(
  file: Pick<FileHandle, 'read'>,
  position: number,
  sizeBytes: number,
): Promise<boolean> {
  const buffer = Buffer.allocUnsafe(Math.min(WINDOW_BYTES, sizeBytes));
  let expected = 0;
  let crc = 0;
  for (let done = 0; done < sizeBytes;) {
    const part = buffer.subarray(0, Math.min(buffer.length, sizeBytes - done));
    if ((await file.read(part, position + done)) < part.length) return false;
    if (done === 0) {
      expected = part.readUInt32BE(CRC_POSITION);
      crc = crc32c(part.subarray(ATTRIBUTES_POSITION));
    } else {
      crc = crc32c(part, crc);
    }
    done += part.length;
  }
  return crc === expected;
}

/**
 * Watches for zeros that no batch holds by itself. What a power loss did not write is zero up to the end of a sector,
 * or up to where the next write begins. A batch header has up to 17 zeros in a row (producer id, epoch and sequence
 * 0), seldom across a sector's end, and a batch ends with one or two.
 */
class ZeroRun {
  #position: number;
  #runBytes = 0;
  #wasHole = false;

  constructor(position: number) {
    this.#position = position;
  }

  add(byte: number): void {
    if (byte === 0) {
      this.#runBytes += 1;
    } else if (this.#runBytes > 0) {
      this.#wasHole ||= this.#touchesSectorEnd();
      this.#runBytes = 0;
    }
    this.#position += 1;
  }

  /** `isEnd`: a valid batch begins here. */
  isHole(at: { readonly isEnd: boolean }): boolean {
    return this.#wasHole || this.#touchesSectorEnd() || (at.isEnd && this.#runBytes >= MIN_HOLE_AT_END_BYTES);
  }

  #touchesSectorEnd(): boolean {
    if (this.#runBytes < MIN_HOLE_BYTES) return false;
    const start = this.#position - this.#runBytes;
    return Math.ceil(start / SECTOR_BYTES) * SECTOR_BYTES <= this.#position;
  }
}
