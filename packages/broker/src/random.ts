/**
 * Where a broker's randomness comes from, so that tests and the simulator can repeat it: ids of topics, clusters
 * and metadata versions.
 */
import { randomBytes } from 'node:crypto';

export interface Random {
  /** Fresh random bytes. */
  bytes(sizeBytes: number): Buffer;
}

/** The operating system's generator. */
export const systemRandom: Random = { bytes: (sizeBytes) => randomBytes(sizeBytes) };
