/**
 * A member's way to the coordinator: requests and answers take time, requests of one connection arrive in their
 * order, and the connection breaks now and then. What is under way then is lost, and whoever waits learns it at once
 * or only when its time is up. Answers may come twice.
 */
import { TidelogError } from '@tidelog/record/errors';
import type { GroupCommandKind } from '../../../broker/src/groups/group-decision.ts';
import type { GroupRequests } from '../../../broker/src/group-requests.ts';
import type { SeededRandom } from '../group-chaos/fault-plan.ts';
import type { Reply, SimulatedCoordinator } from './simulated-coordinator.ts';
import type { VirtualSchedule } from './virtual-schedule.ts';

export interface NetworkQuality {
  /** Of a thousand requests, those that break the connection on their way there or back. */
  lossPerMille: number;
  /** Of a thousand messages, those that take up to `longDelayMs`. */
  delayPerMille: number;
  readonly shortDelayMs: number;
  readonly longDelayMs: number;
  readonly requestTimeoutMs: number;
  /** Of a thousand answers, those that come twice. */
  doublePerMille: number;
}

export class LossyConnection {
  readonly #schedule: VirtualSchedule;
  readonly #random: SeededRandom;
  readonly #quality: NetworkQuality;
  readonly #coordinator: SimulatedCoordinator;
  /** Rises when the connection is given up. */
  #generation = 0;
  #arrivesAtMs = 0;

  constructor(o: {
    schedule: VirtualSchedule;
    random: SeededRandom;
    quality: NetworkQuality;
    coordinator: SimulatedCoordinator;
  }) {
    this.#schedule = o.schedule;
    this.#random = o.random;
    this.#quality = o.quality;
    this.#coordinator = o.coordinator;
  }

  request<K extends GroupCommandKind>(kind: K, request: GroupRequests[K]['request'], reply: Reply<K>): void {
    const generation = this.#generation;
    let isSettled = false;
    const settle: Reply<K> = (outcome) => {
      if (isSettled && outcome.error !== undefined) return;
      isSettled = true;
      reply(outcome);
    };
    const giveUp = (code: 'REQUEST_TIMED_OUT' | 'NETWORK_EXCEPTION'): void => {
      if (isSettled) return;
      if (generation === this.#generation) this.#generation += 1;
      settle({ error: new TidelogError(code, 'the connection broke') });
    };
    this.#schedule.after(this.#quality.requestTimeoutMs, () => giveUp('REQUEST_TIMED_OUT'));
    if (this.#isLost()) {
      if (this.#random.below(2) === 0)
        this.#schedule.after(this.#delayMs(), () => giveUp('NETWORK_EXCEPTION'));
      return;
    }
    this.#arrivesAtMs = Math.max(this.#arrivesAtMs, this.#schedule.nowMs + this.#delayMs());
    this.#schedule.after(this.#arrivesAtMs - this.#schedule.nowMs, () => {
      // What was not read when its connection was given up is not read any more.
      if (generation !== this.#generation || !this.#coordinator.isUp) {
        giveUp('NETWORK_EXCEPTION');
        return;
      }
      this.#coordinator.request(kind, request, (outcome) => {
        if (generation !== this.#generation || this.#isLost()) return;
        this.#schedule.after(this.#delayMs(), () => settle(outcome));
        if (this.#random.below(1000) >= this.#quality.doublePerMille) return;
        this.#schedule.after(this.#quality.longDelayMs, () => settle(outcome));
      });
    });
  }

  #isLost(): boolean {
    return this.#random.below(1000) < this.#quality.lossPerMille;
  }

  #delayMs(): number {
    const { delayPerMille, shortDelayMs, longDelayMs } = this.#quality;
    return 1 + this.#random.below(this.#random.below(1000) < delayPerMille ? longDelayMs : shortDelayMs);
  }
}
