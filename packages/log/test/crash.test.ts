import { describe, expect, test } from 'vitest';
import { runSeed } from './crash-sim.ts';

/** More by `node --conditions=@tidelog/source packages/log/test/crash-sim.ts --seeds 0..99999`. */
const SEED_COUNT = 400;

describe('after a crash at any sync or write', () => {
  test(
    `the log is a prefix that holds every durable record (${SEED_COUNT} seeds)`,
    { timeout: 60_000 },
    async () => {
      const seen = { cut: 0, quarantined: 0, batches: 0 };
      for (let seed = 0; seed < SEED_COUNT; seed++) {
        const result = await runSeed(seed).catch((error: unknown) => {
          throw new Error(`seed ${seed}: replay with crash-sim.ts --seeds ${seed}..${seed} --verbose`, {
            cause: error,
          });
        });
        seen.batches += result.recoveredBatches;
        if (result.wasCut) seen.cut += 1;
        if (result.isQuarantined) seen.quarantined += 1;
      }
      // The crashes do find something to recover and something to cut off.
      expect(seen.batches).toBeGreaterThan(SEED_COUNT * 5);
      expect(seen.cut).toBeGreaterThan(SEED_COUNT / 50);
      expect(seen.quarantined).toBeLessThan(SEED_COUNT / 100);
    },
  );
});

test(
  `a compacted log holds the last record of each key (${SEED_COUNT} seeds)`,
  { timeout: 60_000 },
  async () => {
    let batches = 0;
    for (let seed = 0; seed < SEED_COUNT; seed++) {
      const result = await runSeed(seed, { isCompacted: true }).catch((error: unknown) => {
        throw new Error(
          `seed ${seed}: replay with crash-sim.ts --seeds ${seed}..${seed} --compact --verbose`,
          {
            cause: error,
          },
        );
      });
      batches += result.recoveredBatches;
    }
    expect(batches).toBeGreaterThan(SEED_COUNT * 3);
  },
);

describe('seeds that failed once', () => {
  test.each([
    [553, 'a new segment outlived the name of the one before it'],
    [783, 'a snapshot outlived the removal of its side file'],
    [1522, 'a trusted snapshot was being rewritten'],
    [1900, 'the second oldest segment was gone and the oldest was not'],
    [2296, 'the checkpoint named a recovery point below the first segment'],
  ])('%i: %s', async (seed) => {
    await runSeed(seed);
  });

  test.each([[2308, 'batches of a producer were compacted away that only an older snapshot told of']])(
    '%i, compacted: %s',
    async (seed) => {
      await runSeed(seed, { isCompacted: true });
    },
  );
});
