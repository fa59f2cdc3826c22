/**
 * Randomness as the client sees it (jitter, choice of a broker, sticky partitions), so that tests and a
 * simulator can seed it.
 */
import { randomInt } from 'node:crypto';

export interface Random {
  /** A whole number from 0 to `bound` − 1; `bound` is 1 … 2^31. */
  below(bound: number): number;
}

/** The operating system's generator. */
export const systemRandom: Random = {
  below: (bound) => (bound <= 1 ? 0 : randomInt(bound)),
};
