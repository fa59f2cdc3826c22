/**
 * CRC-32C (Castagnoli, RFC 3720 appendix B.4): the checksum of record batches, over everything from the
 * attributes to the end of the batch.
 *
 * Two implementations with equal results. The native one (@node-rs/crc32, hardware instructions) has a fixed
 * price per call; JavaScript slice-by-8 is faster below `NATIVE_THRESHOLD_BYTES` and takes over everywhere, with
 * one process warning, where the native package is missing.
 */
import { tryLoadAddon } from './native-addon.ts';

/** Below this many bytes a native call costs more than it saves (measured: the lines cross near 200). */
const NATIVE_THRESHOLD_BYTES = 200;

/** The Castagnoli polynomial 0x1EDC6F41, bits reversed. */
const POLYNOMIAL = 0x82f63b78;

type NativeCrc32c = (bytes: Uint8Array, seed?: number) => number;

/** Undefined: not looked for yet. Null: not available here. */
let native: NativeCrc32c | null | undefined;

/** Eight tables of 256 entries, one after the other: `TABLES[256 * k + b]` is the CRC of byte b followed by k zero bytes. */
const TABLES: Int32Array = buildTables();

function buildTables(): Int32Array {
  const tables = new Int32Array(8 * 256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
    tables[byte] = crc;
  }
  for (let index = 256; index < tables.length; index++) {
    const previous = tables[index - 256]!;
    tables[index] = (previous >>> 8) ^ tables[previous & 0xff]!;
  }
  return tables;
}

function sliceBy8(bytes: Uint8Array, start: number, end: number, seed: number): number {
  const tables = TABLES;
  let crc = ~seed;
  let position = start;
  for (const last = end - 8; position <= last; position += 8) {
    crc ^=
      bytes[position]! |
      (bytes[position + 1]! << 8) |
      (bytes[position + 2]! << 16) |
      (bytes[position + 3]! << 24);
    crc =
      tables[1792 + (crc & 0xff)]! ^
      tables[1536 + ((crc >>> 8) & 0xff)]! ^
      tables[1280 + ((crc >>> 16) & 0xff)]! ^
      tables[1024 + (crc >>> 24)]! ^
      tables[768 + bytes[position + 4]!]! ^
      tables[512 + bytes[position + 5]!]! ^
      tables[256 + bytes[position + 6]!]! ^
      tables[bytes[position + 7]!]!;
  }
  for (; position < end; position++) crc = (crc >>> 8) ^ tables[(crc ^ bytes[position]!) & 0xff]!;
  return ~crc >>> 0;
}

function loadNative(): NativeCrc32c | null {
  const addon = tryLoadAddon<{ readonly crc32c: NativeCrc32c }>('@node-rs/crc32');
  if (addon !== undefined) return addon.crc32c;
  process.emitWarning(
    `the optional package @node-rs/crc32 cannot be loaded on ${process.platform}-${process.arch}; ` +
      'CRC-32C runs in JavaScript, about ten times slower',
    { type: 'TidelogWarning', code: 'TIDELOG_CRC32C_JS' },
  );
  return null;
}

/**
 * The CRC-32C of `bytes` as an unsigned 32-bit integer.
 * `seed` is the result for the bytes before these, so that a checksum can be taken piece by piece; 0 to start.
 */
export function crc32c(bytes: Uint8Array, seed: number = 0): number {
  if (bytes.length < NATIVE_THRESHOLD_BYTES) return sliceBy8(bytes, 0, bytes.length, seed);
  if (native === undefined) native = loadNative();
  return native === null ? sliceBy8(bytes, 0, bytes.length, seed) : native(bytes, seed);
}

/** As `crc32c(bytes.subarray(start, end))`; makes no view for a short range. */
export function crc32cOfRange(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < NATIVE_THRESHOLD_BYTES) return sliceBy8(bytes, start, end, 0);
  return crc32c(bytes.subarray(start, end));
}

/** The JavaScript implementation alone, for tests and benchmarks; results equal `crc32c`. */
export function crc32cInJavaScript(bytes: Uint8Array, seed: number = 0): number {
  return sliceBy8(bytes, 0, bytes.length, seed);
}
