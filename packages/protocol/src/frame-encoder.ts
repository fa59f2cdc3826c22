/**
 * Messages into frames. A frame is
 *
 *   uint32 big-endian length (itself excluded) | varint-delimited header | body
 *
 * returned as the list of buffers to hand to one gathered write. Record batches are never copied: where a
 * message carries them (ProduceRequest, FetchResponse) the list alternates between slices of one small head
 * buffer and the caller's own buffers:
 *
 *   head[0..a]  records of partition 0  head[a..b]  records of partition 1  …
 *
 * All other bytes of a frame lie in one buffer of exactly their size. Laid end to end the list is plain
 * protobuf, byte for byte what the generated encoder writes: partitions is the last field of its message and
 * records the last of its own.
 *
 * Lifetime: the caller's record buffers must stay unchanged until the list has been written; everything else
 * belongs to the list.
 */
import type { ErrorCode } from '@tidelog/record/errors';
import { errorNumber, TidelogError } from '@tidelog/record/errors';
import { wire } from '../gen/wire.js';
import type {
  ApiName,
  FetchResponseInput,
  MessageCodec,
  ProduceRequestInput,
  RecordBytes,
  RequestInputs,
  ResponseInputs,
} from './apis.ts';
import { APIS } from './apis.ts';
import type { CheckedWriter } from './checked-writer.ts';
import { scratchWriter } from './checked-writer.ts';

/** The size of the length before each frame. */
export const FRAME_LENGTH_BYTES = 4;
/** Protobuf bounds a message at 2 GiB − 1; so is a frame. */
export const MAX_ENCODED_FRAME_BYTES = 0x7fff_ffff;
/** An error message in a header is cut to this many characters, which keeps the header within its limit. */
export const MAX_ERROR_MESSAGE_LENGTH = 8192;

const LENGTH_DELIMITED = 2;
const tagOf = (field: number): number => (field << 3) | LENGTH_DELIMITED;

/** Where a message with records has them: `partitions[].records`. */
interface RecordsLayout {
  readonly message: MessageCodec;
  readonly partition: MessageCodec;
  readonly partitionsTag: number;
  readonly recordsTag: number;
}
const PRODUCE_REQUEST: RecordsLayout = {
  message: wire.ProduceRequest,
  partition: wire.ProducePartitionData,
  partitionsTag: tagOf(3),
  recordsTag: tagOf(15),
};
const FETCH_RESPONSE: RecordsLayout = {
  message: wire.FetchResponse,
  partition: wire.FetchPartitionData,
  partitionsTag: tagOf(1),
  recordsTag: tagOf(15),
};

/**
 * The frame of a request.
 *
 * @param correlationId 0 … 2^32 − 1, unique among the connection's requests in flight
 * @throws INVALID_ARGUMENT when a field has a value that cannot be encoded (a bigint, for one);
 *   FRAME_TOO_LARGE beyond 2^31 − 1 bytes
 */
export function encodeRequest<A extends ApiName>(
  api: A,
  correlationId: number,
  body: RequestInputs[A],
): Buffer[] {
  const { api: number, request } = APIS[api];
  try {
    const writer = startFrame(wire.RequestHeader, { api: number, correlationId });
    return api === 'PRODUCE'
      ? finishWithRecords(writer, PRODUCE_REQUEST, body as ProduceRequestInput)
      : finishFrame(writer, request, body);
  } catch (error) {
    throw encodingError(`${api} request`, error);
  }
}

/**
 * The frame of an answer.
 *
 * @param correlationId that of the request
 * @param options.throttleMs how long the client should wait before its next request; 0 unless given
 * @throws as `encodeRequest`
 */
export function encodeResponse<A extends ApiName>(
  correlationId: number,
  api: A,
  body: ResponseInputs[A],
  options: { throttleMs?: number } = {},
): Buffer[] {
  try {
    const writer = startFrame(wire.ResponseHeader, { correlationId, throttleMs: options.throttleMs ?? 0 });
    return api === 'FETCH'
      ? finishWithRecords(writer, FETCH_RESPONSE, body as FetchResponseInput)
      : finishFrame(writer, APIS[api].response, body);
  } catch (error) {
    throw encodingError(`${api} response`, error);
  }
}

/**
 * The frame of an answer that says that the whole request failed: a header and no body.
 *
 * @param code travels as its number; a code without one (LOCAL_ERRORS) as UNKNOWN_SERVER_ERROR
 * @param message what was wrong, where, what to do; shown to the client's user; cut at 8192 characters
 */
export function encodeErrorResponse(correlationId: number, code: ErrorCode, message: string): Buffer[] {
  const errorMessage = message.slice(0, MAX_ERROR_MESSAGE_LENGTH);
  const header = { correlationId, errorCode: errorNumber(code), errorMessage };
  return finishFrame(startFrame(wire.ResponseHeader, header));
}

/** The bytes of a frame that are still to be written, for accounting: the sum over its buffers. */
export function frameSizeBytes(buffers: readonly Uint8Array[]): number {
  let sizeBytes = 0;
  for (const buffer of buffers) sizeBytes += buffer.length;
  return sizeBytes;
}

/** A scratch writer that holds room for the length, then the header. */
function startFrame(codec: MessageCodec, header: object): CheckedWriter {
  const writer = scratchWriter('frame');
  writer.fixed32(0).fork();
  codec.encode(header, writer);
  writer.ldelim();
  return writer;
}

function finishFrame(writer: CheckedWriter, codec?: MessageCodec, body?: object): Buffer[] {
  if (codec !== undefined && body !== undefined) codec.encode(body, writer);
  const head = writer.takeBytes();
  writeLength(head, head.length);
  return [head];
}

function finishWithRecords(
  writer: CheckedWriter,
  layout: RecordsLayout,
  body: ProduceRequestInput | FetchResponseInput,
): Buffer[] {
  const { partitions = [], ...fields } = body;
  layout.message.encode(fields, writer);
  const cuts: number[] = [];
  const recordsAtCuts: RecordBytes[] = [];
  let recordsBytes = 0;
  for (const { records = [], ...partition } of partitions) {
    const part = scratchWriter('part');
    layout.partition.encode(partition, part);
    const sizeBytes = recordsSizeBytes(records);
    recordsBytes += sizeBytes;
    if (recordsBytes > MAX_ENCODED_FRAME_BYTES) throw tooLarge(recordsBytes);
    writer.uint32(layout.partitionsTag);
    if (sizeBytes === 0) {
      writer.uint32(part.pos).raw(part.peekBytes());
      continue;
    }
    writer.uint32(part.pos + 1 + varintSizeBytes(sizeBytes) + sizeBytes).raw(part.peekBytes());
    writer.uint32(layout.recordsTag).uint32(sizeBytes);
    cuts.push(writer.pos);
    recordsAtCuts.push(records);
  }
  const head = writer.takeBytes();
  writeLength(head, head.length + recordsBytes);
  return interleave(head, cuts, recordsAtCuts);
}

function interleave(head: Buffer, cuts: readonly number[], recordsAtCuts: readonly RecordBytes[]): Buffer[] {
  const buffers: Buffer[] = [];
  let start = 0;
  for (const [index, cut] of cuts.entries()) {
    buffers.push(head.subarray(start, cut));
    start = cut;
    const records = recordsAtCuts[index] as RecordBytes;
    if (records instanceof Uint8Array) buffers.push(asBuffer(records));
    else for (const piece of records) if (piece.length > 0) buffers.push(asBuffer(piece));
  }
  if (start < head.length) buffers.push(start === 0 ? head : head.subarray(start));
  return buffers;
}

function recordsSizeBytes(records: RecordBytes): number {
  return records instanceof Uint8Array ? records.length : frameSizeBytes(records);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function varintSizeBytes(value: number): number {
  if (value < 0x80) return 1;
  if (value < 0x4000) return 2;
  if (value < 0x20_0000) return 3;
  return value < 0x1000_0000 ? 4 : 5;
}

function writeLength(head: Buffer, totalBytes: number): void {
  const lengthBytes = totalBytes - FRAME_LENGTH_BYTES;
  if (lengthBytes > MAX_ENCODED_FRAME_BYTES) throw tooLarge(lengthBytes);
  head.writeUInt32BE(lengthBytes, 0);
}

function tooLarge(sizeBytes: number): TidelogError {
  return new TidelogError(
    'FRAME_TOO_LARGE',
    `a frame of ${sizeBytes} bytes is beyond the format's limit of ${MAX_ENCODED_FRAME_BYTES}; send fewer records`,
  );
}

function encodingError(what: string, thrown: unknown): TidelogError {
  const { code, message } = TidelogError.from(thrown, 'INVALID_ARGUMENT');
  return new TidelogError(code, `cannot encode ${what}: ${message}`, { cause: thrown });
}
