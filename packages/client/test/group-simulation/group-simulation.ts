/**
 * A group in virtual time: the broker's coordinator and the client's membership, both as the pure machines that they
 * are, with a network that delays and breaks, members that come, go, hang and die, a coordinator that crashes, and a
 * topic that grows. All of it follows from the seed. In the end everything is healed, everything is read, and the
 * checker looks at the history.
 *
 *   node --conditions=@tidelog/source packages/client/test/group-simulation/group-simulation.ts \
 *     --seeds 0..9999 [--verbose]
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { GroupConfig } from '../../../broker/src/groups/group-decision.ts';
import { checkGroupHistory, type GroupReport } from '../group-chaos/check-group-history.ts';
import type { GroupEvent } from '../group-chaos/group-history.ts';
import type { Violation } from '../group-chaos/violation.ts';
import { seededRandom } from '../seeded-random.ts';
import type { PlantedBug } from './planted-bug.ts';
import { LossyConnection, type NetworkQuality } from './lossy-connection.ts';
import { SimulatedCoordinator } from './simulated-coordinator.ts';
import { SimulatedMember } from './simulated-member.ts';
import { VirtualSchedule } from './virtual-schedule.ts';

const SESSION_TIMEOUT_MS = 10_000;
const HEARTBEAT_INTERVAL_MS = 1_000;
const GROUP_ID = 'billing';
const TOPIC_ID = 'AAAAAAAAAAAAAAAAAAAAAQ';
const MAX_MEMBERS = 6;

const CONFIG: GroupConfig = {
  consumerSessionTimeoutMs: SESSION_TIMEOUT_MS,
  consumerHeartbeatIntervalMs: HEARTBEAT_INTERVAL_MS,
  consumerMaxSize: 1000,
  classicMinSessionTimeoutMs: 6000,
  classicMaxSessionTimeoutMs: 1_800_000,
  classicInitialRebalanceDelayMs: 3000,
  classicMaxSize: 1000,
  offsetsRetentionMs: 604_800_000,
  offsetMetadataMaxBytes: 4096,
};

export interface SimulationResult {
  readonly report: GroupReport;
  readonly history: readonly GroupEvent[];
  readonly figures: { readonly crashes: number; readonly logSize: number };
}

/** One run. A calm seed has a good network and a coordinator that stays: then times and moves are checked as well. */
export function simulateGroup(seed: number, { bug }: { bug?: PlantedBug } = {}): SimulationResult {
  const world = new SimulatedWorld(seed, bug);
  world.run();
  return world.result();
}

class SimulatedWorld {
  readonly #random;
  readonly #bug: PlantedBug | undefined;
  readonly #schedule = new VirtualSchedule();
  readonly #history: GroupEvent[] = [];
  readonly #violations: Violation[] = [];
  readonly #isCalm: boolean;
  readonly #quality: NetworkQuality;
  readonly #topic = { name: 'orders', id: TOPIC_ID, ends: [] as number[] };
  readonly #coordinator: SimulatedCoordinator;
  #members: SimulatedMember[] = [];
  #memberCount = 0;
  #crashes = 0;
  #isProducing = true;
  #lastChangeMs = 0;
  /** By partition: what was delivered to somebody, its end. */
  readonly #readTo: number[] = [];

  constructor(seed: number, bug: PlantedBug | undefined) {
    this.#bug = bug;
    this.#random = seededRandom(seed);
    this.#isCalm = this.#random.below(4) === 0;
    this.#quality = {
      lossPerMille: this.#isCalm ? 0 : this.#random.below(60),
      delayPerMille: this.#isCalm ? 0 : this.#random.below(100),
      doublePerMille: this.#isCalm ? 0 : this.#random.below(100),
      shortDelayMs: 10,
      longDelayMs: 3000,
      requestTimeoutMs: 2000,
    };
    const partitionCount = 1 + this.#random.below(12);
    this.#topic.ends = Array.from({ length: partitionCount }, () => 0);
    this.#coordinator = new SimulatedCoordinator(
      {
        schedule: this.#schedule,
        random: this.#random,
        config: CONFIG,
        topic: this.#topic,
        onViolation: (violation) => this.#violations.push(violation),
        bug,
      },
      partitionCount,
    );
  }

  run(): void {
    const random = this.#random;
    const schedule = this.#schedule;
    const startMembers = 1 + random.below(4);
    for (let count = 0; count < startMembers; count++) this.#join();
    this.#produce();
    this.#markSettled();
    const faultCount = 4 + random.below(8);
    for (let count = 0; count < faultCount; count++) {
      // Now close together, now with time to settle.
      schedule.runUntil(schedule.nowMs + random.below(random.below(2) === 0 ? 2000 : 25_000));
      this.#fault();
    }
    this.#heal();
    schedule.runUntil(schedule.nowMs + 120_000, () => this.#isSettled() && this.#isRead());
    if (!this.#isSettled() || !this.#isRead()) {
      this.#violations.push({
        rule: 'did not come to rest',
        message: `two minutes after the last fault: ${this.#describe()}`,
      });
    }
    schedule.runUntil(schedule.nowMs + 2000);
    for (const member of this.#running()) member.close();
    schedule.runUntil(schedule.nowMs + 30_000, () => this.#members.every(({ isRunning }) => !isRunning));
    this.#observe();
    schedule.runUntil(schedule.nowMs + 5000);
  }

  result(): SimulationResult {
    const limits = {
      sessionTimeoutMs: SESSION_TIMEOUT_MS,
      heartbeatIntervalMs: HEARTBEAT_INTERVAL_MS,
      maxStallMs: 500,
      slackMs: this.#isCalm ? 300 : Infinity,
      endsCommitted: true,
    };
    const report = checkGroupHistory(this.#history, limits);
    return {
      history: this.#history,
      report: { ...report, violations: [...this.#violations, ...report.violations] },
      figures: { crashes: this.#crashes, logSize: this.#coordinator.logSize },
    };
  }

  #join(): void {
    const name = `m${++this.#memberCount}`;
    const { schedule, random, quality, coordinator } = {
      schedule: this.#schedule,
      random: this.#random,
      quality: this.#quality,
      coordinator: this.#coordinator,
    };
    this.#members.push(
      new SimulatedMember({
        name,
        groupId: GROUP_ID,
        schedule,
        random,
        connection: new LossyConnection({ schedule, random, quality, coordinator }),
        topic: this.#topic,
        rebalanceTimeoutMs: 5000,
        bug: this.#bug,
        write: (event) => {
          if (event.type === 'assigned' || event.type === 'revoked' || event.type === 'lost') {
            this.#lastChangeMs = schedule.nowMs;
          }
          if (event.type === 'delivered') {
            const { partition, offset } = event;
            this.#readTo[partition] = Math.max(this.#readTo[partition] ?? 0, offset + 1);
          }
          this.#history.push({ atMs: schedule.nowMs, ...event } as GroupEvent);
        },
      }),
    );
  }

  /** Those that work and mean to go on. */
  #running(): SimulatedMember[] {
    return this.#members.filter(({ isLeaving, isStopped }) => !isLeaving && !isStopped);
  }

  #fault(): void {
    const random = this.#random;
    const running = this.#running();
    const victim = running[random.below(Math.max(1, running.length))];
    switch (random.below(this.#isCalm ? 5 : 8)) {
      case 0:
      case 1:
        if (running.length < MAX_MEMBERS) this.#join();
        return;
      case 2:
        victim?.kill();
        return;
      case 3:
        if (victim === undefined) return;
        victim.stop();
        this.#schedule.after(random.below(2 * SESSION_TIMEOUT_MS), () => {
          if (victim.isStopped) victim.continue();
        });
        return;
      case 4:
        victim?.close();
        return;
      case 5:
        this.#crashCoordinator();
        return;
      case 6:
        this.#coordinator.failAppend();
        return;
      case 7:
        this.#grow();
        return;
    }
  }

  #crashCoordinator(): void {
    if (!this.#coordinator.isUp) return;
    this.#crashes += 1;
    this.#coordinator.crash();
    this.#schedule.after(50 + this.#random.below(8000), () => {
      if (!this.#coordinator.isUp) this.#coordinator.load();
    });
  }

  #grow(): void {
    if (!this.#coordinator.isUp) return;
    this.#topic.ends.push(0);
    this.#coordinator.grow(this.#topic.ends.length);
  }

  /** One record for each partition, every now and then. */
  #produce(): void {
    if (!this.#isProducing) return;
    const { name, ends } = this.#topic;
    ends.forEach((offset, partition) => {
      const atMs = this.#schedule.nowMs;
      const value = `${partition}:${offset}`;
      this.#history.push({ type: 'acknowledged', atMs, topic: name, partition, offset, value });
      ends[partition] = offset + 1;
    });
    this.#schedule.after(100 + this.#random.below(200), () => this.#produce());
  }

  #heal(): void {
    if (!this.#coordinator.isUp) this.#coordinator.load();
    this.#quality.lossPerMille = 0;
    this.#quality.delayPerMille = 0;
    for (const member of this.#members) if (member.isRunning && member.isStopped) member.continue();
    if (this.#running().length === 0) this.#join();
    this.#schedule.after(15_000, () => {
      this.#isProducing = false;
    });
  }

  #isSettled(): boolean {
    if (this.#schedule.nowMs - this.#lastChangeMs <= 3 * HEARTBEAT_INTERVAL_MS) return false;
    const owned = this.#running().map(({ partitions }) => partitions);
    const counts = owned.map(({ length }) => length);
    return (
      !this.#isDisturbed() &&
      this.#coordinator.stableMembers(GROUP_ID)?.length === owned.length &&
      new Set(owned.flat()).size === this.#topic.ends.length &&
      counts.reduce((sum, count) => sum + count, 0) === this.#topic.ends.length &&
      Math.max(...counts) - Math.min(...counts) <= 1
    );
  }

  /** Some member hangs: what belongs to whom is not certain. */
  #isDisturbed(): boolean {
    return this.#members.some(({ isRunning, isStopped }) => isRunning && isStopped);
  }

  #isRead(): boolean {
    if (this.#isProducing) return false;
    return this.#topic.ends.every((end, partition) => (this.#readTo[partition] ?? 0) === end);
  }

  #markSettled(): void {
    if (this.#isCalm && this.#isSettled()) {
      this.#history.push({ type: 'settled', atMs: this.#schedule.nowMs });
    }
    this.#schedule.after(1000, () => this.#markSettled());
  }

  #observe(): void {
    const askedAtMs = this.#schedule.nowMs;
    const group = { groupId: GROUP_ID, partitions: 'all' as const };
    this.#coordinator.request('offsetFetch', { groups: [group], requireStable: false }, (outcome) => {
      const rows = outcome.error === undefined ? (outcome.response.groups[0]?.partitions ?? []) : [];
      const atMs = this.#schedule.nowMs;
      const offsets = rows.map(({ partition, committedOffset: offset }) => ({
        topic: this.#topic.name,
        partition,
        offset,
      }));
      this.#history.push({ type: 'committedObserved', atMs, askedAtMs, offsets });
    });
  }

  #describe(): string {
    const members = this.#members
      .filter(({ isRunning }) => isRunning)
      .map(({ name, partitions, failure }) => `${failure ?? name}: ${partitions.length}`);
    return `${members.join(', ')}; the topic has ${this.#topic.ends.length} partitions, ${
      this.#isRead() ? 'all' : 'not all'
    } was read`;
  }
}

function main(): void {
  const { values } = parseArgs({
    options: { seeds: { type: 'string', default: '0..999' }, verbose: { type: 'boolean', default: false } },
  });
  const [first = 0, last = first] = values.seeds.split('..').map(Number);
  let failed = 0;
  for (let seed = first; seed <= last; seed++) {
    const { report, history, figures } = simulateGroup(seed);
    if (values.verbose) {
      for (const event of history) {
        if (event.type !== 'acknowledged' && event.type !== 'delivered') console.log(JSON.stringify(event));
      }
      console.log(JSON.stringify({ ...report.figures, ...figures }));
    }
    if (report.violations.length === 0) continue;
    failed += 1;
    const rules = [...new Set(report.violations.map(({ rule }) => rule))].join(', ');
    console.log(`seed ${seed}: ${rules}\n  ${report.violations[0]?.message ?? ''}`);
  }
  console.log(`${failed} of ${last - first + 1} seeds failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
