/** Randomness that a seed repeats: for simulated crashes and tests. Not for secrets. */
export interface Random {
  /** At least 0, below 1. */
  next(): number;
  /** An integer, at least 0, below `bound`. */
  below(bound: number): number;
}

/** A generator of the mulberry32 family: 32 bits of state, a period of 2^32. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  return { next, below: (bound) => Math.floor(next() * bound) };
}
