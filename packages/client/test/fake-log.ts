/**
 * A partition in memory with a broker's rules: offsets, idempotent producers (KIP-98), whole batches on read.
 */
import type { readBatchHeader } from '@tidelog/record';
import { patchBaseOffset, RecordBatch, validateBatch } from '@tidelog/record';
import { TidelogError } from '@tidelog/record/errors';

interface StoredBatch {
  readonly bytes: Buffer;
  readonly baseOffset: number;
  readonly lastOffset: number;
  readonly maxTimestampMs: number;
}

interface ProducerEntry {
  epoch: number;
  nextSequence: number;
  batches: { baseSequence: number; recordCount: number; baseOffset: number }[];
}

export class FakeLog {
  readonly batches: StoredBatch[] = [];
  readonly #producers = new Map<number, ProducerEntry>();
  logStartOffset = 0;
  nextOffset = 0;
  maxBatchBytes = 1_048_588;

  /** Appends a batch or finds it appended; the base offset. Throws as a broker answers. */
  append(records: Buffer): number {
    const bytes = Buffer.from(records);
    if (bytes.length > this.maxBatchBytes) {
      throw new TidelogError('MESSAGE_TOO_LARGE', `a batch of ${bytes.length} bytes`);
    }
    const header = validateBatch(bytes);
    if (header.producerId >= 0) {
      const duplicate = this.#checkSequence(header);
      if (duplicate !== undefined) return duplicate;
    }
    const baseOffset = this.nextOffset;
    patchBaseOffset(bytes, 0, baseOffset);
    const lastOffset = baseOffset + header.lastOffsetDelta;
    this.batches.push({ bytes, baseOffset, lastOffset, maxTimestampMs: header.maxTimestampMs });
    this.nextOffset = lastOffset + 1;
    if (header.producerId >= 0) this.#remember(header, baseOffset);
    return baseOffset;
  }

  /** Forgets the producers, as after their expiry. */
  forgetProducers(): void {
    this.#producers.clear();
  }

  /** Whole batches from the one that holds `offset`; the first even when it is larger than `maxBytes`. */
  read(offset: number, maxBytes: number): Buffer {
    if (offset < this.logStartOffset || offset > this.nextOffset) {
      throw new TidelogError('OFFSET_OUT_OF_RANGE', `offset ${offset}`);
    }
    const parts: Buffer[] = [];
    let sizeBytes = 0;
    for (const batch of this.batches) {
      if (batch.lastOffset < offset) continue;
      if (parts.length > 0 && sizeBytes + batch.bytes.length > maxBytes) break;
      parts.push(batch.bytes);
      sizeBytes += batch.bytes.length;
    }
    return Buffer.concat(parts);
  }

  offsetForTimestamp(timestampMs: number): { offset: number; timestampMs: number } {
    if (timestampMs === -1) return { offset: this.nextOffset, timestampMs: -1 };
    if (timestampMs === -2) return { offset: this.logStartOffset, timestampMs: -1 };
    for (const record of this.records()) {
      if (record.timestampMs >= timestampMs) return record;
    }
    return { offset: -1, timestampMs: -1 };
  }

  /** Every record, decoded. */
  records(): { offset: number; timestampMs: number; key: string | null; value: string | null }[] {
    return this.batches.flatMap(({ bytes }) => {
      const batch = RecordBatch.read(bytes);
      batch.decompressSync();
      return [...batch].map((record) => record.toJSON());
    });
  }

  values(): (string | null)[] {
    return this.records().map(({ value }) => value);
  }

  #checkSequence(header: ReturnType<typeof readBatchHeader>): number | undefined {
    const { producerId, producerEpoch, baseSequence, recordCount } = header;
    const entry = this.#producers.get(producerId);
    if (entry === undefined) {
      if (baseSequence === 0) return undefined;
      throw new TidelogError('UNKNOWN_PRODUCER_ID', `sequence ${baseSequence} of an unknown producer`);
    }
    if (producerEpoch < entry.epoch) throw new TidelogError('INVALID_PRODUCER_EPOCH', 'an older epoch');
    const expected = producerEpoch === entry.epoch ? entry.nextSequence : 0;
    if (baseSequence === expected) return undefined;
    const known = entry.batches.find(
      (batch) => batch.baseSequence === baseSequence && batch.recordCount === recordCount,
    );
    if (producerEpoch === entry.epoch && known !== undefined) return known.baseOffset;
    if (producerEpoch === entry.epoch && baseSequence < entry.nextSequence) {
      throw new TidelogError('DUPLICATE_SEQUENCE_NUMBER', 'appended before');
    }
    throw new TidelogError('OUT_OF_ORDER_SEQUENCE_NUMBER', `got ${baseSequence}, expected ${expected}`);
  }

  #remember(header: ReturnType<typeof readBatchHeader>, baseOffset: number): void {
    const { producerId, producerEpoch, baseSequence, recordCount } = header;
    const old = this.#producers.get(producerId);
    const batches = old?.epoch === producerEpoch ? old.batches : [];
    this.#producers.set(producerId, {
      epoch: producerEpoch,
      nextSequence: baseSequence + recordCount,
      batches: [...batches, { baseSequence, recordCount, baseOffset }].slice(-5),
    });
  }
}
