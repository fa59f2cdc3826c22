/**
 * The signals that the program's calls get: one per partition and run, aborted when the partition is taken away and
 * when the run ends.
 */
import type { PartitionReader } from '../partition-reader.ts';

export class CallSignals {
  readonly #runSignal: AbortSignal;
  readonly #signals = new WeakMap<PartitionReader, AbortSignal>();

  constructor(runSignal: AbortSignal) {
    this.#runSignal = runSignal;
  }

  /** The signal for calls with records of a partition. */
  of(reader: PartitionReader): AbortSignal {
    let signal = this.#signals.get(reader);
    if (signal === undefined) {
      signal = AbortSignal.any([reader.signal, this.#runSignal]);
      this.#signals.set(reader, signal);
    }
    return signal;
  }
}

/**
 * Whether a call that threw was given up rather than failed: its partition was taken away, so that its outcome is
 * somebody else's now, or it threw because its signal aborted.
 */
export function isGivenUp(thrown: unknown, reader: PartitionReader, signal: AbortSignal): boolean {
  if (reader.signal.aborted) return true;
  if (!signal.aborted) return false;
  if (thrown === signal.reason) return true;
  return thrown instanceof Error && (thrown.name === 'AbortError' || codeOf(thrown) === 'ABORTED');
}

function codeOf(error: Error): unknown {
  return 'code' in error ? error.code : undefined;
}
