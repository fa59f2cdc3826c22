import { expect, test } from 'vitest';
import type { ResponseOf } from '@tidelog/kafka-protocol';
import { errorNumber } from '@tidelog/record/errors';
import { kafkaCall } from '../../../../test/kafka-calls.ts';
import { MemoryBroker } from '../../../../test/memory-broker.ts';
import { batchOf } from '../../../../test/test-batches.ts';

/** The attributes of a batch: one byte of them names the codec. */
const CODEC_POSITION = 22;
const ZSTD = 4;

type Row = ResponseOf<'Produce'>['responses'][number]['partitionResponses'][number];

async function produce(broker: MemoryBroker, version: number, records: Buffer | null): Promise<Row> {
  const topicData = [{ name: 'orders', partitionData: [{ index: 0, records }] }];
  const { responses } = await kafkaCall(broker, 'Produce', version, { acks: -1, timeoutMs: 1000, topicData });
  return responses[0]?.partitionResponses[0] as Row;
}

test.each([null, Buffer.alloc(0)])(
  'a partition without a batch is refused for good, not as damage that a client would send again',
  async (records) => {
    await using broker = await MemoryBroker.start({ topics: { orders: 1 } });
    expect((await produce(broker, 9, records)).errorCode).toBe(errorNumber('INVALID_RECORD'));
  },
);

test('zstd is refused in versions whose clients could not read it', async () => {
  await using broker = await MemoryBroker.start({ topics: { orders: 1 } });
  const batch = batchOf(['a'], { timestampMs: Date.now() });
  batch[CODEC_POSITION] = ZSTD;
  expect((await produce(broker, 6, batch)).errorCode).toBe(errorNumber('UNSUPPORTED_COMPRESSION_TYPE'));
  // From version 7 on the batch comes to be looked at: its CRC does not know of the codec.
  expect((await produce(broker, 7, batch)).errorCode).toBe(errorNumber('CORRUPT_MESSAGE'));
  expect((await produce(broker, 6, batchOf(['a'], { timestampMs: Date.now() }))).errorCode).toBe(0);
});
