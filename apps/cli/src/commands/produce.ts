/**
 * `tidelog produce`: one record per line. Reading stops while the producer's buffer is full; when the broker goes
 * away, sending goes on once it is back, within the delivery timeout.
 */
import type { CompressionType } from '@tidelog/record/compression';
import type { TidelogError } from '@tidelog/record/errors';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { connect, type BrokerOptions } from '../connect.ts';
import { interruptSignal } from '../interrupt.ts';
import { LineSplitter } from '../line-splitter.ts';
import { printResult, say, type Output } from '../output.ts';
import { startProgress } from '../progress.ts';

export interface ProduceOptions extends BrokerOptions {
  file?: string;
  keySeparator?: Buffer;
  partition?: number;
  acks: 'all' | 0 | 1;
  compression: CompressionType;
  idempotence: boolean;
  lingerMs?: number;
  batchSizeBytes?: number;
  deliveryTimeoutMs?: number;
}

const READ_CHUNK_BYTES = 1024 * 1024;
const MAX_LINE_BYTES = 64 * 1024 * 1024;
const SHOWN_FAILURES = 5;

/** A line as a record: split at the first separator, or all value without one. */
export function lineToMessage(
  line: Buffer,
  separator: Buffer | undefined,
): { key: Buffer | null; value: Buffer } {
  const at = separator === undefined ? -1 : line.indexOf(separator);
  if (separator === undefined || at < 0) return { key: null, value: line };
  return { key: line.subarray(0, at), value: line.subarray(at + separator.length) };
}

async function openInput(
  file: string | undefined,
): Promise<{ stream: Readable; sizeBytes: number | undefined }> {
  if (file === undefined) return { stream: process.stdin, sizeBytes: undefined };
  const info = await stat(file);
  if (info.isDirectory()) throw new Error(`${file} is a directory; --file takes a text file.`);
  const stream = createReadStream(file, { highWaterMark: READ_CHUNK_BYTES });
  return { stream, sizeBytes: info.isFile() ? info.size : undefined };
}

/** Throws when the input cannot be read, when a record could not be delivered, or when it was interrupted. */
export async function produce(topic: string, options: ProduceOptions, output: Output): Promise<void> {
  const input = await openInput(options.file);
  using interrupt = interruptSignal();
  await using tidelog = connect(options);
  const producer = tidelog.producer({
    acks: options.acks,
    compression: options.compression,
    idempotence: options.idempotence && options.acks === 'all',
    ...(options.lingerMs === undefined ? {} : { lingerMs: options.lingerMs }),
    ...(options.batchSizeBytes === undefined ? {} : { batchSizeBytes: options.batchSizeBytes }),
    ...(options.deliveryTimeoutMs === undefined ? {} : { deliveryTimeoutMs: options.deliveryTimeoutMs }),
  });
  const progress = await startProgress(output, { label: topic, total: input.sizeBytes });
  const startedMs = performance.now();
  let records = 0;
  let readBytes = 0;
  let failed = 0;
  const onDelivery = (error: TidelogError | undefined): void => {
    if (error === undefined) return;
    failed++;
    if (failed <= SHOWN_FAILURES) say(output, `tidelog: not delivered: ${error.code}: ${error.message}`);
  };
  const splitter = new LineSplitter(MAX_LINE_BYTES);
  const enqueue = async (lines: Iterable<Buffer>): Promise<void> => {
    for (const line of lines) {
      const message = lineToMessage(line, options.keySeparator);
      const hasRoom = producer.enqueue(
        topic,
        options.partition === undefined ? message : { ...message, partition: options.partition },
        onDelivery,
      );
      records++;
      if (!hasRoom) await producer.drained();
      if (interrupt.signal.aborted) return;
    }
  };
  try {
    for await (const chunk of input.stream as AsyncIterable<Buffer>) {
      readBytes += chunk.length;
      await enqueue(splitter.push(chunk));
      progress.update(readBytes, records);
      if (interrupt.signal.aborted || failed > 0) break;
    }
    if (!interrupt.signal.aborted && failed === 0) await enqueue(splitter.end());
    await producer.flush();
  } finally {
    progress.stop();
    input.stream.destroy();
    await producer.close().catch(() => undefined);
  }
  const elapsedMs = performance.now() - startedMs;
  await printResult(output, {
    json: { topic, records, failed, bytes: readBytes, elapsedMs: Math.round(elapsedMs) },
    text: `Produced ${records - failed} records to ${topic} in ${(elapsedMs / 1000).toFixed(2)} s.`,
  });
  if (failed > 0) throw new Error(`${failed} of ${records} records were not delivered`);
  if (interrupt.signal.aborted)
    throw new Error(`interrupted after ${records} records; what was read is delivered`);
}
