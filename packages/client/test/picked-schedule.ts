/**
 * Deliveries that happen when a test says so, in an order that it picks: each channel (one direction of one
 * connection) keeps its order, channels do not wait for each other. So an answer can arrive before an older one
 * of another connection, and bytes of a dead connection long after those of the next.
 */
import type { Schedule } from './fake-network.ts';

export class PickedSchedule {
  readonly #channels = new Map<object, (() => void)[]>();

  readonly schedule: Schedule = (channel, deliver) => {
    const waiting = this.#channels.get(channel);
    if (waiting === undefined) this.#channels.set(channel, [deliver]);
    else waiting.push(deliver);
  };

  /** Something is under way. */
  get isBusy(): boolean {
    return this.#channels.size > 0;
  }

  /** Delivers the oldest of one channel; `pick` chooses which. */
  deliver(pick: number): void {
    const channels = [...this.#channels];
    const chosen = channels[pick % Math.max(1, channels.length)];
    if (chosen === undefined) return;
    const [channel, waiting] = chosen;
    const next = waiting.shift();
    if (waiting.length === 0) this.#channels.delete(channel);
    next?.();
  }
}
