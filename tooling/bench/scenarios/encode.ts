/** How fast a batch of records becomes bytes, against the encoders of other JavaScript clients. */
import { BatchBuilder, RecordBatch } from '@tidelog/record';
import { createRecordsBatch } from '@platformatic/kafka';
import { createRequire } from 'node:module';
import { median, type Figure } from '../figures.ts';
import type { Scenario } from './scenario.ts';

const RECORDS = 1000;
const ROUNDS = 5;
const RECORD_OVERHEAD_BYTES = 20;

const key = Buffer.from('key-000001');
const value = Buffer.alloc(100, 'tidelog ');

/** Records per second of `encode`, the median of some rounds of `durationMs` each. */
function rate(durationMs: number, encode: () => unknown): number {
  const rates = Array.from({ length: ROUNDS }, () => {
    let batches = 0;
    const startedMs = performance.now();
    let elapsedMs = 0;
    while (elapsedMs < durationMs) {
      encode();
      batches++;
      if (batches % 8 === 0) elapsedMs = performance.now() - startedMs;
    }
    return (batches * RECORDS * 1000) / elapsedMs;
  });
  return median(rates);
}

interface KafkajsModules {
  recordBatch: (o: object) => { buffer: Buffer };
  record: (o: object) => unknown;
}

/** kafkajs's encoders are internal modules: loaded by path. */
function kafkajs(): KafkajsModules {
  const require = createRequire(import.meta.url);
  return {
    recordBatch: (
      require('kafkajs/src/protocol/recordBatch/v0') as { RecordBatch: KafkajsModules['recordBatch'] }
    ).RecordBatch,
    record: require('kafkajs/src/protocol/recordBatch/record/v0') as KafkajsModules['record'],
  };
}

export const encodeScenario: Scenario = {
  name: 'encode',
  title: 'Encoding and decoding batches of 1,000 records of 100 bytes, one core',
  async run({ durationMs }) {
    const nowMs = Date.now();
    const each = durationMs / 6;
    // As the producer does it: the memory of an acknowledged batch is used again.
    const memory = Buffer.allocUnsafeSlow(RECORDS * (value.length + key.length + RECORD_OVERHEAD_BYTES));
    const build = (): Buffer => {
      const builder = new BatchBuilder({ memory });
      for (let index = 0; index < RECORDS; index++) builder.append(nowMs, key, value);
      return builder.buildSync();
    };
    const ours = rate(each, build);
    const messages = Array.from({ length: RECORDS }, () => ({
      topic: 'bench',
      key,
      value,
      timestamp: BigInt(nowMs),
      headers: new Map<Buffer, Buffer>(),
    }));
    const platformatic = rate(each, () => createRecordsBatch(messages as never, {} as never));
    const modules = kafkajs();
    const theirs = rate(each, () =>
      modules.recordBatch({
        records: messages.map((_, index) =>
          modules.record({ offsetDelta: index, timestampDelta: 0, key, value, headers: {} }),
        ),
        firstTimestamp: nowMs,
        maxTimestamp: nowMs,
        lastOffsetDelta: RECORDS - 1,
        producerId: -1,
        producerEpoch: -1,
        firstSequence: -1,
      }),
    );
    const bytes = build();
    let sum = 0;
    const lazy = rate(each, () => {
      for (const record of RecordBatch.read(bytes)) sum += record.offset;
    });
    const figures: Figure[] = [
      {
        what: 'client encode',
        value: ours / 1e6,
        unit: 'M records/s',
        target: { value: 22, better: 'more' },
        reference: { what: '@platformatic/kafka', value: platformatic / 1e6 },
        note: sum >= 0 ? `kafkajs ${(theirs / 1e6).toFixed(2)} M records/s` : '',
      },
      {
        what: 'client encode over @platformatic/kafka',
        value: ours / platformatic,
        unit: '×',
        target: { value: 15, better: 'more' },
      },
      { what: 'lazy decode (offsets only)', value: lazy / 1e6, unit: 'M records/s' },
    ];
    return figures;
  },
};
