/**
 * `tidelog consume --group`: prints what the group gives this member. A record counts as read once it is written;
 * the place of the group is committed as reading goes on and when the command ends, so that the next one goes on
 * behind the last record that was printed.
 */
import type { Consumer, ConsumerBatch, TopicPartition } from '@tidelog/client';
import { connect, findTopic } from '../connect.ts';
import { Interrupted, interruptSignal } from '../interrupt.ts';
import { counted, say, write, type Output } from '../output.ts';
import { listRanges } from '../partition-ranges.ts';
import { ByteSink, writeJsonLine, writeValueLine } from '../record-format.ts';
import { describeStall, type ConsumeOptions } from './consume.ts';

export interface ConsumeGroupOptions extends ConsumeOptions {
  readonly group: string;
}

const WRITE_BYTES = 256 * 1024;
const STALL_TIMEOUT_MS = 10_000;
const COMMIT_INTERVAL_MS = 1_000;

/** Runs until `--count`, `--exit-at-end` or a signal, as `consume` does. */
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
    stallTimeoutMs: STALL_TIMEOUT_MS,
  });
  consumer.on('stalled', (stall) => say(output, describeStall(stall)));
  consumer.on('commitFailed', ({ error }) => say(output, `tidelog: a commit failed: ${error.message}`));
  consumer.on('coordinatorUnavailable', ({ error }) =>
    say(output, `tidelog: the coordinator of the group does not answer: ${error.message}; still trying`),
  );
  const member = new PrintingMember(consumer, { options, output, signal, ends });
  try {
    await member.print();
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  const isBounded = options.count !== undefined || options.exitAtEnd === true;
  if (signal.aborted && isBounded && !member.isDone) {
    throw new Interrupted(`${counted(member.recordCount, 'record')} printed`);
  }
}

async function endOffsets(
  tidelog: ReturnType<typeof connect>,
  topic: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, number>> {
  const ranges = await listRanges(tidelog, topic, { start: { kind: 'end' }, partition: undefined, signal });
  return new Map(ranges.map(({ partition, endOffset }) => [partition, endOffset]));
}

interface MemberOptions {
  readonly options: ConsumeGroupOptions;
  readonly output: Output;
  readonly signal: AbortSignal;
  /** By partition, where each ended at the start; with `--exit-at-end` only. */
  readonly ends: ReadonlyMap<number, number> | undefined;
}

class PrintingMember {
  recordCount = 0;
  isDone = false;
  readonly #consumer: Consumer;
  readonly #options: MemberOptions;
  readonly #sink: ByteSink = new ByteSink();
  readonly #done = new AbortController();
  readonly #countLimit: number;

  constructor(consumer: Consumer, options: MemberOptions) {
    this.#consumer = consumer;
    this.#options = options;
    this.#countLimit = options.options.count ?? Infinity;
    // What a member is given later has an end to reach too.
    if (options.ends !== undefined) consumer.on('partitionsAssigned', () => void this.#checkEnds());
  }

  async print(): Promise<void> {
    const signal = AbortSignal.any([this.#options.signal, this.#done.signal]);
    for await (const batch of this.#consumer.batches({ signal })) {
      const last = await this.#printBatch(batch);
      if (this.isDone) {
        // The loop ends within this batch, which is then not committed by itself.
        await this.#consumer.commit([{ ...last, offset: last.offset }]);
        return;
      }
      if (this.#options.ends !== undefined) void this.#checkEnds(last);
    }
  }

  /** Prints a batch, or as much as `--count` leaves; returns where the partition is to go on. */
  async #printBatch(batch: ConsumerBatch): Promise<TopicPartition & { readonly offset: number }> {
    const { output, options, signal } = this.#options;
    const { topic, partition } = batch;
    const writeRecord = output.json ? writeJsonLine : (options.format ?? writeValueLine);
    let offset = batch.lastOffset + 1;
    for (const record of batch) {
      writeRecord(this.#sink, record);
      this.recordCount++;
      if (this.#sink.length >= WRITE_BYTES) await write(output.stdout, this.#sink.take(), { signal });
      if (this.recordCount < this.#countLimit) continue;
      offset = record.offset + 1;
      this.isDone = true;
      break;
    }
    if (this.#sink.length > 0) await write(output.stdout, this.#sink.take(), { signal });
    return { topic, partition, offset };
  }

  /** Ends the loop when everything that this member owns is at the end that it had at the start. */
  async #checkEnds(last?: TopicPartition & { readonly offset: number }): Promise<void> {
    const { ends, signal } = this.#options;
    try {
      // Resolves when every partition knows where it is.
      await this.#consumer.connect({ signal });
      const owned = this.#consumer.assignment();
      const isBehind = owned.some((at) => {
        const isLast = last?.partition === at.partition && last.topic === at.topic;
        const position = isLast ? last.offset : (this.#consumer.position(at) ?? -1);
        return position < (ends?.get(at.partition) ?? 0);
      });
      if (owned.length === 0 || isBehind) return;
      this.isDone = true;
      this.#done.abort();
    } catch {
      // The loop fails with the same error, or the consumer is being closed.
    }
  }
}
