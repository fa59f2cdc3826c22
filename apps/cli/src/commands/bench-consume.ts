/** `tidelog bench consume`: how many records per second one consumer reads, from the oldest to today's end. */
import { connect, findTopic, requirePartition, type BrokerOptions } from '../connect.ts';
import { EndWatch, hasReached } from '../end-watch.ts';
import { Interrupted, interruptSignal } from '../interrupt.ts';
import { counted, printResult, type Output } from '../output.ts';
import { listRanges } from '../partition-ranges.ts';
import { startProgress } from '../progress.ts';
import { benchResult } from './bench-produce.ts';

export interface BenchConsumeOptions extends BrokerOptions {
  readonly records?: number;
  readonly partition?: number;
}

/** Prints the figures of what was read until the end or a signal; rejects with Interrupted after that. */
export async function benchConsume(
  topic: string,
  options: BenchConsumeOptions,
  output: Output,
): Promise<void> {
  using interrupt = interruptSignal();
  const { signal } = interrupt;
  await using tidelog = connect(options);
  requirePartition(await findTopic(tidelog, topic, { options, output, signal }), options.partition);
  const start = { kind: 'beginning' } as const;
  const ranges = await listRanges(tidelog, topic, { start, partition: options.partition, signal });
  const available = ranges.reduce((sum, range) => sum + range.endOffset - range.startOffset, 0);
  const wanted = Math.min(options.records ?? available, available);
  await using consumer = tidelog.consumer();
  await consumer.assign(
    ranges.map(({ partition, startOffset }) => ({ topic, partition, offset: startOffset })),
  );
  const progress = await startProgress(output, { label: `bench ${topic}`, total: wanted });
  const startedMs = performance.now();
  let records = 0;
  let bytes = 0;
  if (wanted > 0) {
    using end = new EndWatch(() =>
      ranges.every(({ partition, endOffset }) => hasReached(consumer, { topic, partition }, endOffset)),
    );
    for await (const batch of consumer.batches({ signal: AbortSignal.any([signal, end.signal]) })) {
      for (const record of batch) {
        records++;
        bytes += (record.key?.length ?? 0) + (record.value?.length ?? 0);
      }
      progress.update(records, records);
      if (records >= wanted) break;
    }
  }
  const seconds = (performance.now() - startedMs) / 1000;
  progress.stop();
  await printResult(output, benchResult({ topic, records, bytes, seconds }));
  if (signal.aborted) throw new Interrupted(`${counted(records, 'record')} read`);
}
