export {
  compress,
  compressSync,
  decompress,
  decompressSync,
  type CompressOptions,
  type DecompressLimit,
} from './codecs.ts';
export {
  COMPRESSION_TYPES,
  compressionCode,
  compressionTypeOf,
  type CompressionType,
} from './compression-type.ts';
