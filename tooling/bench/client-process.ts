/** A producing or consuming client in a process of its own. Answers `{ run: … }` with what it measured. */
import { Tidelog } from '@tidelog/client';
import { childReady } from './processes.ts';

interface ClientTask {
  readonly role: 'produce' | 'consume';
  readonly address: string;
  readonly topic: string;
  readonly batchRecords: number;
  readonly durationMs: number;
}
export interface ClientResult {
  readonly records: number;
  readonly seconds: number;
}

const task = JSON.parse(process.argv[2] as string) as ClientTask;
const RECORD_BYTES = 100;
const RECORD_OVERHEAD_BYTES = 20;
const WARMUP_MS = 500;
const DISTINCT_KEYS = 1024;
const value = Buffer.alloc(RECORD_BYTES, 'tidelog ');

const tidelog = new Tidelog({ brokers: [task.address] });

async function produce(): Promise<ClientResult> {
  await using producer = tidelog.producer({
    acks: 1,
    idempotence: false,
    lingerMs: 5,
    batchSizeBytes: 61 + task.batchRecords * (RECORD_BYTES + RECORD_OVERHEAD_BYTES),
    bufferMemoryBytes: 64 * 1024 * 1024,
  });
  let enqueued = 0;
  const messages = Array.from({ length: DISTINCT_KEYS }, (_, index) => ({
    key: Buffer.from(`key-${String(index).padStart(6, '0')}`),
    value,
  }));
  const fill = async (untilMs: number): Promise<void> => {
    while (performance.now() < untilMs) {
      for (const message of messages) {
        enqueued++;
        if (!producer.enqueue(task.topic, message)) await producer.drained();
      }
    }
  };
  await fill(performance.now() + WARMUP_MS);
  await producer.flush();
  enqueued = 0;
  const startedMs = performance.now();
  await fill(startedMs + task.durationMs);
  await producer.flush();
  return { records: enqueued, seconds: (performance.now() - startedMs) / 1000 };
}

async function consume(): Promise<ClientResult> {
  await using consumer = tidelog.consumer({ topics: [task.topic], startFrom: 'earliest' });
  let records = 0;
  let offsets = 0;
  const beganMs = performance.now();
  let startedMs = 0;
  for await (const batch of consumer.batches()) {
    const nowMs = performance.now();
    if (startedMs === 0 && nowMs - beganMs > WARMUP_MS) {
      startedMs = nowMs;
      records = 0;
    }
    for (const record of batch) {
      offsets += record.offset;
      records++;
    }
    if (startedMs > 0 && nowMs - startedMs >= task.durationMs) break;
    // Whoever reads faster than the topic was filled reads it again.
    if (batch.lastOffset + 1 >= batch.highWatermark) {
      await consumer.seek({ topic: batch.topic, partition: batch.partition, offset: 'beginning' });
    }
  }
  if (offsets < 0) throw new Error('offsets cannot be negative');
  return { records, seconds: (performance.now() - startedMs) / 1000 };
}

process.on('message', () => {
  void (task.role === 'produce' ? produce() : consume()).then((result) => process.send?.(result));
});
childReady({}, () => tidelog.close());
