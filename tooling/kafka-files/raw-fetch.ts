/** The record bytes of a partition as the Kafka door sends them, undecoded. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { decodeResponse, encodeRequest } from '@tidelog/kafka-protocol';
import { readBatches } from './batch-reader.ts';

const API_VERSION = 11;

/** All batches from the one that holds `fromOffset` to the end of partition 0. */
export async function fetchThroughKafkaDoor(
  broker: string,
  { topic, fromOffset }: { topic: string; fromOffset: number },
): Promise<Buffer> {
  const [host, port] = broker.split(':');
  const socket = connect({ host: host!, port: Number(port) });
  await once(socket, 'connect');
  const answers: Buffer[] = [];
  try {
    for (let fetchOffset = fromOffset; ;) {
      const { records, highWatermark } = await fetchOnce(socket, { topic, fetchOffset });
      answers.push(records);
      fetchOffset = readBatches(records).at(-1)!.lastOffset + 1;
      if (fetchOffset >= highWatermark) return Buffer.concat(answers);
    }
  } finally {
    socket.destroy();
  }
}

async function fetchOnce(
  socket: Socket,
  { topic, fetchOffset }: { topic: string; fetchOffset: number },
): Promise<{ records: Buffer; highWatermark: number }> {
  const partition = { partition: 0, fetchOffset, partitionMaxBytes: 2 ** 24 };
  const request = encodeRequest(
    'Fetch',
    { apiVersion: API_VERSION, correlationId: 1, clientId: 'files' },
    { maxWaitMs: 0, minBytes: 0, maxBytes: 2 ** 24, topics: [{ topic, partitions: [partition] }] },
  );
  socket.write(Buffer.concat(request));
  const { body } = decodeResponse('Fetch', API_VERSION, await nextFrame(socket));
  const row = body.responses[0]!.partitions[0]!;
  if (row.errorCode !== 0) throw new Error(`fetching ${topic} failed with error ${row.errorCode}`);
  return { records: row.records as Buffer, highWatermark: row.highWatermark };
}

async function nextFrame(socket: Socket): Promise<Buffer> {
  let received = Buffer.alloc(0);
  while (received.length < 4 || received.length < 4 + received.readInt32BE(0)) {
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    received = Buffer.concat([received, chunk]);
  }
  return received.subarray(4);
}
