/** `tidelog bench produce`: how many generated records per second one producer gets acknowledged. */
import { connect, findTopic, type BrokerOptions } from '../connect.ts';
import { Interrupted, interruptSignal } from '../interrupt.ts';
import { counted, printResult, type Output } from '../output.ts';
import { maxMessageBytesOf, producerSettings, type ProducerFlags } from '../producer-settings.ts';
import { startProgress } from '../progress.ts';

export interface BenchProduceOptions extends BrokerOptions, ProducerFlags {
  readonly records: number;
  readonly recordBytes: number;
  readonly keyBytes: number;
}

const DISTINCT_MESSAGES = 1024;
const PROGRESS_EVERY = 100_000;

interface BenchMessage {
  readonly key: Buffer | null;
  readonly value: Buffer;
}

/** Messages that repeat after 1,024: text-like bytes, so that codecs find something to compress. */
function messages(o: { keyBytes: number; recordBytes: number }): BenchMessage[] {
  return Array.from({ length: DISTINCT_MESSAGES }, (_, index) => ({
    key: o.keyBytes === 0 ? null : Buffer.from(String(index).padStart(o.keyBytes, 'k').slice(-o.keyBytes)),
    value: Buffer.alloc(
      o.recordBytes,
      `{"id":${index},"name":"customer ${index * 7919}","amount":${index * 31}} `,
    ),
  }));
}

/** Prints the figures of what was sent until the end or a signal; rejects with Interrupted after that, or with what failed. */
export async function benchProduce(
  topic: string,
  options: BenchProduceOptions,
  output: Output,
): Promise<void> {
  using interrupt = interruptSignal();
  const { signal } = interrupt;
  await using tidelog = connect(options);
  await findTopic(tidelog, topic, { options, output, signal });
  const producer = tidelog.producer(
    producerSettings(options, await maxMessageBytesOf(tidelog, topic, signal)),
  );
  const ring = messages(options);
  // The first record finds the leader and gets the producer id: it counts as a record, its time does not.
  await producer.send({ topic, messages: [ring[0] as BenchMessage] });
  const progress = await startProgress(output, { label: `bench ${topic}`, total: options.records });
  const startedMs = performance.now();
  let sent = 1;
  for (; sent < options.records && !signal.aborted; sent++) {
    if (!producer.enqueue(topic, ring[sent % DISTINCT_MESSAGES] as BenchMessage)) await producer.drained();
    if (sent % PROGRESS_EVERY === 0) progress.update(sent, sent);
  }
  await producer.flush();
  const seconds = (performance.now() - startedMs) / 1000;
  progress.stop();
  const bytes = sent * (options.recordBytes + options.keyBytes);
  await printResult(output, benchResult({ topic, records: sent, bytes, seconds }));
  if (signal.aborted) throw new Interrupted(`${counted(sent, 'record')} sent`);
}

/** The figures of a bench, for people and as JSON. */
export function benchResult(o: { topic: string; records: number; bytes: number; seconds: number }): {
  json: unknown;
  text: string;
} {
  const { records, bytes, seconds } = o;
  const [recordsPerSecond, megabytesPerSecond] = [records / seconds, bytes / 1e6 / seconds];
  return {
    json: { ...o, recordsPerSecond, megabytesPerSecond },
    text:
      `${counted(records, 'record')} in ${seconds.toFixed(2)} s: ` +
      `${Math.round(recordsPerSecond)} records/s, ${megabytesPerSecond.toFixed(1)} MB/s`,
  };
}
