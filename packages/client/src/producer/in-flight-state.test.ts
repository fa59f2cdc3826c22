import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import {
  MAX_PRODUCER_EPOCH,
  MAX_SEQUENCE,
  newInFlightState,
  nextResendId,
  nextSend,
  sequenceAfter,
  step,
  type InFlightEffect,
  type InFlightState,
  type ProducerIdentity,
} from './in-flight-state.ts';

const IDENTITY = { producerId: 7, producerEpoch: 0 };

function idempotent(): InFlightState {
  const state = newInFlightState({ isIdempotent: true, maxInFlight: 5 });
  step(state, { kind: 'identity', identity: IDENTITY });
  return state;
}

function proven(): InFlightState {
  const state = idempotent();
  send(state, 0);
  step(state, { kind: 'appended', id: 0 });
  return state;
}

function send(state: InFlightState, ...ids: number[]): InFlightEffect[] {
  return ids.flatMap((id) => {
    expect(nextSend(state)).toBe('new');
    return step(state, { kind: 'send', id, recordCount: 10 });
  });
}

function resendAll(state: InFlightState): number[] {
  const ids: number[] = [];
  while (nextSend(state) === 'again') {
    ids.push(nextResendId(state) as number);
    step(state, { kind: 'resend' });
  }
  return ids;
}

const unanswered = (state: InFlightState, id: number): InFlightEffect[] =>
  step(state, { kind: 'unanswered', id });
const refusedForNow = (state: InFlightState, id: number): InFlightEffect[] =>
  step(state, { kind: 'refused', id, isRetriable: true, isKnownAbsent: true });

test('sequence numbers go on at 0 after the largest', () => {
  expect(sequenceAfter(MAX_SEQUENCE, 1)).toBe(0);
  expect(sequenceAfter(MAX_SEQUENCE - 4, 10)).toBe(5);
  expect(sequenceAfter(0, 10)).toBe(10);
});

test('nothing is sent before the producer id is known', () => {
  expect(nextSend(newInFlightState({ isIdempotent: true, maxInFlight: 5 }))).toBe('nothing');
  expect(nextSend(newInFlightState({ isIdempotent: false, maxInFlight: 5 }))).toBe('new');
});

test('the first batch of an epoch goes alone until it is acknowledged', () => {
  const state = idempotent();
  send(state, 1);
  expect(nextSend(state)).toBe('nothing');
  step(state, { kind: 'appended', id: 1 });
  expect(nextSend(state)).toBe('new');
});

test('batches are numbered without gaps and at most five are in flight', () => {
  const state = proven();
  const effects = send(state, 1, 2, 3, 4, 5);
  expect(effects.map((effect) => effect.kind === 'write' && effect.baseSequence)).toEqual([
    10, 20, 30, 40, 50,
  ]);
  expect(nextSend(state)).toBe('nothing');
});

test('after a broken connection everything in flight goes again, oldest first, under the same numbers', () => {
  const state = proven();
  send(state, 1, 2, 3);
  unanswered(state, 1);
  unanswered(state, 2);
  expect(nextSend(state)).toBe('nothing');
  unanswered(state, 3);
  expect(resendAll(state)).toEqual([1, 2, 3]);
  expect(state.batches.map((batch) => batch.number?.baseSequence)).toEqual([10, 20, 30]);
});

test('a refusal for now makes the batches behind it wait for it', () => {
  const state = proven();
  send(state, 1, 2);
  refusedForNow(state, 1);
  expect(step(state, { kind: 'out-of-sequence', id: 2 })).toEqual([]);
  expect(resendAll(state)).toEqual([1, 2]);
});

test('after a refusal for good the batches behind it go under a new epoch from sequence 0', () => {
  const state = proven();
  send(state, 1, 2, 3);
  expect(step(state, { kind: 'refused', id: 1, isRetriable: false, isKnownAbsent: true })).toEqual([
    { kind: 'fail', id: 1, reason: 'refused' },
  ]);
  step(state, { kind: 'out-of-sequence', id: 2 });
  expect(unanswered(state, 3)).toEqual([{ kind: 'new-epoch', producerEpoch: 1 }]);
  expect(step(state, { kind: 'resend' })).toEqual([
    { kind: 'write', id: 2, identity: { producerId: 7, producerEpoch: 1 }, baseSequence: 0 },
  ]);
  expect(nextSend(state)).toBe('nothing');
  step(state, { kind: 'appended', id: 2 });
  expect(resendAll(state)).toEqual([3]);
});

test('a batch that expired in flight and turns out appended leaves no gap', () => {
  const state = proven();
  send(state, 1, 2);
  expect(step(state, { kind: 'expired', id: 1 })).toEqual([{ kind: 'fail', id: 1, reason: 'expired' }]);
  expect(step(state, { kind: 'appended', id: 1 })).toEqual([]);
  expect(step(state, { kind: 'appended', id: 2 })).toEqual([{ kind: 'acknowledge', id: 2 }]);
  expect(state.identity?.producerEpoch).toBe(0);
});

describe('behind a batch that expired with unknown outcome', () => {
  function withGap(): InFlightState {
    const state = proven();
    send(state, 1, 2);
    unanswered(state, 1);
    unanswered(state, 2);
    step(state, { kind: 'expired', id: 1 });
    return state;
  }

  test('an ambiguous batch goes again under its old number, and an acknowledgement closes the gap', () => {
    const state = withGap();
    expect(resendAll(state)).toEqual([2]);
    expect(step(state, { kind: 'appended', id: 2 })).toEqual([{ kind: 'acknowledge', id: 2 }]);
    expect(nextSend(state)).toBe('new');
    expect(state.identity?.producerEpoch).toBe(0);
  });

  test('an ambiguous batch that the broker cannot follow with is failed, because it could be doubled', () => {
    const state = withGap();
    resendAll(state);
    expect(step(state, { kind: 'out-of-sequence', id: 2 })).toEqual([
      { kind: 'fail', id: 2, reason: 'possibly-doubled' },
      { kind: 'new-epoch', producerEpoch: 1 },
    ]);
    expect(nextSend(state)).toBe('new');
  });

  test('a batch of which no copy can be under way goes under a new epoch', () => {
    const state = proven();
    send(state, 1, 2);
    unanswered(state, 1);
    step(state, { kind: 'out-of-sequence', id: 2 });
    expect(step(state, { kind: 'expired', id: 1 })).toEqual([
      { kind: 'fail', id: 1, reason: 'expired' },
      { kind: 'new-epoch', producerEpoch: 1 },
    ]);
    expect(resendAll(state)).toEqual([2]);
  });
});

test('a broker that lost the state of the producer gets a new epoch for a batch sent once', () => {
  const state = proven();
  send(state, 1);
  expect(step(state, { kind: 'out-of-sequence', id: 1 })).toEqual([{ kind: 'new-epoch', producerEpoch: 1 }]);
  expect(resendAll(state)).toEqual([1]);
});

test('a split batch hands its sequence numbers to its parts', () => {
  const state = proven();
  send(state, 1, 2);
  step(state, {
    kind: 'split',
    id: 1,
    parts: [
      { id: 11, recordCount: 4 },
      { id: 12, recordCount: 6 },
    ],
  });
  step(state, { kind: 'out-of-sequence', id: 2 });
  expect(resendAll(state)).toEqual([11, 12, 2]);
  expect(state.batches.map((batch) => batch.number?.baseSequence)).toEqual([10, 14, 20]);
});

test('when the epochs of a producer id are used up another id is asked for', () => {
  const state = proven();
  state.identity = { producerId: 7, producerEpoch: MAX_PRODUCER_EPOCH };
  send(state, 1);
  expect(step(state, { kind: 'out-of-sequence', id: 1 })).toEqual([
    { kind: 'request-identity', usedUpProducerId: 7 },
  ]);
  expect(nextSend(state)).toBe('nothing');
  step(state, { kind: 'identity', identity: { producerId: 8, producerEpoch: 0 } });
  expect(step(state, { kind: 'resend' })).toEqual([
    { kind: 'write', id: 1, identity: { producerId: 8, producerEpoch: 0 }, baseSequence: 0 },
  ]);
});

test('a topic that was created again takes batches whose fate in the old one is unknown', () => {
  const state = proven();
  send(state, 1, 2);
  step(state, { kind: 'log-replaced' });
  unanswered(state, 1);
  expect(unanswered(state, 2)).toEqual([{ kind: 'new-epoch', producerEpoch: 1 }]);
  expect(resendAll(state)).toEqual([1]);
});

test('without idempotence a failed batch leaves no trace', () => {
  const state = newInFlightState({ isIdempotent: false, maxInFlight: 2 });
  send(state, 1, 2);
  step(state, { kind: 'refused', id: 1, isRetriable: false, isKnownAbsent: true });
  step(state, { kind: 'appended', id: 2 });
  expect(state.batches).toEqual([]);
  expect(nextSend(state)).toBe('new');
});

/** A frame on its way to the model broker. */
interface Frame {
  readonly id: number;
  readonly identity: ProducerIdentity;
  readonly baseSequence: number;
  readonly recordCount: number;
}

/** The broker's rule of KIP-98 over one partition, with connections that die while frames are still in them. */
class ModelBroker {
  readonly log: number[] = [];
  readonly poisoned = new Set<number>();
  #epoch = -1;
  #nextSequence = 0;
  #ends = new Map<string, number>();

  handle(frame: Frame): 'appended' | 'out-of-sequence' | 'too-large' {
    const { producerEpoch } = frame.identity;
    if (this.poisoned.has(frame.id)) return 'too-large';
    if (producerEpoch < this.#epoch) return 'out-of-sequence';
    const expected = producerEpoch === this.#epoch ? this.#nextSequence : 0;
    if (this.#ends.has(`${producerEpoch}:${frame.baseSequence}`)) return 'appended';
    if (frame.baseSequence !== expected) return 'out-of-sequence';
    this.#epoch = producerEpoch;
    this.#nextSequence = frame.baseSequence + frame.recordCount;
    this.#ends.set(`${producerEpoch}:${frame.baseSequence}`, this.#nextSequence);
    this.log.push(frame.id);
    return 'appended';
  }
}

type Answer = 'appended' | 'out-of-sequence' | 'too-large' | 'refused-before' | 'refused-after';

class Simulation {
  readonly broker = new ModelBroker();
  readonly acknowledged: number[] = [];
  readonly failed = new Map<number, string>();
  readonly #state = idempotent();
  readonly #live: Frame[] = [];
  /** Frames of dead connections that the broker has not read yet. */
  readonly #stale: Frame[] = [];
  readonly #answers: { id: number; answer: Answer }[] = [];
  readonly #inFlight = new Set<number>();
  #nextId = 0;

  run(action: { readonly kind: string; readonly pick: number }): void {
    const { kind, pick } = action;
    if (kind === 'burst') for (let count = 0; count < 4; count++) this.sendOne();
    if (kind === 'round-trip') {
      this.#process('process');
      this.#deliver(0);
    }
    if (kind === 'poison') this.broker.poisoned.add(this.#nextId);
    if (kind === 'send') this.sendOne();
    if (kind === 'process') this.#process('process');
    if (kind === 'refuse-before' || kind === 'refuse-after') this.#process(kind);
    if (kind === 'answer') this.#deliver(pick);
    if (kind === 'disconnect') this.#disconnect();
    if (kind === 'stale') this.#processStale();
    if (kind === 'expire') this.#expire(pick);
  }

  /** No more faults: everything is answered in order until nothing is left. */
  heal(): void {
    for (let round = 0; round < 500; round++) {
      this.#process('process');
      this.#deliver(0);
      if (nextSend(this.#state) === 'again') this.sendOne();
    }
    expect(this.#state.batches).toEqual([]);
    expect(nextSend(this.#state)).toBe('new');
  }

  sendOne(): void {
    const what = nextSend(this.#state);
    if (what === 'nothing') return;
    if (what === 'new') this.#apply({ kind: 'send', id: this.#nextId++, recordCount: 3 });
    else this.#apply({ kind: 'resend' });
  }

  #apply(event: Parameters<typeof step>[1]): void {
    for (const effect of step(this.#state, event)) {
      if (effect.kind === 'write') {
        this.#live.push({ ...effect, recordCount: 3 });
        this.#inFlight.add(effect.id);
      }
      if (effect.kind === 'acknowledge') this.acknowledged.push(effect.id);
      if (effect.kind === 'fail') this.failed.set(effect.id, effect.reason);
    }
  }

  #process(kind: string): void {
    const frame = this.#live.shift();
    if (frame === undefined) return;
    if (kind === 'refuse-before') {
      this.#answers.push({ id: frame.id, answer: 'refused-before' });
      return;
    }
    const answer = this.broker.handle(frame);
    const isMasked = kind === 'refuse-after' && answer === 'appended';
    this.#answers.push({ id: frame.id, answer: isMasked ? 'refused-after' : answer });
  }

  #processStale(): void {
    const frame = this.#stale.shift();
    if (frame !== undefined) this.broker.handle(frame);
  }

  #deliver(pick: number): void {
    if (this.#answers.length === 0) return;
    const [taken] = this.#answers.splice(pick % this.#answers.length, 1);
    const { id, answer } = taken as { id: number; answer: Answer };
    this.#inFlight.delete(id);
    if (answer === 'appended' || answer === 'out-of-sequence') this.#apply({ kind: answer, id });
    else {
      this.#apply({
        kind: 'refused',
        id,
        isRetriable: answer !== 'too-large',
        isKnownAbsent: answer !== 'refused-after',
      });
    }
  }

  #disconnect(): void {
    this.#stale.push(...this.#live.splice(0));
    this.#answers.length = 0;
    for (const id of [...this.#inFlight].sort((a, b) => a - b)) {
      this.#inFlight.delete(id);
      this.#apply({ kind: 'unanswered', id });
    }
  }

  #expire(pick: number): void {
    const { batches } = this.#state;
    const batch = batches[pick % Math.max(1, Math.min(2, batches.length))];
    if (batch !== undefined) this.#apply({ kind: 'expired', id: batch.id });
  }
}

test('whatever the network and the broker do, each batch is in the log at most once and in order', () => {
  const action = fc.record({
    kind: fc.oneof(
      { weight: 4, arbitrary: fc.constant('send') },
      { weight: 4, arbitrary: fc.constant('burst') },
      { weight: 6, arbitrary: fc.constant('round-trip') },
      { weight: 4, arbitrary: fc.constant('process') },
      { weight: 4, arbitrary: fc.constant('answer') },
      { weight: 2, arbitrary: fc.constant('refuse-before') },
      { weight: 2, arbitrary: fc.constant('refuse-after') },
      { weight: 2, arbitrary: fc.constant('disconnect') },
      { weight: 3, arbitrary: fc.constant('stale') },
      { weight: 2, arbitrary: fc.constant('expire') },
      { weight: 1, arbitrary: fc.constant('poison') },
    ),
    pick: fc.nat({ max: 4 }),
  });
  fc.assert(
    fc.property(fc.array(action, { maxLength: 60, size: 'max' }), (actions) => {
      const simulation = new Simulation();
      for (const each of actions) simulation.run(each);
      simulation.heal();
      const { log } = simulation.broker;
      expect(new Set(log).size).toBe(log.length);
      expect(log).toEqual([...log].sort((a, b) => a - b));
      for (const id of simulation.acknowledged) expect(log).toContain(id);
      for (const [id, reason] of simulation.failed) {
        expect(simulation.acknowledged).not.toContain(id);
        if (reason === 'refused') expect(log).not.toContain(id);
      }
    }),
    { numRuns: 5_000 },
  );
});
