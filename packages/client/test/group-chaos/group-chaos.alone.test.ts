/**
 * Three members on twelve partitions under steady producing: one is killed, one stopped for longer than its session,
 * a fourth added, the killed one started again; order and times by the seed. Longer runs: chaos-run.ts.
 */
import { expect, test } from 'vitest';
import { runGroupChaos } from './chaos-run.ts';
import { describeReport } from './check-group-history.ts';

/** Another one: `TIDELOG_CHAOS_SEED=7`. */
const seed = Number(process.env['TIDELOG_CHAOS_SEED'] ?? 1);

test.each(['program', 'auto'] as const)(
  'a group of processes (commits: %s) skips nothing, repeats only what was not committed, and partitions that stay go on',
  { timeout: 120_000 },
  async (commits) => {
    const { report, log } = await runGroupChaos({ seed, commits });
    expect(report.violations, `seed ${seed}: ${describeReport(report)}`).toEqual([]);
    expect(report.figures.acknowledgedRecords).toBeGreaterThan(2000);
    expect(log.filter(({ type }) => type === 'offsetCommit').length).toBeGreaterThan(100);
    expect(log.filter(({ type }) => type === 'currentAssignment').length).toBeGreaterThan(10);
    expect(report.figures.takeOversMs.length).toBe(2);
    expect(report.figures.handOvers).toBeGreaterThan(0);
  },
);
