/**
 * The whole producer against a model broker on a network that loses answers, breaks connections, delivers late and
 * out of order, and a broker that refuses at random: every record is stored at most once and in order, and what
 * was acknowledged is stored where the acknowledgement says.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ErrorCode } from '@tidelog/record/errors';
import { FakeCluster, type HookVerdict } from '../../test/fake-broker.ts';
import { FakeNetwork } from '../../test/fake-network.ts';
import { ManualClock } from '../../test/manual-clock.ts';
import { PickedSchedule } from '../../test/picked-schedule.ts';
import { seededRandom } from '../../test/seeded-random.ts';
import type { Random } from '../random.ts';
import { Tidelog } from '../tidelog.ts';
import type { Producer } from './producer.ts';

const PARTITION_COUNT = 2;
const TURNS = 3;

type Outcome = { readonly offset: number } | { readonly code: string } | undefined;

interface Sent {
  readonly value: string;
  readonly partition: number;
  outcome: Outcome;
}

class Run {
  readonly sent: Sent[] = [];
  readonly cluster: FakeCluster;
  readonly tidelog: Tidelog;
  readonly producer: Producer;
  readonly clock = new ManualClock();
  readonly #network: FakeNetwork;
  readonly #schedule = new PickedSchedule();
  readonly #faults: Random;
  #isFaulty = true;

  constructor(seed: number) {
    this.#faults = seededRandom(seed);
    this.#network = new FakeNetwork(this.#schedule.schedule);
    this.cluster = new FakeCluster(this.#network, [1, 2]);
    const topic = this.cluster.createTopic('t', PARTITION_COUNT);
    topic.leaderIds = [1, 2];
    this.cluster.onRequest = (api) =>
      api === 'PRODUCE' && this.#isFaulty ? this.#requestFault() : undefined;
    this.cluster.onProduce = ({ records }) => {
      if (records.includes('poison')) return { code: 'INVALID_RECORD' };
      return this.#isFaulty ? this.#produceFault() : undefined;
    };
    this.tidelog = new Tidelog({
      brokers: this.cluster.addresses,
      network: this.#network,
      clock: this.clock,
      random: seededRandom(seed),
      requestTimeoutMs: 600,
    });
    this.producer = this.tidelog.producer({ lingerMs: 0, batchSizeBytes: 150, deliveryTimeoutMs: 1_500 });
  }

  async act({ kind, pick }: { readonly kind: string; readonly pick: number }): Promise<void> {
    if (kind === 'enqueue') for (let count = 0; count <= pick % 6; count++) this.#enqueue(pick);
    if (kind === 'deliver') for (let count = 0; count < 4; count++) await this.#deliver(pick + count);
    if (kind === 'disconnect') this.#network.disconnect(this.cluster.addresses[pick % 2]);
    if (kind === 'move') {
      const topic = this.cluster.topics.get('t');
      if (topic !== undefined) this.cluster.moveLeader(topic, pick % PARTITION_COUNT, 1 + ((pick >> 1) % 2));
    }
    if (kind === 'wait') await this.clock.advance(40 * (1 + (pick % 20)), TURNS);
    await settle();
  }

  /** No more faults: everything that is under way arrives, and one more record of each partition is stored. */
  async heal(): Promise<void> {
    this.#isFaulty = false;
    await this.#flush();
    for (let partition = 0; partition < PARTITION_COUNT; partition++) this.#enqueue(1_000 + partition);
    await this.#flush();
    for (const { outcome } of this.sent.slice(-PARTITION_COUNT)) expect(outcome).toHaveProperty('offset');
  }

  async #flush(): Promise<void> {
    let isFlushed = false;
    const flushed = this.producer.flush().finally(() => (isFlushed = true));
    for (let round = 0; round < 2_000 && !isFlushed; round++) {
      if (this.#schedule.isBusy) await this.#deliver(0);
      else await this.clock.advance(20, TURNS);
    }
    expect(isFlushed).toBe(true);
    await flushed;
  }

  #enqueue(pick: number): void {
    const partition = pick % PARTITION_COUNT;
    const name = pick % 29 === 7 ? 'poison' : 'record';
    const sent: Sent = {
      value: `${name}-${this.sent.length}`.padEnd(30, '.'),
      partition,
      outcome: undefined,
    };
    this.sent.push(sent);
    this.producer.enqueue('t', { value: sent.value, partition }, (error, metadata) => {
      expect(sent.outcome).toBeUndefined();
      sent.outcome = error === undefined ? { offset: metadata?.offset ?? -1 } : { code: error.code };
    });
  }

  async #deliver(pick: number): Promise<void> {
    this.#schedule.deliver(pick);
    await settle();
  }

  #requestFault(): HookVerdict | undefined {
    const dice = this.#faults.below(100);
    if (dice < 6) return 'drop';
    if (dice < 12) return 'disconnect';
    return dice < 18 ? 'handle-then-disconnect' : undefined;
  }

  #produceFault(): { readonly code: ErrorCode; readonly isAppended?: boolean } | undefined {
    const dice = this.#faults.below(100);
    if (dice < 6) return { code: 'NOT_ENOUGH_REPLICAS' };
    if (dice < 12) return { code: 'NOT_ENOUGH_REPLICAS_AFTER_APPEND', isAppended: true };
    if (dice < 14) return { code: 'REQUEST_TIMED_OUT' };
    return dice < 16 ? { code: 'KAFKA_STORAGE_ERROR', isAppended: true } : undefined;
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) await new Promise((resolve) => setImmediate(resolve));
}

function check(run: Run): void {
  for (let partition = 0; partition < PARTITION_COUNT; partition++) {
    const stored = run.cluster.log('t', partition).values();
    const ofPartition = run.sent.filter((sent) => sent.partition === partition);
    expect(new Set(stored).size).toBe(stored.length);
    const known = new Set(stored);
    expect(stored).toEqual(ofPartition.map(({ value }) => value).filter((value) => known.has(value)));
    for (const { value, outcome } of ofPartition) {
      if (outcome === undefined) throw new Error(`${value} was never settled`);
      if ('offset' in outcome)
        expect(stored[outcome.offset] ?? stored.find((other) => other === value)).toBe(value);
      else if (outcome.code === 'INVALID_RECORD') expect(known.has(value)).toBe(false);
      else expect(outcome.code).toMatch(/^(DELIVERY_TIMEOUT|OUT_OF_ORDER_SEQUENCE_NUMBER)$/);
    }
  }
}

test(
  'records are stored at most once and in order, and acknowledgements tell the truth',
  { timeout: 60_000 },
  async () => {
    const action = fc.record({
      kind: fc.oneof(
        { weight: 6, arbitrary: fc.constant('enqueue') },
        { weight: 12, arbitrary: fc.constant('deliver') },
        { weight: 1, arbitrary: fc.constant('disconnect') },
        { weight: 1, arbitrary: fc.constant('move') },
        { weight: 3, arbitrary: fc.constant('wait') },
      ),
      pick: fc.nat({ max: 200 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.array(action, { minLength: 20, maxLength: 80 }),
        async (seed, actions) => {
          const run = new Run(seed);
          for (const each of actions) await run.act(each);
          await run.heal();
          check(run);
          await run.tidelog.close({ signal: AbortSignal.abort() }).catch(() => undefined);
        },
      ),
      { numRuns: 150 },
    );
  },
);
