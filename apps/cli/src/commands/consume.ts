/**
 * `tidelog consume`: prints records of one topic. Within a partition they come in order; output is gathered and
 * written in large pieces, at the latest when no further record is at hand.
 */
import { TidelogError } from '@tidelog/record/errors';
import type { ConsumerBatch, Tidelog } from '@tidelog/client';
import { connect, type BrokerOptions } from '../connect.ts';
import { interruptSignal } from '../interrupt.ts';
import { write, type Output } from '../output.ts';
import { ByteSink, writeJsonLine, writeValueLine, type RecordWriter } from '../record-format.ts';
import type { StartPosition } from '../start-position.ts';

export interface ConsumeOptions extends BrokerOptions {
  fromBeginning?: boolean;
  partition?: number;
  offset?: StartPosition;
  count?: number;
  exitAtEnd?: boolean;
  format?: RecordWriter;
  group?: string;
}

const WRITE_BYTES = 256 * 1024;

interface PartitionRange {
  readonly partition: number;
  readonly startOffset: number;
  readonly endOffset: number;
}

/** Where to begin and where each partition ends now. */
async function planRanges(
  tidelog: Tidelog,
  topic: string,
  options: ConsumeOptions,
): Promise<PartitionRange[]> {
  const admin = tidelog.admin();
  const position: StartPosition = options.offset ?? {
    kind: options.fromBeginning === true ? 'beginning' : 'end',
  };
  const [starts, ends] = await Promise.all([
    admin.listOffsets(topic, 'earliest'),
    admin.listOffsets(topic, 'latest'),
  ]);
  const byTime =
    position.kind === 'timestamp'
      ? await admin.listOffsets(topic, { timestampMs: position.timestampMs })
      : [];
  const offsetIn = (list: typeof starts, partition: number): number | undefined =>
    list.find((entry) => entry.partition === partition)?.offset;
  const ranges = ends.map(({ partition, offset: endOffset }) => {
    const earliest = offsetIn(starts, partition) ?? 0;
    const found = offsetIn(byTime, partition) ?? -1;
    const startOffset = {
      beginning: earliest,
      end: endOffset,
      offset: position.kind === 'offset' ? position.offset : 0,
      last: position.kind === 'last' ? Math.max(earliest, endOffset - position.recordCount) : 0,
      timestamp: found >= 0 ? found : endOffset,
    }[position.kind];
    return { partition, startOffset, endOffset };
  });
  if (options.partition === undefined) return ranges;
  const chosen = ranges.filter(({ partition }) => partition === options.partition);
  if (chosen.length === 0) {
    throw new TidelogError(
      'UNKNOWN_TOPIC_OR_PARTITION',
      `Topic ${topic} has no partition ${options.partition}; it has 0 to ${ranges.length - 1}.`,
    );
  }
  return chosen;
}

/** Runs until `--count`, `--exit-at-end` or a signal. */
export async function consume(topic: string, options: ConsumeOptions, output: Output): Promise<void> {
  if (options.count === 0) return;
  using interrupt = interruptSignal();
  await using tidelog = connect(options);
  if (options.group !== undefined) {
    throw new TidelogError(
      'INVALID_ARGUMENT',
      'Consumer groups are not part of this version; leave --group away.',
    );
  }
  const ranges = await planRanges(tidelog, topic, options);
  const unfinished = new Map(
    ranges
      .filter((range) => options.exitAtEnd !== true || range.startOffset < range.endOffset)
      .map((range) => [range.partition, range.endOffset]),
  );
  if (unfinished.size === 0) return;
  await using consumer = tidelog.consumer({ onOffsetOutOfRange: 'fail' });
  await consumer.assign(
    ranges
      .filter(({ partition }) => unfinished.has(partition))
      .map(({ partition, startOffset }) => ({ topic, partition, offset: startOffset })),
  );
  await print(consumer.batches({ signal: interrupt.signal }), { ...options, unfinished }, output);
}

async function print(
  batches: AsyncIterable<ConsumerBatch>,
  o: ConsumeOptions & { unfinished: Map<number, number> },
  output: Output,
): Promise<void> {
  const writeRecord = output.json ? writeJsonLine : (o.format ?? writeValueLine);
  const sink = new ByteSink();
  let left = o.count ?? Infinity;
  const flush = async (): Promise<void> => {
    if (sink.length > 0) await write(output.stdout, sink.take());
  };
  for await (const batch of batches) {
    const endOffset = o.exitAtEnd === true ? o.unfinished.get(batch.partition) : Infinity;
    if (endOffset === undefined) continue;
    for (const record of batch) {
      if (record.offset >= endOffset) break;
      writeRecord(sink, record);
      if (sink.length >= WRITE_BYTES) await flush();
      if (--left === 0) break;
    }
    await flush();
    if (batch.lastOffset + 1 >= endOffset) o.unfinished.delete(batch.partition);
    if (left === 0 || o.unfinished.size === 0) break;
  }
  await flush();
}
