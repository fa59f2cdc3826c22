/**
 * What a partition remembers of each idempotent producer: its epoch and its last five batches, so that a retried
 * batch is acknowledged instead of appended again, and a gap in the sequence is refused (KIP-98, KIP-360).
 *
 * Sequence numbers count records per producer and partition from 0 to 2^31 − 1 and go on at 0. An entry changes
 * only when a batch was written: `check` asks, `apply` records. Entries are immutable objects, so a draft over
 * the state (`ProducerDraft`) can plan several batches of a producer ahead of one write and be dropped when the
 * write fails.
 *
 * Invariants: the batches of an entry are all of its epoch, rise in offset, and follow each other without a gap in
 * sequence; at most `maxProducers` entries, of which the longest idle is forgotten first.
 *
 * Verdicts, for a batch with a producer id:
 * - unknown producer: sequence 0 appends; else UNKNOWN_PRODUCER_ID, since what came before was forgotten or lost.
 * - older epoch: INVALID_PRODUCER_EPOCH. Newer epoch: sequence 0 appends, else OUT_OF_ORDER_SEQUENCE_NUMBER.
 * - same epoch: the next sequence appends; one of the last five batches is a duplicate and gets its old offsets;
 *   an older one is DUPLICATE_SEQUENCE_NUMBER; anything else OUT_OF_ORDER_SEQUENCE_NUMBER.
 */
import type { BatchHeader } from '@tidelog/record';

/** The largest sequence number; 0 follows it. */
export const MAX_SEQUENCE = 2147483647;
/** How many batches are remembered per producer, as Kafka has it: clients keep at most five in flight. */
export const REMEMBERED_BATCH_COUNT = 5;
const SEQUENCE_COUNT = MAX_SEQUENCE + 1;

/** One appended batch of a producer. */
export interface RememberedBatch {
  readonly firstSequence: number;
  readonly lastSequence: number;
  readonly baseOffset: number;
  readonly lastOffset: number;
  /** Milliseconds since the Unix epoch, or −1. */
  readonly maxTimestampMs: number;
}

export interface ProducerEntry {
  readonly producerId: number;
  readonly producerEpoch: number;
  /** Oldest first; empty after a transaction marker of a new epoch. */
  readonly batches: readonly RememberedBatch[];
  /** Max timestamp of the last batch: the producer's clock. Kafka's snapshot holds it. */
  readonly lastTimestampMs: number;
  /** When this log last appended for the producer, by its own clock: what expiry goes by. */
  readonly lastSeenMs: number;
  /** Epoch of the transaction coordinator that wrote the last marker; −1: none. */
  readonly coordinatorEpoch: number;
  /** First offset of the open transaction; −1: none. */
  readonly currentTransactionFirstOffset: number;
}

/** The fields of a batch that the checks need; a `BatchHeader` has them. */
export type SequencedBatch = Pick<
  BatchHeader,
  | 'producerId'
  | 'producerEpoch'
  | 'baseSequence'
  | 'lastOffsetDelta'
  | 'maxTimestampMs'
  | 'isTransactional'
  | 'isControl'
>;

export type SequenceVerdict =
  | { readonly kind: 'append' }
  | { readonly kind: 'duplicate'; readonly original: RememberedBatch }
  | {
      readonly kind: 'reject';
      readonly code:
        | 'UNKNOWN_PRODUCER_ID'
        | 'INVALID_PRODUCER_EPOCH'
        | 'OUT_OF_ORDER_SEQUENCE_NUMBER'
        | 'DUPLICATE_SEQUENCE_NUMBER';
      readonly reason: string;
    };

const APPEND: SequenceVerdict = { kind: 'append' };

/** The sequence number `byCount` after `sequence`. */
export function sequenceAfter(sequence: number, byCount: number): number {
  return (sequence + byCount) % SEQUENCE_COUNT;
}

/** Of two sequence numbers less than half the range apart, whether the first is the older or both are equal. */
function isAtOrBefore(sequence: number, other: number): boolean {
  return (other - sequence + SEQUENCE_COUNT) % SEQUENCE_COUNT < SEQUENCE_COUNT / 2;
}

/** Judges a batch against what is known of its producer. A batch without a producer id, or a marker, appends. */
export function checkSequence(entry: ProducerEntry | undefined, batch: SequencedBatch): SequenceVerdict {
  if (batch.producerId < 0 || batch.isControl) return APPEND;
  const { producerId, producerEpoch, baseSequence } = batch;
  const who = `producer ${producerId} epoch ${producerEpoch}`;
  if (entry === undefined) {
    if (baseSequence === 0) return APPEND;
    return reject(
      'UNKNOWN_PRODUCER_ID',
      `${who} sent sequence ${baseSequence}, but nothing of it is known here`,
    );
  }
  if (producerEpoch < entry.producerEpoch) {
    return reject('INVALID_PRODUCER_EPOCH', `${who} is fenced by epoch ${entry.producerEpoch}`);
  }
  const last = producerEpoch === entry.producerEpoch ? entry.batches.at(-1) : undefined;
  const expected = last === undefined ? 0 : sequenceAfter(last.lastSequence, 1);
  if (baseSequence === expected) return APPEND;
  if (last !== undefined) {
    const lastSequence = sequenceAfter(baseSequence, batch.lastOffsetDelta);
    const original = entry.batches.find(
      (known) => known.firstSequence === baseSequence && known.lastSequence === lastSequence,
    );
    if (original !== undefined) return { kind: 'duplicate', original };
    if (isAtOrBefore(lastSequence, last.lastSequence) && isAtOrBefore(baseSequence, lastSequence)) {
      return reject(
        'DUPLICATE_SEQUENCE_NUMBER',
        `${who} sent sequences ${baseSequence} to ${lastSequence} again; the last one appended is ${last.lastSequence}`,
      );
    }
  }
  return reject('OUT_OF_ORDER_SEQUENCE_NUMBER', `${who} sent sequence ${baseSequence}; ${expected} is next`);
}

function reject(
  code: Extract<SequenceVerdict, { kind: 'reject' }>['code'],
  reason: string,
): Extract<SequenceVerdict, { kind: 'reject' }> {
  return { kind: 'reject', code, reason };
}

/** The entry after a batch that starts at `baseOffset` was appended at `nowMs`. */
export function entryAfter(
  entry: ProducerEntry | undefined,
  batch: SequencedBatch,
  appended: { readonly baseOffset: number; readonly nowMs: number },
): ProducerEntry {
  const isSameEpoch = entry !== undefined && entry.producerEpoch === batch.producerEpoch;
  const known = isSameEpoch ? entry.batches : [];
  const open = entry?.currentTransactionFirstOffset ?? -1;
  return {
    producerId: batch.producerId,
    producerEpoch: batch.producerEpoch,
    batches: batch.isControl ? known : remember(known, batch, appended.baseOffset),
    lastTimestampMs: batch.maxTimestampMs,
    lastSeenMs: appended.nowMs,
    coordinatorEpoch: entry?.coordinatorEpoch ?? -1,
    currentTransactionFirstOffset: batch.isControl
      ? -1
      : open < 0 && batch.isTransactional
        ? appended.baseOffset
        : open,
  };
}

function remember(
  known: readonly RememberedBatch[],
  batch: SequencedBatch,
  baseOffset: number,
): RememberedBatch[] {
  const batches = known.length < REMEMBERED_BATCH_COUNT ? known.slice() : known.slice(1);
  batches.push({
    firstSequence: batch.baseSequence,
    lastSequence: sequenceAfter(batch.baseSequence, batch.lastOffsetDelta),
    baseOffset,
    lastOffset: baseOffset + batch.lastOffsetDelta,
    maxTimestampMs: batch.maxTimestampMs,
  });
  return batches;
}

/** Where the entry of a producer is found: a state, or a draft over one. */
export interface ProducerView {
  get(producerId: number): ProducerEntry | undefined;
}

/** Most producers that one partition remembers unless told otherwise. */
export const DEFAULT_MAX_PRODUCERS = 100_000;

export class ProducerState implements ProducerView {
  /** Longest idle first: an entry moves to the end when it changes. */
  readonly #entries = new Map<number, ProducerEntry>();
  readonly #maxProducers: number;

  constructor(options: { readonly maxProducers?: number } = {}) {
    this.#maxProducers = options.maxProducers ?? DEFAULT_MAX_PRODUCERS;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(producerId: number): ProducerEntry | undefined {
    return this.#entries.get(producerId);
  }

  entries(): IterableIterator<ProducerEntry> {
    return this.#entries.values();
  }

  /** Records a batch that was written; on replay, one that is in the log. One without a producer id changes nothing. */
  apply(batch: SequencedBatch, appended: { readonly baseOffset: number; readonly nowMs: number }): void {
    if (batch.producerId < 0) return;
    this.put(entryAfter(this.#entries.get(batch.producerId), batch, appended));
  }

  /** Sets an entry, as a snapshot or a draft has it. */
  put(entry: ProducerEntry): void {
    this.#entries.delete(entry.producerId);
    this.#entries.set(entry.producerId, entry);
    if (this.#entries.size > this.#maxProducers) this.#forgetLongestIdle();
  }

  clear(): void {
    this.#entries.clear();
  }

  /** Forgets producers without an open transaction that have been idle for `expirationMs`; returns how many. */
  expire(nowMs: number, expirationMs: number): number {
    let expiredCount = 0;
    for (const entry of this.#entries.values()) {
      if (entry.currentTransactionFirstOffset >= 0 || nowMs - entry.lastSeenMs < expirationMs) continue;
      this.#entries.delete(entry.producerId);
      expiredCount += 1;
    }
    return expiredCount;
  }

  #forgetLongestIdle(): void {
    for (const entry of this.#entries.values()) {
      if (entry.currentTransactionFirstOffset >= 0) continue;
      this.#entries.delete(entry.producerId);
      return;
    }
  }
}

/** Planned batches over a state or another draft. Dropping it leaves what lies below as it was. */
export class ProducerDraft implements ProducerView {
  readonly #below: ProducerView;
  readonly #changed = new Map<number, ProducerEntry>();

  constructor(below: ProducerView) {
    this.#below = below;
  }

  get(producerId: number): ProducerEntry | undefined {
    return this.#changed.get(producerId) ?? this.#below.get(producerId);
  }

  check(batch: SequencedBatch): SequenceVerdict {
    return checkSequence(this.get(batch.producerId), batch);
  }

  /** As `ProducerState.apply`, in the draft. */
  apply(batch: SequencedBatch, appended: { readonly baseOffset: number; readonly nowMs: number }): void {
    if (batch.producerId < 0) return;
    this.#changed.set(batch.producerId, entryAfter(this.get(batch.producerId), batch, appended));
  }

  /** Puts what was drafted into the state, once the batches are written. */
  commitTo(state: ProducerState): void {
    for (const entry of this.#changed.values()) state.put(entry);
    this.#changed.clear();
  }
}
