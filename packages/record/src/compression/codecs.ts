/**
 * Compresses and decompresses the records of a batch.
 *
 * What is written is what every Kafka client reads: gzip and zstd streams (node:zlib), LZ4 frames of independent
 * blocks (lz4-napi), raw snappy (snappy). What is read includes the xerial framing of the Java client.
 * lz4 and snappy are optional packages, loaded at first use.
 *
 * The input of a decompression is one whole stream, frame or block (gzip: or several members); bytes after it are
 * refused.
 *
 * Invariant: no decompression yields, or allocates for, more than `maxOutputBytes`, whatever the input declares:
 * gzip reaches 1028:1, zstd more.
 */
import {
  constants,
  gunzip,
  gunzipSync,
  gzip,
  gzipSync,
  zstdCompress,
  zstdCompressSync,
  zstdDecompress,
  zstdDecompressSync,
  type ZlibOptions,
  type ZstdOptions,
} from 'node:zlib';
import { promisify } from 'node:util';
import { TidelogError } from '../errors.ts';
import { loadCodecAddon } from '../native-addon.ts';
import type { CompressionType } from './compression-type.ts';
import { checkLz4Frame } from './lz4-frame.ts';
import { snappyBlocks } from './snappy-framing.ts';

export interface CompressOptions {
  /**
   * gzip: 1–9, 6 unless given. zstd: −131072–22, 1 unless given (the best speed for its ratio; Kafka's default is 3).
   * The other codecs have no levels.
   */
  readonly level?: number | undefined;
}

export interface DecompressLimit {
  /** Largest output in bytes, at least 1. */
  readonly maxOutputBytes: number;
}

interface Lz4Addon {
  compressFrame(data: Uint8Array): Promise<Buffer>;
  compressFrameSync(data: Buffer): Buffer;
  decompressFrame(data: Uint8Array): Promise<Buffer>;
  decompressFrameSync(data: Buffer): Buffer;
}

interface SnappyAddon {
  compress(input: Uint8Array): Promise<Buffer>;
  compressSync(input: Uint8Array): Buffer;
  uncompress(input: Uint8Array, options: { asBuffer: true }): Promise<Buffer>;
  uncompressSync(input: Uint8Array, options: { asBuffer: true }): Buffer;
}

const gzipAsync: (bytes: Buffer, options: ZlibOptions) => Promise<Buffer> = promisify(gzip);
const zstdCompressAsync: (bytes: Buffer, options: ZstdOptions) => Promise<Buffer> = promisify(zstdCompress);

/** What zlib answers with `info`: the output, and an engine that knows how much of the input it has read. */
interface Inflated {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}
type Inflate = (bytes: Buffer, options: InflateOptions) => Inflated;
type InflateAsync = (bytes: Buffer, options: InflateOptions) => Promise<Inflated>;
interface InflateOptions {
  readonly chunkSize: number;
  readonly maxOutputLength: number;
  readonly info: true;
}

// The types of @types/node leave out what `info` changes.
const inflateGzip = gunzipSync as unknown as Inflate;
const inflateZstd = zstdDecompressSync as unknown as Inflate;
const inflateGzipAsync = promisify(gunzip) as unknown as InflateAsync;
const inflateZstdAsync = promisify(zstdDecompress) as unknown as InflateAsync;

const loadLz4 = (): Lz4Addon => loadCodecAddon('lz4-napi', 'lz4');
const loadSnappy = (): SnappyAddon => loadCodecAddon('snappy', 'snappy');

/** Smallest and largest level of the codecs that have levels, and what is used unless one is given. */
const LEVELS = {
  gzip: { min: 1, max: 9, byDefault: 6 },
  zstd: { min: -131072, max: 22, byDefault: 1 },
} as const;

function levelOf(type: CompressionType, level: number | undefined): number {
  if (type === 'gzip' || type === 'zstd') {
    const { min, max, byDefault } = LEVELS[type];
    if (level === undefined) return byDefault;
    if (Number.isInteger(level) && level >= min && level <= max) return level;
    throw new TidelogError(
      'INVALID_ARGUMENT',
      `compression level ${level} of ${type} is not an integer from ${min} to ${max}`,
    );
  }
  if (level === undefined) return 0;
  throw new TidelogError('INVALID_ARGUMENT', `compression ${type} has no levels; leave out level ${level}`);
}

function zstdLevel(level: number): ZstdOptions {
  return { params: { [constants.ZSTD_c_compressionLevel]: level } };
}

/** zlib grows its output by pieces of `chunkSize`: near the likely output, within 4 and 128 KiB. */
function inflateOptions(bytes: Buffer, maxOutputBytes: number): InflateOptions {
  const chunkSize = Math.min(131072, Math.max(4096, bytes.length * 4));
  return { chunkSize, maxOutputLength: maxOutputBytes, info: true };
}

/** The output, when all of the input belonged to it: zlib stops without a word at the end of a gzip or zstd stream. */
function wholeOutput({ buffer, engine }: Inflated, type: CompressionType, bytes: Buffer): Buffer {
  if (engine.bytesWritten === bytes.length) return buffer;
  throw new TidelogError(
    'CORRUPT_MESSAGE',
    `${type}: ${bytes.length - engine.bytesWritten} of ${bytes.length} bytes follow the end of the stream`,
  );
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** What a codec threw, as the error of this package. */
function decompressionError(
  thrown: unknown,
  type: CompressionType,
  bytes: Buffer,
  maxOutputBytes: number,
): TidelogError {
  if (thrown instanceof TidelogError) return thrown;
  if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_BUFFER_TOO_LARGE') {
    return new TidelogError(
      'MESSAGE_TOO_LARGE',
      `${type}: ${bytes.length} bytes decompress to more than the limit of ${maxOutputBytes}`,
      { cause: thrown },
    );
  }
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return new TidelogError(
    'CORRUPT_MESSAGE',
    `${type}: ${bytes.length} bytes cannot be decompressed: ${reason}`,
    {
      cause: thrown,
    },
  );
}

function checkLimit(maxOutputBytes: number): void {
  if (Number.isSafeInteger(maxOutputBytes) && maxOutputBytes >= 1) return;
  throw new TidelogError(
    'INVALID_ARGUMENT',
    `maxOutputBytes is ${maxOutputBytes}; it must be an integer of at least 1`,
  );
}

function uncompressedWithin(bytes: Buffer, maxOutputBytes: number): Buffer {
  if (bytes.length <= maxOutputBytes) return bytes;
  throw new TidelogError(
    'MESSAGE_TOO_LARGE',
    `${bytes.length} uncompressed bytes exceed the limit of ${maxOutputBytes}`,
  );
}

/**
 * Compresses off the main thread. For `none` the result shares the memory of `bytes`, which must not change before
 * the promise settles.
 * Throws INVALID_ARGUMENT for a level that the codec does not have, CODEC_UNAVAILABLE without the optional package.
 */
export async function compress(
  type: CompressionType,
  bytes: Uint8Array,
  options: CompressOptions = {},
): Promise<Buffer> {
  const level = levelOf(type, options.level);
  const input = asBuffer(bytes);
  switch (type) {
    case 'none':
      return input;
    case 'gzip':
      return gzipAsync(input, { level });
    case 'zstd':
      return zstdCompressAsync(input, zstdLevel(level));
    case 'lz4':
      return loadLz4().compressFrame(input);
    case 'snappy':
      return loadSnappy().compress(input);
  }
}

/** As `compress`, on this thread. */
export function compressSync(
  type: CompressionType,
  bytes: Uint8Array,
  options: CompressOptions = {},
): Buffer {
  const level = levelOf(type, options.level);
  const input = asBuffer(bytes);
  switch (type) {
    case 'none':
      return input;
    case 'gzip':
      return gzipSync(input, { level });
    case 'zstd':
      return zstdCompressSync(input, zstdLevel(level));
    case 'lz4':
      return loadLz4().compressFrameSync(input);
    case 'snappy':
      return loadSnappy().compressSync(input);
  }
}

/**
 * Decompresses off the main thread. For `none` the result shares the memory of `bytes`, which must not change before
 * the promise settles.
 * Throws MESSAGE_TOO_LARGE beyond `maxOutputBytes`, CORRUPT_MESSAGE for bytes that are not of the codec,
 * CODEC_UNAVAILABLE without the optional package, INVALID_ARGUMENT for a limit that is none.
 */
export async function decompress(
  type: CompressionType,
  bytes: Uint8Array,
  { maxOutputBytes }: DecompressLimit,
): Promise<Buffer> {
  checkLimit(maxOutputBytes);
  const input = asBuffer(bytes);
  try {
    switch (type) {
      case 'none':
        return uncompressedWithin(input, maxOutputBytes);
      case 'gzip':
        return wholeOutput(await inflateGzipAsync(input, inflateOptions(input, maxOutputBytes)), type, input);
      case 'zstd':
        return wholeOutput(await inflateZstdAsync(input, inflateOptions(input, maxOutputBytes)), type, input);
      case 'lz4':
        checkLz4Frame(input, maxOutputBytes);
        return await loadLz4().decompressFrame(input);
      case 'snappy': {
        const blocks = snappyBlocks(input, maxOutputBytes);
        const { uncompress } = loadSnappy();
        const outputs = await Promise.all(blocks.map((block) => uncompress(block, { asBuffer: true })));
        return outputs.length === 1 ? outputs[0]! : Buffer.concat(outputs);
      }
    }
  } catch (thrown) {
    throw decompressionError(thrown, type, input, maxOutputBytes);
  }
}

/** As `decompress`, on this thread. */
export function decompressSync(
  type: CompressionType,
  bytes: Uint8Array,
  { maxOutputBytes }: DecompressLimit,
): Buffer {
  checkLimit(maxOutputBytes);
  const input = asBuffer(bytes);
  try {
    switch (type) {
      case 'none':
        return uncompressedWithin(input, maxOutputBytes);
      case 'gzip':
        return wholeOutput(inflateGzip(input, inflateOptions(input, maxOutputBytes)), type, input);
      case 'zstd':
        return wholeOutput(inflateZstd(input, inflateOptions(input, maxOutputBytes)), type, input);
      case 'lz4':
        checkLz4Frame(input, maxOutputBytes);
        return loadLz4().decompressFrameSync(input);
      case 'snappy': {
        const blocks = snappyBlocks(input, maxOutputBytes);
        const { uncompressSync } = loadSnappy();
        const outputs = blocks.map((block) => uncompressSync(block, { asBuffer: true }));
        return outputs.length === 1 ? outputs[0]! : Buffer.concat(outputs);
      }
    }
  } catch (thrown) {
    throw decompressionError(thrown, type, input, maxOutputBytes);
  }
}
