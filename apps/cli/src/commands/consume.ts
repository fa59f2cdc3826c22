/**
 * `tidelog consume`: prints records of one topic. Within a partition they come in order; output is gathered and
 * written in large pieces, at the latest when no further record is at hand. A reader that is slow holds up the
 * fetching; one that goes away ends the command with exit code 0.
 */
import type { Consumer, ConsumerBatch, ConsumerStall } from '@tidelog/client';
import { TidelogError } from '@tidelog/record/errors';
import { connect, findTopic, requirePartition, type BrokerOptions } from '../connect.ts';
import { EndWatch, hasReached } from '../end-watch.ts';
import { Interrupted, interruptSignal } from '../interrupt.ts';
import { counted, say, write, type Output } from '../output.ts';
import { listRanges, type PartitionRange } from '../partition-ranges.ts';
import { startProgress, type Progress } from '../progress.ts';
import { ByteSink, writeJsonLine, writeValueLine, type RecordWriter } from '../record-format.ts';
import type { StartPosition } from '../start-position.ts';

export interface ConsumeOptions extends BrokerOptions {
  readonly fromBeginning?: boolean;
  readonly partition?: number;
  readonly offset?: StartPosition;
  readonly count?: number;
  readonly exitAtEnd?: boolean;
  readonly format?: RecordWriter;
}

const WRITE_BYTES = 256 * 1024;
const STALL_TIMEOUT_MS = 10_000;

/**
 * Runs until `--count`, `--exit-at-end` or a signal; a signal is the normal end when neither is given, and
 * rejects with Interrupted otherwise.
 */
export async function consume(topic: string, options: ConsumeOptions, output: Output): Promise<void> {
  using interrupt = interruptSignal();
  const { signal } = interrupt;
  await using tidelog = connect(options);
  requirePartition(await findTopic(tidelog, topic, { options, output, signal }), options.partition);
  const start = options.offset ?? { kind: options.fromBeginning === true ? 'beginning' : 'end' };
  const ranges = await listRanges(tidelog, topic, { start, partition: options.partition, signal });
  const wanted = options.exitAtEnd === true ? ranges.filter(isNotEmpty) : ranges;
  if (wanted.length === 0 || options.count === 0) return;
  await using consumer = tidelog.consumer({ onOffsetOutOfRange: 'fail', stallTimeoutMs: STALL_TIMEOUT_MS });
  consumer.on('stalled', (stall) => say(output, describeStall(stall)));
  await consumer.assign(
    wanted.map(({ partition, startOffset }) => ({ topic, partition, offset: startOffset })),
  );
  const progress = await progressOf(topic, { options, ranges: wanted, output });
  const printer = new RecordPrinter(topic, { consumer, options, ranges: wanted, output, progress, signal });
  try {
    await printer.print();
  } catch (error) {
    // The wait for a slow reader ends with an AbortError.
    if (!signal.aborted) throw isDeletion(error) ? deletedError(topic, error) : error;
  } finally {
    progress.stop();
  }
  const isBounded = options.count !== undefined || options.exitAtEnd === true;
  if (signal.aborted && isBounded && !printer.isDone) {
    throw new Interrupted(`${counted(printer.recordCount, 'record')} printed`);
  }
}

function isDeletion(error: unknown): boolean {
  return error instanceof TidelogError && error.code === 'UNKNOWN_TOPIC_ID';
}

function deletedError(topic: string, cause: unknown): TidelogError {
  return new TidelogError(
    'UNKNOWN_TOPIC_OR_PARTITION',
    `topic ${JSON.stringify(topic)} was deleted while it was read`,
    { topic, cause },
  );
}

function isNotEmpty({ startOffset, endOffset }: PartitionRange): boolean {
  return startOffset < endOffset;
}

/** A partition that is not read, in words. */
export function describeStall({ topic, partition, stalledForMs, error }: ConsumerStall): string {
  const seconds = Math.round(stalledForMs / 1000);
  const reason = error === undefined ? '' : `: ${error.message}`;
  return `tidelog: no answer about ${topic} partition ${partition} for ${seconds} s${reason}; still trying`;
}

/** Only for a command that ends by itself, and not between the records on a terminal. */
async function progressOf(
  topic: string,
  o: { options: ConsumeOptions; ranges: readonly PartitionRange[]; output: Output },
): Promise<Progress> {
  const { options, ranges, output } = o;
  const available = ranges.reduce((sum, { startOffset, endOffset }) => sum + endOffset - startOffset, 0);
  const total = options.exitAtEnd === true ? Math.min(available, options.count ?? Infinity) : options.count;
  if (total === undefined || output.stdout.isTTY === true) return NO_PROGRESS;
  return startProgress(output, { label: topic, total });
}

const NO_PROGRESS: Progress = { update: () => undefined, stop: () => undefined };

interface PrinterOptions {
  readonly consumer: Consumer;
  readonly options: ConsumeOptions;
  readonly ranges: readonly PartitionRange[];
  readonly output: Output;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

class RecordPrinter {
  recordCount = 0;
  readonly #topic: string;
  readonly #options: PrinterOptions;
  readonly #sink: ByteSink = new ByteSink();
  readonly #writeRecord: RecordWriter;
  readonly #countLimit: number;
  /** The partitions that are not at their end yet, with that end; Infinity without `--exit-at-end`. */
  readonly #endOffsets: Map<number, number>;
  #isPrinting = false;

  constructor(topic: string, o: PrinterOptions) {
    this.#topic = topic;
    this.#options = o;
    this.#writeRecord = o.output.json ? writeJsonLine : (o.options.format ?? writeValueLine);
    this.#countLimit = o.options.count ?? Infinity;
    this.#endOffsets = new Map(
      o.ranges.map(({ partition, endOffset }) => [
        partition,
        o.options.exitAtEnd === true ? endOffset : Infinity,
      ]),
    );
  }

  /** True when everything that was asked for is printed. */
  get isDone(): boolean {
    return this.recordCount >= this.#countLimit || this.#endOffsets.size === 0;
  }

  /** Prints until it is done or the signal aborts. Rejects when the output broke or a partition cannot be read. */
  async print(): Promise<void> {
    const { options } = this.#options;
    if (options.exitAtEnd !== true) return this.#printUntil(this.#options.signal);
    using watch = new EndWatch(() => !this.#isPrinting && this.#hasPassedEnds());
    await this.#printUntil(AbortSignal.any([this.#options.signal, watch.signal]));
  }

  async #printUntil(signal: AbortSignal): Promise<void> {
    for await (const batch of this.#options.consumer.batches({ signal })) {
      this.#isPrinting = true;
      await this.#printBatch(batch);
      this.#options.progress.update(this.recordCount, this.recordCount);
      this.#isPrinting = false;
      if (this.#hasPassedEnds() || this.isDone) break;
    }
  }

  async #printBatch(batch: ConsumerBatch): Promise<void> {
    const endOffset = this.#endOffsets.get(batch.partition) ?? 0;
    for (const record of batch) {
      if (record.offset >= endOffset) break;
      this.#writeRecord(this.#sink, record);
      this.recordCount++;
      if (this.#sink.length >= WRITE_BYTES) await this.#flush();
      if (this.recordCount >= this.#countLimit) break;
    }
    await this.#flush();
  }

  /** Crosses out the partitions that are read to their end, of which nothing more is wanted; true when all are. */
  #hasPassedEnds(): boolean {
    const { consumer } = this.#options;
    for (const [partition, endOffset] of this.#endOffsets) {
      const at = { topic: this.#topic, partition };
      if (!hasReached(consumer, at, endOffset)) continue;
      this.#endOffsets.delete(partition);
      consumer.pause([{ topic: this.#topic, partitions: [partition] }]);
    }
    return this.#endOffsets.size === 0;
  }

  async #flush(): Promise<void> {
    const { output, signal } = this.#options;
    if (this.#sink.length > 0) await write(output.stdout, this.#sink.take(), { signal });
  }
}
