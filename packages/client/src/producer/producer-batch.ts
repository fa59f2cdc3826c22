/**
 * One batch of one partition on its way from the first record to its acknowledgement.
 *
 * States: open (records are added) → sealed → built (its bytes are final but for the producer's number) → settled
 * (stored or failed; told once). An uncompressed batch is built when it is sent, a compressed one ahead of that,
 * off the main thread.
 */
import { patchProducer, type BatchBuilder } from '@tidelog/record';
import type { TidelogError } from '@tidelog/record/errors';
import type { CompressionType } from '@tidelog/record/compression';
import { Deliveries } from './deliveries.ts';
import type { ProducerIdentity } from './in-flight-state.ts';

export interface CompressionSettings {
  readonly compression: CompressionType;
  readonly compressionLevel: number | undefined;
}

export class ProducerBatch {
  /** Unique within the producer, rising. */
  readonly id: number;
  readonly topic: string;
  readonly partition: number;
  readonly builder: BatchBuilder;
  /** When the first record came, on the monotonic clock. */
  readonly createdAtMs: number;
  /** Uncompressed, header included. */
  sizeBytes = 0;
  recordCount = 0;
  deliveries: Deliveries = new Deliveries();
  /** Linger is over or somebody flushes: an open batch may go. */
  isDue = false;
  isSettled = false;
  /** How often it was put on the wire. */
  attempts = 0;
  lastError: TidelogError | undefined;
  /** Set once built. */
  bytes: Buffer | undefined;
  isCompressing = false;
  /** The number that `bytes` carry. */
  #number: { readonly identity: ProducerIdentity; readonly baseSequence: number } | undefined;

  constructor(place: {
    readonly id: number;
    readonly topic: string;
    readonly partition: number;
    readonly builder: BatchBuilder;
    readonly createdAtMs: number;
  }) {
    this.id = place.id;
    this.topic = place.topic;
    this.partition = place.partition;
    this.builder = place.builder;
    this.createdAtMs = place.createdAtMs;
  }

  /** Compresses; `bytes` are set when it resolves. Rejects with what the codec throws. */
  async compress(settings: CompressionSettings): Promise<void> {
    this.isCompressing = true;
    try {
      this.bytes = await this.builder.build(settings);
    } finally {
      this.isCompressing = false;
    }
  }

  /** The bytes to send under a producer's number (−1 throughout: none). */
  bytesFor(identity: ProducerIdentity, baseSequence: number): Buffer {
    const known = this.#number;
    this.#number = { identity, baseSequence };
    if (this.bytes === undefined) {
      this.bytes = this.builder.buildSync({ ...identity, baseSequence });
    } else if (
      known?.identity.producerId !== identity.producerId ||
      known.identity.producerEpoch !== identity.producerEpoch ||
      known.baseSequence !== baseSequence
    ) {
      patchProducer(this.bytes, 0, { ...identity, baseSequence });
    }
    return this.bytes;
  }
}
