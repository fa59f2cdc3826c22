/**
 * Asks whether a Kafka listener answers, with the one request that every version of Kafka understands: ApiVersions,
 * version 0.
 *
 *   request   int32 size, int16 key 18, int16 version 0, int32 correlation id, int16 client id length, client id
 *   response  int32 size, int32 correlation id, int16 error, int32 count, and per API int16 key, lowest, highest version
 */
import { once } from 'node:events';
import { connect } from 'node:net';
import { TidelogError } from '@tidelog/record/errors';

const API_VERSIONS_KEY = 18;
const CORRELATION_ID = 1;
const CLIENT_ID = 'tidelog-cli';
/** Up to the count. */
const RESPONSE_HEAD_BYTES = 14;

export interface KafkaProbe {
  /** How many APIs the listener offers. */
  readonly apiCount: number;
}

/** Rejects with CONNECTION_FAILED, which says why, when no such answer comes within `timeoutMs`. */
export async function probeKafka(
  address: { readonly host: string; readonly port: number },
  { timeoutMs }: { readonly timeoutMs: number },
): Promise<KafkaProbe> {
  const socket = connect(address);
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    await once(socket, 'connect', { signal });
    socket.write(request());
    let received = Buffer.alloc(0);
    while (received.length < RESPONSE_HEAD_BYTES) {
      const [chunk] = (await Promise.race([
        once(socket, 'data', { signal }),
        once(socket, 'end', { signal }).then(() => Promise.reject(new Error('it closed the connection'))),
      ])) as [Buffer];
      received = Buffer.concat([received, chunk]);
    }
    if (received.readInt32BE(4) !== CORRELATION_ID || received.readInt16BE(8) !== 0) {
      throw new Error('its answer is not that of a Kafka listener');
    }
    return { apiCount: received.readInt32BE(10) };
  } catch (error) {
    const reason = signal.aborted ? `no answer within ${timeoutMs} ms` : (error as Error).message;
    throw new TidelogError('CONNECTION_FAILED', `${address.host}:${address.port}: ${reason}`, {
      cause: error,
    });
  } finally {
    socket.destroy();
  }
}

function request(): Buffer {
  const clientId = Buffer.from(CLIENT_ID);
  const body = Buffer.alloc(10);
  body.writeInt16BE(API_VERSIONS_KEY, 0);
  body.writeInt32BE(CORRELATION_ID, 4);
  body.writeInt16BE(clientId.length, 8);
  const size = Buffer.alloc(4);
  size.writeInt32BE(body.length + clientId.length);
  return Buffer.concat([size, body, clientId]);
}
