/**
 * A network whose brokers answer at the end of the turn without looking at records: what is left is the client's
 * own work. Each write is a list of whole frames, as the client makes them.
 */
import {
  apiNameOf,
  decodeRequestBody,
  decodeRequestHeader,
  encodeResponse,
  FRAME_LENGTH_BYTES,
  fromSafeNumber,
  topicIdToBytes,
  type ResponseInputs,
} from '@tidelog/protocol';
import type { Network, Socket, SocketHandlers } from '../src/transport.ts';

const TOPIC_ID = 'AQEBAQEBAQEBAQEBAQEBAQ';

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
          setImmediate(() => handlers.onData(Buffer.concat(answers)));
          return true;
        },
        destroy() {
          setImmediate(() => handlers.onClose(undefined));
        },
      };
    },
  };
}
