/** Randomness for tests that a seed repeats. */
import { seededRandom } from '@tidelog/log/testing';
import type { Random } from '../src/random.ts';

export function seededBytes(seed: number): Random {
  const random = seededRandom(seed);
  return { bytes: (sizeBytes) => Buffer.from(Array.from({ length: sizeBytes }, () => random.below(256))) };
}
