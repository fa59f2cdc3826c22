/**
 * Halves a batch that the broker refused as too large though each record alone may pass.
 */
import { BatchBuilder, RecordBatch } from '@tidelog/record';
import { ProducerBatch, type CompressionSettings } from './producer-batch.ts';

/**
 * Two batches with the records of a built one, in order; `nextId` numbers them. The batch holds two records at
 * least. Decompresses and compresses on this thread: the rare path.
 */
export function splitBatch(
  batch: ProducerBatch,
  settings: CompressionSettings,
  nextId: () => number,
): ProducerBatch[] {
  const source = RecordBatch.read(batch.bytes as Buffer);
  source.decompressSync();
  const middle = Math.ceil(batch.recordCount / 2);
  const parts = [
    { start: 0, end: middle },
    { start: middle, end: batch.recordCount },
  ].map(({ start, end }) => {
    const { topic, partition, createdAtMs, attempts } = batch;
    const builder = new BatchBuilder();
    const part = new ProducerBatch({ id: nextId(), topic, partition, builder, createdAtMs });
    part.deliveries = batch.deliveries.slice(start, end);
    part.recordCount = end - start;
    part.attempts = attempts;
    return part;
  });
  let index = 0;
  for (const record of source) {
    const part = (index++ < middle ? parts[0] : parts[1]) as ProducerBatch;
    part.sizeBytes = part.builder.append(record.timestampMs, record.key, record.value, record.headers);
  }
  if (settings.compression !== 'none') {
    for (const part of parts) part.bytes = part.builder.buildSync(settings);
  }
  return parts;
}
