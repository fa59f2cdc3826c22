/**
 * A network whose brokers answer at the end of the turn: they take records without looking at them, and answer a
 * fetch with the same full batches again and again. What is left is the client's own work, and one copy of what
 * is fetched. Each write is a list of whole frames, as the client makes them.
 */
import {
  apiNameOf,
  decodeRequestBody,
  decodeRequestHeader,
  encodeResponse,
  FRAME_LENGTH_BYTES,
  fromSafeNumber,
  toSafeNumber,
  topicIdToBytes,
  type ResponseInputs,
} from '@tidelog/protocol';
import { BatchBuilder, batchSizeBytesAt, lastOffsetAt, patchBaseOffset } from '@tidelog/record';
import type { Network, Socket, SocketHandlers } from '../src/transport.ts';

const TOPIC_ID = 'AQEBAQEBAQEBAQEBAQEBAQ';
/** What one fetch is answered with: Kafka's default for a partition. */
const FETCH_BYTES = 1_048_576;
const VALUE_BYTES = 100;

let cachedRecords: Buffer | undefined;

/** About FETCH_BYTES of full batches, the first of which starts at `offset`; fresh memory, as from a socket. */
function recordsFrom(offset: number): Buffer {
  cachedRecords ??= fullBatches();
  const records = Buffer.allocUnsafeSlow(cachedRecords.length);
  records.set(cachedRecords);
  let nextOffset = offset;
  for (let position = 0; position < records.length; position += batchSizeBytesAt(records, position)) {
    patchBaseOffset(records, position, nextOffset);
    nextOffset = lastOffsetAt(records, position) + 1;
  }
  return records;
}

function fullBatches(): Buffer {
  const key = Buffer.alloc(10, 'k');
  const value = Buffer.alloc(VALUE_BYTES, 'v');
  const batches: Buffer[] = [];
  for (let sizeBytes = 0; sizeBytes < FETCH_BYTES; sizeBytes += 65_536) {
    const builder = new BatchBuilder({ initialBytes: 70_000 });
    while (builder.sizeBytes < 65_000) builder.append(1_700_000_000_000, key, value);
    batches.push(builder.buildSync());
  }
  return Buffer.concat(batches);
}

export interface NullNetworkOptions {
  readonly topic: string;
  readonly partitionCount: number;
}

export function nullNetwork({ topic, partitionCount }: NullNetworkOptions): Network {
  const metadata: ResponseInputs['METADATA'] = {
    clusterId: 'null',
    controllerId: 1,
    brokers: [{ brokerId: 1, host: 'null', port: 1 }],
    topics: [
      {
        name: topic,
        topicId: topicIdToBytes(TOPIC_ID),
        partitions: Array.from({ length: partitionCount }, (_, partition) => ({ partition, leaderId: 1 })),
      },
    ],
  };
  const answer = (frame: readonly Buffer[], sizeBytes: number): Buffer[] => {
    const head = (frame[0] as Buffer).subarray(FRAME_LENGTH_BYTES);
    const { api, correlationId, body } = decodeRequestHeader(head);
    switch (apiNameOf(api)) {
      case 'HELLO':
        return encodeResponse(correlationId, 'HELLO', { protocolVersion: 1, brokerId: 1 });
      case 'METADATA':
        return encodeResponse(correlationId, 'METADATA', metadata);
      case 'INIT_PRODUCER_ID':
        return encodeResponse(correlationId, 'INIT_PRODUCER_ID', { producerId: fromSafeNumber(1) });
      case 'LIST_OFFSETS': {
        const { partitions } = decodeRequestBody('LIST_OFFSETS', body);
        const first = { offset: fromSafeNumber(0), timestampMs: fromSafeNumber(-1) };
        return encodeResponse(correlationId, 'LIST_OFFSETS', {
          partitions: partitions.map(({ partition = 0 }) => ({ partition, ...first })),
        });
      }
      case 'FETCH': {
        const { partitions } = decodeRequestBody('FETCH', body);
        return encodeResponse(correlationId, 'FETCH', {
          partitions: partitions.map(({ partition = 0, fetchOffset = 0 }) => ({
            partition,
            highWatermark: fromSafeNumber(Number.MAX_SAFE_INTEGER),
            records: recordsFrom(toSafeNumber(fetchOffset)),
          })),
        });
      }
      case 'PRODUCE': {
        // Head and large records alternate; small records lie in the head.
        const count =
          frame.length === 1
            ? decodeRequestBody('PRODUCE', body).partitions.length
            : Math.floor(frame.length / 2);
        const partitions = Array.from({ length: count }, () => ({
          baseOffset: fromSafeNumber(0),
          logAppendTimeMs: fromSafeNumber(-1),
        }));
        return encodeResponse(correlationId, 'PRODUCE', { partitions });
      }
      default:
        throw new Error(`the null broker does not serve api ${api} (${sizeBytes} bytes)`);
    }
  };
  return {
    connect(_endpoint, handlers: SocketHandlers): Socket {
      setImmediate(() => handlers.onConnect());
      return {
        write(buffers) {
          const answers: Buffer[] = [];
          for (let start = 0; start < buffers.length;) {
            const sizeBytes = FRAME_LENGTH_BYTES + (buffers[start] as Buffer).readUInt32BE(0);
            let end = start;
            for (let seen = 0; seen < sizeBytes; end++) seen += (buffers[end] as Buffer).length;
            answers.push(...answer(buffers.slice(start, end), sizeBytes));
            start = end;
          }
          setImmediate(() => {
            for (const chunk of answers) handlers.onData(chunk);
          });
          return true;
        },
        end() {
          this.destroy();
        },
        destroy() {
          setImmediate(() => handlers.onClose(undefined));
        },
      };
    },
  };
}
