/**
 * The batches of one partition in a producer, oldest first:
 *
 *   sent and not settled (in-flight-state.ts decides) | sealed, to be sent | open, being filled
 *
 * The shell around the in-flight state: it holds the batches that the state knows by id only.
 *
 * Invariant: batches leave for the first time in the order in which they were opened.
 */
import type { TopicId } from '@tidelog/protocol';
import {
  newInFlightState,
  nextResendId,
  nextSend,
  step,
  type InFlightEffect,
  type InFlightEvent,
  type InFlightState,
} from './in-flight-state.ts';
import type { ProducerBatch } from './producer-batch.ts';

/** A batch with the bytes to put on the wire. */
export interface BatchToWrite {
  readonly batch: ProducerBatch;
  readonly bytes: Buffer;
}

export class PartitionQueue {
  readonly topic: string;
  readonly partition: number;
  topicId: TopicId;
  topicIdBytes: Buffer;
  /** −1: no leader. */
  leaderId = -1;
  /** Being filled; undefined when there is none. */
  open: ProducerBatch | undefined;
  /** Full or closed for other reasons; oldest first. */
  sealed: ProducerBatch[] = [];
  /** Retries wait until then, on the monotonic clock. */
  notBeforeMs = 0;
  /** What failed in this round was split: its parts need not wait. */
  isSplit = false;
  /** Rounds of failures in a row. */
  failures = 0;
  readonly state: InFlightState;
  readonly #sent = new Map<number, ProducerBatch>();

  constructor(place: {
    readonly topic: string;
    readonly partition: number;
    readonly topicId: TopicId;
    readonly topicIdBytes: Buffer;
    readonly isIdempotent: boolean;
    readonly maxInFlight: number;
  }) {
    this.topic = place.topic;
    this.partition = place.partition;
    this.topicId = place.topicId;
    this.topicIdBytes = place.topicIdBytes;
    this.state = newInFlightState(place);
  }

  /** True when nothing waits to be sent or acknowledged. */
  get isEmpty(): boolean {
    return this.open === undefined && this.sealed.length === 0 && this.#sent.size === 0;
  }

  /** The batch that would be sent now, or undefined. */
  peek(nowMs: number): ProducerBatch | undefined {
    const next = nextSend(this.state);
    if (next === 'nothing' || nowMs < this.notBeforeMs) return undefined;
    if (next === 'again') return this.#sent.get(nextResendId(this.state) as number);
    const batch = this.sealed[0] ?? (this.open?.isDue === true ? this.open : undefined);
    return batch?.isCompressing === true ? undefined : batch;
  }

  /** Puts what `peek` returned on its way. Its records are final from here on. */
  take(batch: ProducerBatch): BatchToWrite {
    const isAgain = this.#sent.has(batch.id);
    if (!isAgain) {
      if (this.open === batch) this.open = undefined;
      else this.sealed.shift();
      this.#sent.set(batch.id, batch);
    }
    const effects = step(
      this.state,
      isAgain ? { kind: 'resend' } : { kind: 'send', id: batch.id, recordCount: batch.recordCount },
    );
    const write = effects.find((effect) => effect.kind === 'write');
    if (write === undefined) throw new Error(`batch ${batch.id} was taken though it may not be sent`);
    batch.attempts += 1;
    return { batch, bytes: batch.bytesFor(write.identity, write.baseSequence) };
  }

  /** Steps the in-flight state. */
  step(event: InFlightEvent): InFlightEffect[] {
    return step(this.state, event);
  }

  /** A batch that was sent and is not settled. */
  sentBatch(id: number): ProducerBatch | undefined {
    return this.#sent.get(id);
  }

  /** Puts the parts of a split batch in its place. */
  replaceSent(batch: ProducerBatch, parts: readonly ProducerBatch[]): void {
    this.#sent.delete(batch.id);
    for (const part of parts) this.#sent.set(part.id, part);
  }

  /** Forgets a batch that was settled or whose turn will not come. */
  forget(batch: ProducerBatch): void {
    if (this.open === batch) this.open = undefined;
    else if (!this.#sent.delete(batch.id)) this.sealed = this.sealed.filter((other) => other !== batch);
  }

  /** Forgets the batches that were settled though the in-flight state may still follow their outcome. */
  forgetSettled(): void {
    for (const [id, batch] of this.#sent) if (batch.isSettled) this.#sent.delete(id);
  }

  /** Every batch that is not settled, oldest first. */
  batches(): ProducerBatch[] {
    const unsent = this.open === undefined ? this.sealed : [...this.sealed, this.open];
    return [...this.#sent.values(), ...unsent];
  }
}
