/**
 * `tidelog consume --group`: prints what the group gives this member. A record counts as read once the system has
 * taken its bytes; the place of the group is committed as reading goes on and when the command ends, so that the next
 * one goes on behind the last record that was printed. Whatever ends the command before that, records are printed
 * again, never left out.
 *
 * With `--exit-at-end` every member stays until the group has read everything that was there when the member started:
 * when another one dies, its partitions come here.
 */
import type { Consumer, ConsumerBatch, ConsumerRecord, TopicPartition } from '@tidelog/client';
import { connect, findTopic } from '../connect.ts';
import { EndWatch, hasReached } from '../end-watch.ts';
import { Interrupted, interruptSignal } from '../interrupt.ts';
import { counted, say, warn, writeThrough, type Output } from '../output.ts';
import { listRanges } from '../partition-ranges.ts';
import { ByteSink, writeJsonLine, writeValueLine, type RecordWriter } from '../record-format.ts';
import { describeStall, type ConsumeOptions } from './consume.ts';

export interface ConsumeGroupOptions extends ConsumeOptions {
  readonly group: string;
}

const WRITE_BYTES = 256 * 1024;
const STALL_TIMEOUT_MS = 10_000;
const COMMIT_INTERVAL_MS = 1_000;
/** A person who pressed Ctrl-C waits for the last commit. */
const COMMIT_TIMEOUT_MS = 5_000;
/** How often it is asked how far the others of the group are. */
const OTHERS_INTERVAL_MS = 500;

/** Runs until `--count`, `--exit-at-end` or a signal, as `consume` does. Rejects with what the last commit failed of. */
export async function consumeGroup(
  topic: string,
  options: ConsumeGroupOptions,
  output: Output,
): Promise<void> {
  using interrupt = interruptSignal();
  const { signal } = interrupt;
  await using tidelog = connect(options);
  await findTopic(tidelog, topic, { options, output, signal });
  if (options.count === 0) return;
  const ends = options.exitAtEnd === true ? await endOffsets(tidelog, topic, signal) : undefined;
  await using consumer = tidelog.consumer({
    groupId: options.group,
    topics: [topic],
    startFrom: options.fromBeginning === true ? 'earliest' : 'latest',
    autoCommitIntervalMs: COMMIT_INTERVAL_MS,
    commitTimeoutMs: COMMIT_TIMEOUT_MS,
    stallTimeoutMs: STALL_TIMEOUT_MS,
  });
  tellTrouble(consumer, output);
  const member = new PrintingMember(consumer, { topic, options, output, signal, ends });
  try {
    await member.print();
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  await consumer.commit();
  const isBounded = options.count !== undefined || options.exitAtEnd === true;
  if (signal.aborted && isBounded && !member.isDone) {
    throw new Interrupted(`${counted(member.recordCount, 'record')} printed`);
  }
}

function tellTrouble(consumer: Consumer, output: Output): void {
  consumer.on('stalled', (stall) => say(output, describeStall(stall)));
  consumer.on('commitFailed', ({ error }) => warn(output, `a commit failed: ${error.message}`));
  consumer.on('coordinatorUnavailable', ({ error }) =>
    warn(output, `the coordinator of the group does not answer: ${error.message}; still trying`),
  );
}

/** By partition, where it ends now; empty partitions are left out. */
async function endOffsets(
  tidelog: ReturnType<typeof connect>,
  topic: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, number>> {
  const start = { kind: 'beginning' } as const;
  const ranges = await listRanges(tidelog, topic, { start, partition: undefined, signal });
  return new Map(
    ranges
      .filter(({ startOffset, endOffset }) => startOffset < endOffset)
      .map(({ partition, endOffset }) => [partition, endOffset]),
  );
}

interface MemberOptions {
  readonly topic: string;
  readonly options: ConsumeGroupOptions;
  readonly output: Output;
  readonly signal: AbortSignal;
  /** With `--exit-at-end` only: where each partition ended at the start. */
  readonly ends: ReadonlyMap<number, number> | undefined;
}

class PrintingMember {
  recordCount = 0;
  /** Everything that was asked for is printed, and with `--count` committed. */
  isDone = false;
  readonly #consumer: Consumer;
  readonly #options: MemberOptions;
  readonly #sink: ByteSink = new ByteSink();
  readonly #writeRecord: RecordWriter;
  readonly #countLimit: number;
  #isPrinting = false;
  #othersAskedMs = -Infinity;

  constructor(consumer: Consumer, o: MemberOptions) {
    this.#consumer = consumer;
    this.#options = o;
    this.#writeRecord = o.output.json ? writeJsonLine : (o.options.format ?? writeValueLine);
    this.#countLimit = o.options.count ?? Infinity;
  }

  /** Prints until it is done or the signal aborts. Rejects when the output broke or nothing can be read any more. */
  async print(): Promise<void> {
    const { signal, ends } = this.#options;
    if (ends === undefined) return this.#printUntil(signal);
    using watch = new EndWatch(() => this.#isAtEnd(ends));
    await this.#printUntil(AbortSignal.any([signal, watch.signal]));
    this.isDone ||= watch.isReached;
  }

  async #printUntil(signal: AbortSignal): Promise<void> {
    for await (const batch of this.#consumer.batches({ signal })) {
      this.#isPrinting = true;
      const last = await this.#printBatch(batch);
      this.#isPrinting = false;
      if (this.recordCount >= this.#countLimit && last !== undefined) {
        // The loop is left in the middle of the batch, which then does not count as read.
        await this.#consumer.commit(last, { signal: this.#options.signal });
        this.isDone = true;
        return;
      }
    }
  }

  /** Prints a batch, or as much of it as `--count` leaves; returns the last record printed. */
  async #printBatch(batch: ConsumerBatch): Promise<ConsumerRecord | undefined> {
    const { output, signal } = this.#options;
    let last: ConsumerRecord | undefined;
    for (const record of batch) {
      this.#writeRecord(this.#sink, record);
      this.recordCount++;
      last = record;
      if (this.#sink.length >= WRITE_BYTES) await writeThrough(output.stdout, this.#sink.take(), { signal });
      if (this.recordCount >= this.#countLimit) break;
    }
    if (this.#sink.length > 0) await writeThrough(output.stdout, this.#sink.take(), { signal });
    return last;
  }

  /**
   * True when this member has read what it owns up to the end, and the group has committed the end of what others
   * own. What is at its end is paused: the wait for the others prints nothing that came later.
   */
  async #isAtEnd(ends: ReadonlyMap<number, number>): Promise<boolean> {
    const { topic } = this.#options;
    const consumer = this.#consumer;
    // What is handed out and not printed yet must not count as read.
    if (this.#isPrinting || consumer.memberEpoch === undefined) return false;
    const owned = new Set(consumer.assignment().map(({ partition }) => partition));
    const paused = new Set(consumer.paused().map(({ partition }) => partition));
    const open = [...owned].filter((partition) => ends.has(partition) && !paused.has(partition));
    const read = open.filter((partition) =>
      hasReached(consumer, { topic, partition }, ends.get(partition) ?? 0),
    );
    if (read.length > 0) {
      // Said expressly: behind the last record there may be offsets without any.
      await consumer.commit(read.map((partition) => placeOf(consumer, { topic, partition })));
      consumer.pause([{ topic, partitions: read }]);
    }
    if (read.length < open.length) return false;
    const others = [...ends].filter(([partition]) => !owned.has(partition));
    return others.length === 0 || (await this.#haveOthersCommitted(new Map(others)));
  }

  async #haveOthersCommitted(ends: ReadonlyMap<number, number>): Promise<boolean> {
    const { topic, signal } = this.#options;
    if (performance.now() - this.#othersAskedMs < OTHERS_INTERVAL_MS) return false;
    this.#othersAskedMs = performance.now();
    const partitions = [...ends.keys()].map((partition) => ({ topic, partition }));
    const committed = await this.#consumer.committed(partitions, { signal });
    const atEnd = committed.filter(({ partition, offset }) => offset >= (ends.get(partition) ?? 0));
    return atEnd.length === partitions.length;
  }
}

/** Where the consumer is in a partition that it reads, as a place to commit. */
function placeOf(consumer: Consumer, at: TopicPartition): TopicPartition & { readonly offset: number } {
  return { ...at, offset: consumer.position(at) ?? 0 };
}
