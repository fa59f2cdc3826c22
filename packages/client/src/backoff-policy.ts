/**
 * How long to wait before the next try: exponential, with jitter, so that many clients that lost a broker at
 * the same moment do not come back at the same moment (KIP-580).
 */
import type { Random } from './random.ts';

export interface BackoffLimits {
  /** The wait after the first failure. */
  readonly initialMs: number;
  /** The longest wait, jitter included. */
  readonly maxMs: number;
}

/** Jitter spreads a wait over ±20 %, as Kafka's clients do. */
const JITTER_PERCENT = 20;

/**
 * The wait in milliseconds after `failures` failures in a row (1 … n): `initialMs` doubled for each further
 * one, ±20 %, never above `maxMs`. 0 failures: no wait.
 */
export function backoffMs(failures: number, limits: BackoffLimits, random: Random): number {
  if (failures <= 0) return 0;
  const doublings = Math.min(failures - 1, 30);
  const plainMs = Math.min(limits.maxMs, limits.initialMs * 2 ** doublings);
  const percent = 100 - JITTER_PERCENT + random.below(2 * JITTER_PERCENT + 1);
  return Math.min(limits.maxMs, (plainMs * percent) / 100);
}
