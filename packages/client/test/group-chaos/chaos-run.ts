/**
 * A group of processes under faults, and what the checker says about it.
 *
 * As a program, for longer than a test may take:
 *
 *   node --conditions=@tidelog/source packages/client/test/group-chaos/chaos-run.ts \
 *     --seed 7 --rounds 20 --harsh --commits auto --history /tmp/history.jsonl
 */
import { writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { GroupRecord } from '../../../broker/src/groups/group-records.ts';
import { seededRandom } from '../seeded-random.ts';
import {
  checkGroupHistory,
  describeReport,
  type GroupLimits,
  type GroupReport,
} from './check-group-history.ts';
import { faultPlan, type Fault } from './fault-plan.ts';
import type { GroupEvent } from './group-history.ts';
import { checkGroupLog } from './group-log-checks.ts';
import { GroupWorld, type GroupWorldOptions } from './group-world.ts';

export interface ChaosOptions {
  readonly seed: number;
  readonly rounds?: number;
  readonly isHarsh?: boolean;
  readonly commits?: GroupWorldOptions['commits'];
  readonly reads?: GroupWorldOptions['reads'];
  readonly sessionTimeoutMs?: number;
  readonly heartbeatIntervalMs?: number;
  /** Told what happens as it happens. */
  readonly onStep?: (step: string) => void;
}

export interface ChaosResult {
  readonly report: GroupReport;
  readonly history: readonly GroupEvent[];
  /** What the coordinator wrote about the group. */
  readonly log: readonly GroupRecord[];
}

/** What a partition that stays may stand still, in the worst case. */
const MAX_STALL_MS = 500;
/** What requests, timers and a machine that does other things may add to a take-over. */
const SLACK_MS = 1000;
const MAX_MEMBERS = 6;

/** Three members on twelve partitions under steady producing, the faults of the seed, and the end: all is read. */
export async function runGroupChaos(options: ChaosOptions): Promise<ChaosResult> {
  const { seed, rounds = 1, isHarsh = false, commits = 'program', reads = 'mixed' } = options;
  const { sessionTimeoutMs = 2500, heartbeatIntervalMs = 250 } = options;
  const random = seededRandom(seed);
  const faults = faultPlan(random, { rounds, isHarsh });
  await using world = await GroupWorld.start({
    partitionCount: 12,
    produceIntervalMs: 50,
    sessionTimeoutMs,
    heartbeatIntervalMs,
    commits,
    reads,
    patienceMs: 20_000,
  });
  const driver = new FaultDriver(world, sessionTimeoutMs, options.onStep ?? (() => undefined));
  const limits: GroupLimits = {
    sessionTimeoutMs,
    heartbeatIntervalMs,
    maxStallMs: MAX_STALL_MS,
    slackMs: SLACK_MS,
    hasUnseenCommits: commits === 'auto',
  };
  try {
    await driver.run(faults);
  } catch (thrown) {
    const report = describeReport(checkGroupHistory(world.history(), limits));
    throw new Error(`seed ${seed}: the run itself failed; up to then:\n${report}`, { cause: thrown });
  }
  const history = world.history();
  const log = await world.groupLog();
  const { violations, figures } = checkGroupHistory(history, { ...limits, endsCommitted: true });
  return { report: { violations: [...violations, ...checkGroupLog(log, history)], figures }, history, log };
}

class FaultDriver {
  readonly #world: GroupWorld;
  readonly #sessionTimeoutMs: number;
  readonly #onStep: (step: string) => void;
  readonly #killed: string[] = [];
  #stops: Promise<void>[] = [];
  #memberCount = 3;

  constructor(world: GroupWorld, sessionTimeoutMs: number, onStep: (step: string) => void) {
    this.#world = world;
    this.#sessionTimeoutMs = sessionTimeoutMs;
    this.#onStep = onStep;
  }

  async run(faults: readonly Fault[]): Promise<void> {
    const world = this.#world;
    for (let number = 1; number <= this.#memberCount; number++) world.startMember(`m${number}`);
    await this.#settle();
    for (const fault of faults) {
      this.#onStep(`${fault.kind} (running: ${world.running.join(' ')})`);
      await this.#make(fault);
      if (fault.isSettledAfter) await this.#settle();
      await world.observeCommitted();
      await delay(fault.pauseMs);
    }
    await Promise.all(this.#stops);
    await this.#settle();
    this.#onStep('drain');
    await world.drain();
  }

  async #settle(): Promise<void> {
    await this.#world.settle();
    this.#onStep('settled');
  }

  async #make({ kind, pick, beyondSessionMs }: Fault): Promise<void> {
    const world = this.#world;
    const { running } = world;
    const victim = running[pick % Math.max(1, running.length)];
    // One member stays: somebody has to take over.
    const hasOthers = running.length > 1;
    if (kind === 'add' && running.length < MAX_MEMBERS) world.startMember(`m${++this.#memberCount}`);
    if (kind === 'restart') world.startMember(this.#killed.shift() ?? `m${++this.#memberCount}`);
    if (kind === 'restartBroker') await world.restartBroker();
    if (victim === undefined || !hasOthers) return;
    if (kind === 'close') await world.close(victim);
    if (kind === 'stop') this.#stops.push(world.stopFor(victim, this.#sessionTimeoutMs + beyondSessionMs));
    if (kind === 'kill') {
      this.#killed.push(victim.split('.')[0] as string);
      await world.kill(victim);
    }
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      rounds: { type: 'string', default: '5' },
      harsh: { type: 'boolean', default: false },
      commits: { type: 'string', default: 'program' },
      reads: { type: 'string', default: 'mixed' },
      history: { type: 'string' },
    },
  });
  const { report, history } = await runGroupChaos({
    seed: Number(values.seed),
    rounds: Number(values.rounds),
    isHarsh: values.harsh,
    commits: values.commits === 'auto' ? 'auto' : 'program',
    reads: values.reads === 'run' || values.reads === 'loop' ? values.reads : 'mixed',
    onStep: (step) => console.log(`${(performance.now() / 1000).toFixed(1)} s: ${step}`),
  });
  if (values.history !== undefined) {
    writeFileSync(values.history, history.map((event) => `${JSON.stringify(event)}\n`).join(''));
  }
  console.log(describeReport(report));
  process.exitCode = report.violations.length === 0 ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
