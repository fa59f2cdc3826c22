/** `tidelog bench consume`: how many records per second one consumer reads, from the beginning to today's end. */
import { connect, type BrokerOptions } from '../connect.ts';
import { interruptSignal } from '../interrupt.ts';
import { printResult, type Output } from '../output.ts';
import { startProgress } from '../progress.ts';

export interface BenchConsumeOptions extends BrokerOptions {
  records?: number;
  partition?: number;
}

export async function benchConsume(
  topic: string,
  options: BenchConsumeOptions,
  output: Output,
): Promise<void> {
  using interrupt = interruptSignal();
  await using tidelog = connect(options);
  const admin = tidelog.admin();
  const [starts, ends] = await Promise.all([
    admin.listOffsets(topic, 'earliest'),
    admin.listOffsets(topic, 'latest'),
  ]);
  const ranges = ends
    .map(({ partition, offset }) => ({
      partition,
      endOffset: offset,
      startOffset: starts.find((entry) => entry.partition === partition)?.offset ?? 0,
    }))
    .filter((range) => options.partition === undefined || range.partition === options.partition);
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
    for await (const batch of consumer.batches({ signal: interrupt.signal })) {
      for (const record of batch) {
        records++;
        bytes += record.value?.length ?? 0;
      }
      progress.update(records, records);
      if (records >= wanted) break;
    }
  }
  const seconds = (performance.now() - startedMs) / 1000;
  progress.stop();
  await printResult(output, {
    json: {
      topic,
      records,
      bytes,
      seconds,
      recordsPerSecond: records / seconds,
      megabytesPerSecond: bytes / 1e6 / seconds,
    },
    text: `${records} records in ${seconds.toFixed(2)} s: ${Math.round(records / seconds)} records/s, ${(bytes / 1e6 / seconds).toFixed(1)} MB/s`,
  });
}
