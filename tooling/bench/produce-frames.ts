/** Produce and fetch requests as bytes, from the same encoders that the client uses. */
import { encodeRequest, fromSafeNumber, topicIdToBytes } from '@tidelog/protocol';
import { BatchBuilder } from '@tidelog/record';

export interface PartitionTarget {
  readonly topicId: string;
  readonly partition: number;
}

/** One uncompressed batch of about `batchBytes`, of records with a 10-byte key and `valueBytes`. */
export function makeBatch(o: { batchBytes: number; valueBytes: number }): Buffer {
  const builder = new BatchBuilder();
  const key = Buffer.from('key-000001');
  const value = Buffer.alloc(o.valueBytes, 'tidelog ');
  const recordBytes = o.valueBytes + 20;
  const nowMs = Date.now();
  do builder.append(nowMs, key, value);
  while (builder.sizeBytes + recordBytes <= o.batchBytes);
  return builder.buildSync();
}

/** The frames of one connection: `depth` produce requests, spread over the targets in turn. */
export function produceFrames(o: {
  targets: readonly PartitionTarget[];
  batch: Buffer;
  depth: number;
  acks: 1 | -1;
}): Buffer[] {
  return Array.from({ length: o.depth }, (_, index) => {
    const target = o.targets[index % o.targets.length] as PartitionTarget;
    return Buffer.concat(
      encodeRequest('PRODUCE', index + 1, {
        acks: o.acks,
        timeoutMs: 30_000,
        partitions: [
          { topicId: topicIdToBytes(target.topicId), partition: target.partition, records: o.batch },
        ],
      }),
    );
  });
}

/** The frames of one connection: `depth` fetches of the same range. */
export function fetchFrames(o: {
  target: PartitionTarget;
  fetchOffset: number;
  maxBytes: number;
  depth: number;
}): Buffer[] {
  return Array.from({ length: o.depth }, (_, index) =>
    Buffer.concat(
      encodeRequest('FETCH', index + 1, {
        maxWaitMs: 1000,
        minBytes: 1,
        maxBytes: o.maxBytes,
        partitions: [
          {
            topicId: topicIdToBytes(o.target.topicId),
            partition: o.target.partition,
            fetchOffset: fromSafeNumber(o.fetchOffset),
            partitionMaxBytes: o.maxBytes,
          },
        ],
      }),
    ),
  );
}
