/**
 * `tidelog produce`: one record per line. Reading stops while the producer's buffer is full; when the broker goes
 * away, sending goes on once it is back, within the delivery timeout.
 *
 * Whatever ends the reading (the end, a signal, a line that is too long, a record that could not be delivered):
 * what was read before it is delivered first, and the result says how much that is.
 */
import type { Producer, ProducerOptions, Tidelog } from '@tidelog/client';
import { TidelogError } from '@tidelog/record/errors';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { connect, findTopic, requirePartition, type BrokerOptions } from '../connect.ts';
import { Interrupted, interruptSignal } from '../interrupt.ts';
import { LineSplitter } from '../line-splitter.ts';
import { counted, printResult, say, warn, type Output } from '../output.ts';
import { maxMessageBytesOf, producerSettings, type ProducerFlags } from '../producer-settings.ts';
import { startProgress, type Progress } from '../progress.ts';

export interface ProduceOptions extends BrokerOptions, ProducerFlags {
  readonly file?: string;
  readonly keySeparator?: Buffer;
  readonly partition?: number;
}

const READ_CHUNK_BYTES = 1024 * 1024;
/** No topic takes more. */
const MAX_LINE_BYTES = 104_857_600;

interface Input {
  readonly stream: Readable;
  readonly name: string;
  readonly sizeBytes: number | undefined;
}

/** What was read so far. */
interface Read {
  records: number;
  bytes: number;
  /** Records without a key though `--key-separator` was given, because their line has none. */
  withoutKey: number;
}

/** A line as a record: split at the first separator, or all value without one. */
export function lineToMessage(
  line: Buffer,
  separator: Buffer | undefined,
): { key: Buffer | null; value: Buffer } {
  const at = separator === undefined ? -1 : line.indexOf(separator);
  if (separator === undefined || at < 0) return { key: null, value: line };
  return { key: line.subarray(0, at), value: line.subarray(at + separator.length) };
}

/** Throws when the input cannot be read, when a record could not be delivered, or when it was interrupted. */
export async function produce(topic: string, options: ProduceOptions, output: Output): Promise<void> {
  const input = await openInput(options.file, output);
  using interrupt = interruptSignal();
  await using tidelog = connect(options);
  const settings = await settingsFor(tidelog, topic, { options, output, signal: interrupt.signal });
  const producer = tidelog.producer(settings);
  const failures = new DeliveryFailures(producer);
  const stop = AbortSignal.any([interrupt.signal, failures.signal]);
  const progress = await startProgress(output, { label: topic, total: input.sizeBytes });
  const startedMs = performance.now();
  const read: Read = { records: 0, bytes: 0, withoutKey: 0 };
  let readError: unknown;
  try {
    await sendLines(input, { topic, options, producer, stop, progress, read });
  } catch (error) {
    readError = describeReadError(error, { input, topic, line: read.records + 1, output });
  }
  if (interrupt.signal.aborted)
    say(output, 'tidelog: delivering what was read; Ctrl-C again to leave at once');
  // Its failures are counted already.
  await producer.flush().catch(() => undefined);
  progress.stop();
  const elapsedMs = performance.now() - startedMs;
  const delivered = read.records - failures.recordCount;
  await printResult(output, {
    json: {
      topic,
      records: read.records,
      failed: failures.recordCount,
      bytes: read.bytes,
      ...(options.keySeparator === undefined ? {} : { withoutKey: read.withoutKey }),
      elapsedMs: Math.round(elapsedMs),
    },
    text: `Produced ${counted(delivered, 'record')} to ${topic} in ${(elapsedMs / 1000).toFixed(2)} s.`,
  });
  if (read.withoutKey > 0) {
    warn(
      output,
      `${counted(read.withoutKey, 'line')} had no --key-separator and became records without a key`,
    );
  }
  if (failures.first !== undefined) throw failures.asError(read.records);
  if (readError !== undefined) throw readError;
  if (interrupt.signal.aborted) throw new Interrupted(`${counted(delivered, 'record')} read and delivered`);
}

async function openInput(file: string | undefined, output: Output): Promise<Input> {
  if (file === undefined) {
    if (process.stdin.isTTY) say(output, 'tidelog: every line becomes a record; Ctrl-D ends');
    return { stream: process.stdin, name: 'standard input', sizeBytes: undefined };
  }
  const info = await stat(file).catch((error: unknown) => {
    throw unreadable(file, error);
  });
  if (info.isDirectory()) throw new Error(`--file: ${file} is a directory; give a file of lines`);
  const stream = createReadStream(file, { highWaterMark: READ_CHUNK_BYTES });
  return { stream, name: file, sizeBytes: info.isFile() ? info.size : undefined };
}

function unreadable(name: string, error: unknown): Error {
  const { code, message } = error as NodeJS.ErrnoException;
  const reason =
    code === 'ENOENT' ? 'there is no such file' : code === 'EACCES' ? 'this user may not read it' : message;
  return new Error(`--file: cannot read ${name}: ${reason}`, { cause: error });
}

async function settingsFor(
  tidelog: Tidelog,
  topic: string,
  request: { options: ProduceOptions; output: Output; signal: AbortSignal },
): Promise<ProducerOptions> {
  const { options, signal } = request;
  requirePartition(await findTopic(tidelog, topic, request), options.partition);
  return producerSettings(options, await maxMessageBytesOf(tidelog, topic, signal));
}

/** Reads until the end or until `stop`; counts in `read`. Throws for what cannot be read or taken as a record. */
async function sendLines(
  input: Input,
  to: {
    topic: string;
    options: ProduceOptions;
    producer: Producer;
    stop: AbortSignal;
    progress: Progress;
    read: Read;
  },
): Promise<void> {
  const { topic, options, producer, stop, progress, read } = to;
  const { partition, keySeparator } = options;
  const splitter = new LineSplitter(MAX_LINE_BYTES);
  const send = async (lines: Iterable<Buffer>): Promise<void> => {
    for (const line of lines) {
      const message = lineToMessage(line, keySeparator);
      const hasRoom = producer.enqueue(topic, partition === undefined ? message : { ...message, partition });
      read.records++;
      if (keySeparator !== undefined && message.key === null) read.withoutKey++;
      if (!hasRoom) await drainedOrStopped(producer, stop);
      if (stop.aborted) return;
    }
  };
  // A read that waits for input would not notice the signal.
  const endReading = (): void => void input.stream.destroy();
  stop.addEventListener('abort', endReading);
  if (stop.aborted) endReading();
  try {
    for await (const chunk of input.stream as AsyncIterable<Buffer>) {
      read.bytes += chunk.length;
      await send(splitter.push(chunk));
      progress.update(read.bytes, read.records);
      if (stop.aborted) return;
    }
    await send(splitter.end());
  } catch (error) {
    // A stream that is destroyed while it is read ends with an error.
    if (!stop.aborted) throw error;
  } finally {
    stop.removeEventListener('abort', endReading);
    input.stream.destroy();
  }
}

function drainedOrStopped(producer: Producer, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      stop.removeEventListener('abort', done);
      resolve();
    };
    stop.addEventListener('abort', done);
    producer.drained().then(done, done);
  });
}

function describeReadError(
  error: unknown,
  o: { input: Input; topic: string; line: number; output: Output },
): unknown {
  const { input, topic, line, output } = o;
  if (error instanceof TidelogError && error.code === 'MESSAGE_TOO_LARGE') {
    return new TidelogError(
      'MESSAGE_TOO_LARGE',
      `line ${line} of ${input.name} makes a record that is larger than topic ${JSON.stringify(topic)} takes; ` +
        `shorten it, or raise the limit: ${output.program} topic alter ${topic} --config max.message.bytes=N`,
      { topic, cause: error },
    );
  }
  if (error instanceof RangeError) return new Error(`line ${line} of ${input.name}: ${error.message}`);
  return error instanceof TidelogError ? error : unreadable(input.name, error);
}

/** Counts the records that could not be delivered, and aborts `signal` at the first. */
class DeliveryFailures {
  recordCount = 0;
  first: TidelogError | undefined;
  readonly #stop = new AbortController();

  constructor(producer: Producer) {
    producer.on('deliveryFailed', ({ error, recordCount }) => {
      this.recordCount += recordCount;
      this.first ??= error;
      this.#stop.abort();
    });
  }

  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** The first failure, with how many records of those that were read failed. */
  asError(readCount: number): TidelogError {
    const { code, message } = this.first as TidelogError;
    return new TidelogError(
      code,
      `${this.recordCount} of ${counted(readCount, 'record')} not delivered; the first failure: ${message}`,
      { cause: this.first },
    );
  }
}
