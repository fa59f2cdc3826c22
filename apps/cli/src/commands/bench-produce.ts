/** `tidelog bench produce`: how many generated records per second one producer gets acknowledged. */
import type { CompressionType } from '@tidelog/record/compression';
import { connect, type BrokerOptions } from '../connect.ts';
import { interruptSignal } from '../interrupt.ts';
import { printResult, type Output } from '../output.ts';
import { startProgress } from '../progress.ts';

export interface BenchProduceOptions extends BrokerOptions {
  records: number;
  recordBytes: number;
  keyBytes: number;
  acks: 'all' | 0 | 1;
  compression: CompressionType;
  lingerMs?: number;
  batchSizeBytes?: number;
  idempotence: boolean;
}

const DISTINCT_MESSAGES = 1024;
const PROGRESS_EVERY = 100_000;

/** Messages that repeat after 1,024: text-like bytes, so that codecs find something to compress. */
function messages(o: { keyBytes: number; recordBytes: number }): { key: Buffer | null; value: Buffer }[] {
  return Array.from({ length: DISTINCT_MESSAGES }, (_, index) => ({
    key: o.keyBytes === 0 ? null : Buffer.from(String(index).padStart(o.keyBytes, 'k').slice(-o.keyBytes)),
    value: Buffer.alloc(
      o.recordBytes,
      `{"id":${index},"name":"customer ${index * 7919}","amount":${index * 31}} `,
    ),
  }));
}

export async function benchProduce(
  topic: string,
  options: BenchProduceOptions,
  output: Output,
): Promise<void> {
  using interrupt = interruptSignal();
  await using tidelog = connect(options);
  await using producer = tidelog.producer({
    acks: options.acks,
    compression: options.compression,
    idempotence: options.idempotence && options.acks === 'all',
    ...(options.lingerMs === undefined ? {} : { lingerMs: options.lingerMs }),
    ...(options.batchSizeBytes === undefined ? {} : { batchSizeBytes: options.batchSizeBytes }),
  });
  const ring = messages(options);
  await producer.send({ topic, messages: [ring[0] as (typeof ring)[number]] });
  const progress = await startProgress(output, { label: `bench ${topic}`, total: options.records });
  const startedMs = performance.now();
  let sent = 0;
  for (; sent < options.records && !interrupt.signal.aborted; sent++) {
    const message = ring[sent % DISTINCT_MESSAGES] as (typeof ring)[number];
    if (!producer.enqueue(topic, message)) await producer.drained();
    if (sent % PROGRESS_EVERY === 0) progress.update(sent, sent);
  }
  await producer.flush();
  const seconds = (performance.now() - startedMs) / 1000;
  progress.stop();
  const megabytes = (sent * (options.recordBytes + options.keyBytes)) / 1e6;
  await printResult(output, {
    json: {
      topic,
      records: sent,
      seconds,
      recordsPerSecond: sent / seconds,
      megabytesPerSecond: megabytes / seconds,
    },
    text: `${sent} records in ${seconds.toFixed(2)} s: ${Math.round(sent / seconds)} records/s, ${(megabytes / seconds).toFixed(1)} MB/s`,
  });
}
