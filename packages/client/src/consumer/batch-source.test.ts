import { expect, test } from 'vitest';
import { BatchBuilder } from '@tidelog/record';
import { BatchSource } from './batch-source.ts';
import { PartitionReader } from './partition-reader.ts';

const TOPIC_ID = 'A'.repeat(22);

test('a batch that is being decompressed when its partition is paused is handed out after the pause', async () => {
  const builder = new BatchBuilder();
  builder.append(1, null, 'a'.repeat(1_000));
  const bytes = await builder.build({ compression: 'gzip' });
  const reader = new PartitionReader({
    topic: 'orders',
    topicId: TOPIC_ID,
    info: { partition: 0, leaderId: 1, leaderEpoch: 0, replicaIds: [1], isrIds: [1] },
    target: 0,
  });
  const source = new BatchSource<Buffer, Buffer>(
    { decoders: { key: undefined, value: undefined }, checkCrcs: true, maxDecompressedBytes: 10_000 },
    { onFreed: () => undefined, onTakenBack: () => undefined, onUnreadable: () => undefined },
  );
  reader.keep({ bytes, highWatermark: 1, bytePosition: 0, nextOffset: 0 });
  source.readable(reader);
  let taken = 0;
  const taking = source.take().then((lease) => {
    taken += 1;
    return lease;
  });
  reader.isPaused = true;
  source.suspended(reader);
  await reader.whenIdle();
  expect(taken).toBe(0);
  reader.isPaused = false;
  source.readable(reader);
  expect((await taking)?.batch.recordCount).toBe(1);
});
