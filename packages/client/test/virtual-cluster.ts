/**
 * The real broker and real clients in one process, on one clock that a test moves by hand, a disk in memory and a
 * network without sockets: hours pass in milliseconds.
 */
import type { StartBrokerOptions } from '@tidelog/broker';
import { ConnectionTable } from '../../broker/src/listeners/connection-table.ts';
import { startNativeListener } from '../../broker/src/listeners/native/native-listener.ts';
import type { AdvertisedAddress } from '../../broker/src/broker-core.ts';
import { MemoryBroker } from '../../broker/test/memory-broker.ts';
import { Tidelog } from '../src/index.ts';
import { ManualClock } from './manual-clock.ts';
import { MemoryLink, type ClientMachine } from './memory-link.ts';
import { seededRandom } from './seeded-random.ts';

/** The listener that the clients use; the broker's own, on a real port, is used by nobody. */
const LISTENER = 'memory';
const ADDRESS = { host: 'broker.memory', port: 7650 };

/** A client program on a machine of its own. */
export interface VirtualClient {
  readonly tidelog: Tidelog;
  readonly machine: ClientMachine;
}

export class VirtualCluster implements AsyncDisposable {
  readonly clock: ManualClock;
  readonly broker: MemoryBroker;
  readonly #link: MemoryLink;
  readonly #clients: VirtualClient[] = [];

  private constructor(broker: MemoryBroker, clock: ManualClock, link: MemoryLink) {
    this.broker = broker;
    this.clock = clock;
    this.#link = link;
  }

  static async start(options: StartBrokerOptions = {}): Promise<VirtualCluster> {
    const clock = new ManualClock();
    const broker = await MemoryBroker.start({ durability: 'page-cache', ...options, environment: { clock } });
    const link = new MemoryLink();
    const { core, router } = broker.launched;
    const table = new ConnectionTable({ limits: core.options, clock, logger: core.logger });
    const metrics = core.metrics.listener(LISTENER);
    await startNativeListener({ name: LISTENER, ...ADDRESS, table, router, metrics, network: link });
    (core.advertised as Map<string, AdvertisedAddress>).set(LISTENER, ADDRESS);
    return new VirtualCluster(broker, clock, link);
  }

  client(clientId: string): VirtualClient {
    const machine = this.#link.machine();
    const tidelog = new Tidelog({
      brokers: [`${ADDRESS.host}:${ADDRESS.port}`],
      clientId,
      clock: this.clock,
      network: machine,
      random: seededRandom(this.#clients.length + 1),
    });
    const client = { tidelog, machine };
    this.#clients.push(client);
    return client;
  }

  /** Moves the time on, in steps, until the condition holds. Fails when it does not within `limitMs`. */
  async advanceUntil(
    condition: () => boolean,
    { limitMs, stepMs = 100 }: { limitMs: number; stepMs?: number },
  ): Promise<void> {
    const endMs = this.clock.monotonicMs() + limitMs;
    while (!condition()) {
      if (this.clock.monotonicMs() >= endMs) throw new Error(`not within ${limitMs} ms of virtual time`);
      await this.clock.advance(stepMs);
    }
  }

  /** The outcome of work that needs virtual time to pass. */
  async timely<T>(work: Promise<T>, options: { limitMs: number; stepMs?: number }): Promise<T> {
    let isSettled = false;
    const settle = (): void => {
      isSettled = true;
    };
    work.then(settle, settle);
    await this.advanceUntil(() => isSettled, options);
    return work;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#link.breakAll();
    for (const { tidelog } of this.#clients) {
      const closing = tidelog.close({ signal: AbortSignal.abort() }).catch(() => undefined);
      await this.timely(closing, { limitMs: 600_000, stepMs: 1000 });
    }
    await this.timely(this.broker[Symbol.asyncDispose](), { limitMs: 60_000, stepMs: 1000 });
  }
}
