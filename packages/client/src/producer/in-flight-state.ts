/**
 * The batches of one partition that were sent and are not settled yet: what may be sent next, under which
 * sequence number, and what may be sent again without doubling a record. Pure: events in, effects out.
 *
 * A batch: (send) → in flight → settled, when it was appended; in flight → waiting, when it was refused for now
 * or nothing was heard; waiting → (resend) → in flight. It is *lost* once its records were failed: a gap in the
 * sequence then stands in its place until it is known that the gap does not matter.
 *
 * A batch is *ambiguous* while some attempt was sent whose outcome is not known: it may be in the log already,
 * or a copy may still reach the broker. The broker appends sequence numbers of one producer epoch only without a
 * gap (KIP-98), so an ambiguous batch may be sent again under the same number any time, but under another number
 * only when an earlier batch of the epoch is known never to be appended.
 *
 * Invariants of an idempotent partition:
 * - After any failure nothing is sent until every batch in flight has been answered; then the unsettled ones go
 *   again, oldest first: the order of records never changes.
 * - A new epoch starts with sequence 0, and its first batch goes alone until it is acknowledged.
 * - A batch gets a new number only with a new epoch and only if that cannot double it. One that is ambiguous and
 *   behind a gap is failed instead (`possibly-doubled`).
 * - At most `maxInFlight` (5 at most: what a broker remembers) batches were sent since the oldest unsettled one.
 */

/** The largest sequence number; 0 follows it. */
export const MAX_SEQUENCE = 0x7fffffff;
/** The largest producer epoch (int16). */
export const MAX_PRODUCER_EPOCH = 0x7fff;

export interface ProducerIdentity {
  readonly producerId: number;
  readonly producerEpoch: number;
}

interface SentBatch {
  readonly id: number;
  readonly recordCount: number;
  phase: 'in-flight' | 'waiting' | 'lost';
  isAmbiguous: boolean;
  /** Its records were failed as expired while it was in flight; only the outcome matters now. */
  isExpired: boolean;
  /** Undefined: it gets a number when it is sent next. */
  number: { readonly identity: ProducerIdentity; readonly baseSequence: number } | undefined;
  /** Counts first sends of the partition. */
  readonly ordinal: number;
}

export interface InFlightState {
  readonly isIdempotent: boolean;
  readonly maxInFlight: number;
  /** Oldest first. */
  batches: SentBatch[];
  inFlightCount: number;
  /** Something failed: wait until all in flight are answered. */
  isHalted: boolean;
  /** The broker said that the batch after the gap at the head cannot follow: the gap is real. */
  isGapConfirmed: boolean;
  /** The partition is another log than the one that ambiguous batches were sent to. */
  isLogReplaced: boolean;
  /** Undefined: not known yet, or used up. */
  identity: ProducerIdentity | undefined;
  nextSequence: number;
  /** A batch of this epoch was acknowledged. */
  isEpochProven: boolean;
  nextOrdinal: number;
}

export type InFlightEvent =
  /** A producer id to use from now on. */
  | { readonly kind: 'identity'; readonly identity: ProducerIdentity }
  /** A new batch goes out; `nextSend` must have said `new`. */
  | { readonly kind: 'send'; readonly id: number; readonly recordCount: number }
  /** The oldest waiting batch goes out again; `nextSend` must have said `again`. */
  | { readonly kind: 'resend' }
  /** The broker has it, from this attempt or an earlier one. */
  | { readonly kind: 'appended'; readonly id: number }
  /** The broker said no. `isKnownAbsent`: this attempt certainly did not append it. */
  | {
      readonly kind: 'refused';
      readonly id: number;
      readonly isRetriable: boolean;
      readonly isKnownAbsent: boolean;
    }
  /** The broker said that a batch before this one is missing. */
  | { readonly kind: 'out-of-sequence'; readonly id: number }
  /** The connection broke or the answer did not come in time. */
  | { readonly kind: 'unanswered'; readonly id: number }
  /** The broker said that the batch is too large: it goes on as several, which share its sequence numbers. */
  | {
      readonly kind: 'split';
      readonly id: number;
      readonly parts: readonly { readonly id: number; readonly recordCount: number }[];
    }
  /** The time for the delivery of a sent batch is over. */
  | { readonly kind: 'expired'; readonly id: number }
  /** The topic was deleted and created again: the partition is an empty log. */
  | { readonly kind: 'log-replaced' };

export type InFlightEffect =
  /** Put the batch on the wire under this number; −1 throughout when not idempotent. */
  | {
      readonly kind: 'write';
      readonly id: number;
      readonly identity: ProducerIdentity;
      readonly baseSequence: number;
    }
  /** Tell the records' owners that they are stored. */
  | { readonly kind: 'acknowledge'; readonly id: number }
  /** Tell the records' owners that they failed. */
  | {
      readonly kind: 'fail';
      readonly id: number;
      readonly reason: 'refused' | 'expired' | 'possibly-doubled';
    }
  /** A new epoch began for the partition. */
  | { readonly kind: 'new-epoch'; readonly producerEpoch: number }
  /** The epochs of this producer id are used up: get another one and send it as `identity`. */
  | { readonly kind: 'request-identity'; readonly usedUpProducerId: number };

export const NO_IDENTITY: ProducerIdentity = { producerId: -1, producerEpoch: -1 };

export function newInFlightState(options: {
  readonly isIdempotent: boolean;
  readonly maxInFlight: number;
}): InFlightState {
  return {
    ...options,
    batches: [],
    inFlightCount: 0,
    isHalted: false,
    isGapConfirmed: false,
    isLogReplaced: false,
    identity: undefined,
    nextSequence: 0,
    isEpochProven: false,
    nextOrdinal: 0,
  };
}

/** The sequence number `recordCount` records after `sequence`. */
export function sequenceAfter(sequence: number, recordCount: number): number {
  const sum = sequence + recordCount;
  return sum > MAX_SEQUENCE ? sum - MAX_SEQUENCE - 1 : sum;
}

/** What may be sent now: a `new` batch, the oldest waiting one `again`, or nothing. */
export function nextSend(state: InFlightState): 'new' | 'again' | 'nothing' {
  if (state.isHalted || (state.isIdempotent && state.identity === undefined)) return 'nothing';
  const limit = state.isIdempotent && !state.isEpochProven ? 1 : state.maxInFlight;
  if (state.inFlightCount >= limit) return 'nothing';
  const gap = state.batches.find((batch) => batch.phase === 'lost');
  const waiting = state.batches.find((batch) => batch.phase === 'waiting');
  if (waiting === undefined) {
    if (gap !== undefined) return 'nothing';
    const oldest = state.batches[0];
    return oldest === undefined || state.nextOrdinal - oldest.ordinal < state.maxInFlight ? 'new' : 'nothing';
  }
  if (gap === undefined || state.batches.indexOf(waiting) < state.batches.indexOf(gap)) return 'again';
  // Behind a gap of unknown outcome, an ambiguous batch under its old number finds out whether the gap is real.
  return gap.isAmbiguous && waiting.isAmbiguous ? 'again' : 'nothing';
}

/** The batch that `resend` would send. */
export function nextResendId(state: InFlightState): number | undefined {
  return state.batches.find((batch) => batch.phase === 'waiting')?.id;
}

/** Applies one event; the caller carries out the effects in order. */
export function step(state: InFlightState, event: InFlightEvent): InFlightEffect[] {
  const effects: InFlightEffect[] = [];
  apply(state, event, effects);
  if (state.inFlightCount === 0) {
    state.isHalted = false;
    closeGap(state, effects);
  }
  return effects;
}

function apply(state: InFlightState, event: InFlightEvent, effects: InFlightEffect[]): void {
  switch (event.kind) {
    case 'identity':
      state.identity = event.identity;
      state.nextSequence = 0;
      state.isEpochProven = false;
      return;
    case 'send':
      sendNew(state, event, effects);
      return;
    case 'resend': {
      const batch = state.batches.find(({ phase }) => phase === 'waiting');
      if (batch !== undefined) write(state, batch, effects);
      return;
    }
    case 'appended':
      appended(state, event.id, effects);
      return;
    case 'refused':
      refused(state, event, effects);
      return;
    case 'out-of-sequence':
      outOfSequence(state, event.id);
      return;
    case 'unanswered': {
      const batch = land(state, event.id);
      if (batch !== undefined) batch.isAmbiguous = true;
      return;
    }
    case 'split':
      split(state, event.id, event.parts);
      return;
    case 'expired':
      expired(state, event.id, effects);
      return;
    case 'log-replaced':
      state.isLogReplaced = state.batches.length > 0 || state.identity !== undefined;
      return;
  }
}

function sendNew(
  state: InFlightState,
  { id, recordCount }: { readonly id: number; readonly recordCount: number },
  effects: InFlightEffect[],
): void {
  const batch: SentBatch = {
    id,
    recordCount,
    phase: 'waiting',
    isAmbiguous: false,
    isExpired: false,
    number: undefined,
    ordinal: state.nextOrdinal++,
  };
  state.batches.push(batch);
  write(state, batch, effects);
}

function write(state: InFlightState, batch: SentBatch, effects: InFlightEffect[]): void {
  if (batch.number === undefined) {
    batch.number = { identity: state.identity ?? NO_IDENTITY, baseSequence: -1 };
    if (state.isIdempotent) {
      batch.number = { ...batch.number, baseSequence: state.nextSequence };
      state.nextSequence = sequenceAfter(state.nextSequence, batch.recordCount);
    }
  }
  batch.phase = 'in-flight';
  state.inFlightCount += 1;
  effects.push({ kind: 'write', id: batch.id, ...batch.number });
}

function appended(state: InFlightState, id: number, effects: InFlightEffect[]): void {
  const index = state.batches.findIndex((batch) => batch.id === id);
  const batch = state.batches[index];
  if (batch?.phase !== 'in-flight') return;
  state.inFlightCount -= 1;
  state.isEpochProven = true;
  // What was lost before it was appended after all: there is no gap there.
  state.batches = state.batches.filter(
    (other, position) => position > index || (position < index && other.phase !== 'lost'),
  );
  if (!batch.isExpired) effects.push({ kind: 'acknowledge', id });
}

/** An attempt ended without success: the batch waits, or is lost when nobody waits for it any more. */
function land(state: InFlightState, id: number): SentBatch | undefined {
  const batch = state.batches.find((candidate) => candidate.id === id);
  if (batch?.phase !== 'in-flight') return undefined;
  state.inFlightCount -= 1;
  state.isHalted = true;
  batch.phase = batch.isExpired ? 'lost' : 'waiting';
  return batch;
}

function refused(
  state: InFlightState,
  event: Extract<InFlightEvent, { kind: 'refused' }>,
  effects: InFlightEffect[],
): void {
  const batch = land(state, event.id);
  if (batch === undefined) return;
  if (!event.isKnownAbsent) batch.isAmbiguous = true;
  if (event.isRetriable || batch.phase === 'lost') return;
  batch.phase = 'lost';
  effects.push({ kind: 'fail', id: batch.id, reason: 'refused' });
}

function outOfSequence(state: InFlightState, id: number): void {
  const batch = land(state, id);
  if (batch === undefined) return;
  const before = state.batches.slice(0, state.batches.indexOf(batch));
  // With an unsettled batch before it this was to be expected; without one the log lacks what it had, or a gap is real.
  if (before.every(({ phase }) => phase === 'lost')) state.isGapConfirmed = true;
}

function split(
  state: InFlightState,
  id: number,
  parts: readonly { readonly id: number; readonly recordCount: number }[],
): void {
  const batch = land(state, id);
  if (batch?.phase !== 'waiting') return;
  const { number, ordinal, isAmbiguous } = batch;
  let baseSequence = number?.baseSequence ?? -1;
  const replacements = parts.map((part): SentBatch => {
    const partNumber = number === undefined ? undefined : { ...number, baseSequence };
    if (state.isIdempotent) baseSequence = sequenceAfter(baseSequence, part.recordCount);
    return { ...part, phase: 'waiting', isAmbiguous, isExpired: false, number: partNumber, ordinal };
  });
  state.batches.splice(state.batches.indexOf(batch), 1, ...replacements);
}

function expired(state: InFlightState, id: number, effects: InFlightEffect[]): void {
  const batch = state.batches.find((candidate) => candidate.id === id);
  if (batch === undefined || batch.phase === 'lost' || batch.isExpired) return;
  if (batch.phase === 'in-flight') batch.isExpired = true;
  else batch.phase = 'lost';
  effects.push({ kind: 'fail', id, reason: 'expired' });
}

/** With nothing in flight: begins a new epoch when a gap stands at the head and nothing is left to find out. */
function closeGap(state: InFlightState, effects: InFlightEffect[]): void {
  if (!state.isIdempotent) {
    state.batches = state.batches.filter(({ phase }) => phase !== 'lost');
    state.isLogReplaced = false;
    return;
  }
  const head = state.batches[0];
  const isCertain = state.isGapConfirmed || state.isLogReplaced;
  if (!isCertain) {
    if (head?.phase !== 'lost') return;
    const waiting = state.batches.find(({ phase }) => phase === 'waiting');
    if (head.isAmbiguous && waiting?.isAmbiguous === true) return;
  }
  renumber(state, effects);
  beginEpoch(state, effects);
}

/** Keeps, without a number, every batch that another number cannot double; fails the rest. */
function renumber(state: InFlightState, effects: InFlightEffect[]): void {
  // True once a batch is known never to be appended under its old number: then none behind it can be either.
  let isChainBroken = state.isLogReplaced;
  const kept: SentBatch[] = [];
  for (const batch of state.batches) {
    if (!batch.isAmbiguous) isChainBroken = true;
    if (batch.phase === 'lost') continue;
    if (!isChainBroken) {
      effects.push({ kind: 'fail', id: batch.id, reason: 'possibly-doubled' });
      continue;
    }
    batch.isAmbiguous = false;
    batch.number = undefined;
    kept.push(batch);
  }
  state.batches = kept;
}

function beginEpoch(state: InFlightState, effects: InFlightEffect[]): void {
  state.isGapConfirmed = false;
  state.isLogReplaced = false;
  state.isEpochProven = false;
  state.nextSequence = 0;
  const { identity } = state;
  if (identity === undefined) return;
  if (identity.producerEpoch >= MAX_PRODUCER_EPOCH) {
    state.identity = undefined;
    effects.push({ kind: 'request-identity', usedUpProducerId: identity.producerId });
    return;
  }
  state.identity = { ...identity, producerEpoch: identity.producerEpoch + 1 };
  effects.push({ kind: 'new-epoch', producerEpoch: state.identity.producerEpoch });
}
