/**
 * What a scenario is, and what it works with.
 */
import { Driver } from './driver.ts';
import type { Client } from './clients.ts';
import type { OtherDoor } from './other-door.ts';

export interface Scenario {
  /** Its row in the table. */
  readonly title: string;
  /** Rejects when the client or the broker did not do as it should, or the client cannot. */
  readonly run: (stage: Stage) => Promise<void>;
}

export interface StageOptions {
  readonly client: Client;
  /** The broker's Kafka listener. */
  readonly broker: string;
  /** The same broker by its own protocol. */
  readonly other: OtherDoor;
  /** The client's first driver, open already. */
  readonly driver: Driver;
  /** Unique in the run. */
  readonly prefix: string;
}

/** Where a scenario plays: names of its own, and drivers, of which those it adds end with it. */
export class Stage {
  readonly broker: string;
  readonly other: OtherDoor;
  readonly driver: Driver;
  readonly topic: string;
  readonly groupId: string;
  readonly #client: Client;
  readonly #added: Driver[] = [];

  constructor({ client, broker, other, driver, prefix }: StageOptions) {
    this.#client = client;
    this.broker = broker;
    this.other = other;
    this.driver = driver;
    this.topic = `${prefix}-topic`;
    this.groupId = `${prefix}-group`;
  }

  /** One more process of the client. */
  async addDriver(): Promise<Driver> {
    const driver = new Driver(this.#client.command);
    this.#added.push(driver);
    await driver.call('open', { broker: this.broker });
    return driver;
  }

  async end(): Promise<void> {
    await Promise.all(this.#added.map((driver) => driver.stop()));
  }
}

const POLL_MS = 50;
const PATIENCE_MS = 25_000;

/** Asks again until `isEnough`; rejects with the last answer when that takes too long. */
export async function until<T>(
  what: string,
  ask: () => Promise<T>,
  isEnough: (answer: T) => boolean,
): Promise<T> {
  const deadlineMs = performance.now() + PATIENCE_MS;
  for (;;) {
    const answer = await ask();
    if (isEnough(answer)) return answer;
    if (performance.now() > deadlineMs) {
      throw new Error(`${what} did not come within ${PATIENCE_MS} ms: ${JSON.stringify(answer)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
