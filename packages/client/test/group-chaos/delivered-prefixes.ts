/**
 * When a group had been given everything below an offset: what any start and any commit is measured against,
 * also when the commits themselves were made unseen.
 */
import { keyOf, type GroupEvent } from './group-history.ts';

export class DeliveredPrefixes {
  /** By partition: at offset n the place in the history at which 0 … n had all been delivered for the first time. */
  readonly #completeAt = new Map<string, number[]>();

  constructor(history: readonly GroupEvent[]) {
    const firstAt = new Map<string, number[]>();
    history.forEach((event, index) => {
      if (event.type !== 'delivered') return;
      const key = keyOf(event);
      let places = firstAt.get(key);
      if (places === undefined) firstAt.set(key, (places = []));
      places[event.offset] ??= index;
    });
    for (const [key, places] of firstAt) {
      let latest = -1;
      // Not a map: it would leave out the holes, and a hole is what matters.
      const complete = Array.from(places, (place?: number) => (latest = Math.max(latest, place ?? Infinity)));
      this.#completeAt.set(key, complete);
    }
  }

  /** Whether everything below the offset had been delivered before that place in the history. */
  isDelivered(key: string, { below, beforeIndex }: { below: number; beforeIndex: number }): boolean {
    if (below <= 0) return true;
    return (this.#completeAt.get(key)?.[below - 1] ?? Infinity) < beforeIndex;
  }
}
