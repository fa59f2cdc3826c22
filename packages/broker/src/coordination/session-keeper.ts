/**
 * Keeps a broker's session alive: renews the lease three times per lease, until it is ended or is found to be over.
 *
 * A session that is over is only reported: the epochs fence what the broker does from then on.
 */
import type { Clock, Logger, Timer } from '@tidelog/log';
import type { BrokerSession } from './coordination.ts';

const RENEWALS_PER_LEASE = 3;

export class SessionKeeper {
  readonly #session: BrokerSession;
  readonly #clock: Clock;
  readonly #logger: Logger;
  #timer: Timer | undefined;
  #isEnded = false;

  constructor({ session, clock, logger }: { session: BrokerSession; clock: Clock; logger: Logger }) {
    this.#session = session;
    this.#clock = clock;
    this.#logger = logger;
    this.#wait();
  }

  /** Ends the session. Idempotent. */
  async end(): Promise<void> {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#timer?.cancel();
    await this.#session.end();
  }

  #wait(): void {
    this.#timer = this.#clock.setTimer(this.#session.leaseMs / RENEWALS_PER_LEASE, () => void this.#renew());
  }

  async #renew(): Promise<void> {
    const { brokerId, brokerEpoch } = this.#session;
    try {
      if (!(await this.#session.renew())) {
        this.#logger.error({ brokerId, brokerEpoch }, 'the session of this broker is over; start it again');
        return;
      }
    } catch (error) {
      this.#logger.warn({ err: error, brokerId }, 'the session could not be renewed; trying again');
    }
    if (!this.#isEnded) this.#wait();
  }
}
