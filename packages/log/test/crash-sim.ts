/**
 * Runs crashes of a simulated data directory, one per seed, and prints a line that replays each failure:
 *
 *     node --conditions=@tidelog/source packages/log/test/crash-sim.ts --seeds 0..4999 [--compact] [--verbose]
 *
 * The last line is a summary in JSON. Exits with 1 when a seed failed.
 */
import { pathToFileURL } from 'node:url';
import { validateBatch } from '@tidelog/record';
import type { Log } from '../src/log.ts';
import { seededRandom } from '../src/seeded-random.ts';
import { MemoryFileSystem } from '../src/memory-file-system.ts';
import {
  buildBatch,
  CrashWorld,
  readAll,
  SimulatedDirectory,
  type CommitMode,
  type Crash,
  type Fault,
  type ModelBatch,
  type ReadBatch,
  type WorldPlan,
} from './crash-world.ts';

export interface SeedResult {
  readonly mode: CommitMode;
  readonly crashKind: string;
  readonly fault: Fault;
  readonly recoveredBatches: number;
  readonly wasCut: boolean;
  readonly isQuarantined: boolean;
}

export interface SeedOptions {
  /** The log is a compacted one, and cleanings are among the operations. */
  readonly isCompacted?: boolean;
}

/** What a seed does. */
export function planOf(seed: number, { isCompacted = false }: SeedOptions = {}): WorldPlan {
  const random = seededRandom(seed);
  const pick = <T>(values: readonly T[]): T => values[random.below(values.length)] as T;
  return {
    seed,
    mode: pick<CommitMode>(['page-cache', 'per-file', 'journal']),
    fault: pick<Fault>(['none', 'none', 'none', 'disk-full', 'failed-sync']),
    crashKind: pick(['power-loss', 'power-loss', 'process-kill'] as const),
    crashAt: {
      point: pick(['sync', 'write'] as const),
      when: pick(['before', 'after'] as const),
      number: 1 + random.below(pick([20, 80, 200])),
    },
    config: {
      segmentBytes: pick([2048, 4096, 16384]),
      indexIntervalBytes: pick([0, 256, 1024, 4096]),
      retentionBytes: pick([-1, -1, 6000]),
      fileDeleteDelayMs: 0,
      ...(isCompacted ? { cleanupPolicy: ['compact'] } : {}),
    },
    operationCount: 60,
  };
}

/** Runs one seed: a life that ends in a crash, the recovery, and a second life on what is left. */
export async function runSeed(seed: number, options: SeedOptions = {}): Promise<SeedResult> {
  const plan = planOf(seed, options);
  const first = await SimulatedDirectory.open({
    fileSystem: new MemoryFileSystem(),
    mode: plan.mode,
    config: plan.config,
    lastShutdown: 'power-loss',
  });
  const crash = maybeForget(plan, await new CrashWorld(plan, first).run());
  const recovered = await checkRecovered(plan, crash);
  if (recovered.isQuarantined) return recovered.result;
  // Another kind of crash, at another point: what a killed process left in the page cache may go in a power loss.
  const { mode, config } = plan;
  const other = planOf(seed + 1_000_000_007, options);
  const number = seed % 2 === 0 ? other.crashAt.number : 1 + (seed % 7);
  const second = { ...other, mode, config, fault: 'none' as const, crashAt: { ...other.crashAt, number } };
  const secondCrash = await new CrashWorld(second, recovered.directory, recovered.batches).run();
  await checkRecovered(second, secondCrash);
  return recovered.result;
}

/** The kernel may need the memory of what a failed sync dropped before the process is started again. */
function maybeForget(plan: WorldPlan, crash: Crash): Crash {
  const hasForgotten = plan.fault === 'failed-sync' && crash.kind === 'process-kill' && plan.seed % 3 === 0;
  if (hasForgotten) crash.survivor.forgetDropped();
  return { ...crash, hasForgotten };
}

/** Everything that was written is there. */
function isComplete(crash: Crash): boolean {
  return crash.kind === 'process-kill' && crash.hasForgotten !== true;
}

async function recover(
  plan: WorldPlan,
  crash: Crash,
  fileSystem: MemoryFileSystem,
): Promise<SimulatedDirectory> {
  fileSystem.capacityBytes = Number.MAX_SAFE_INTEGER;
  const killed = plan.fault === 'failed-sync' ? 'failed-sync' : 'process-crash';
  return SimulatedDirectory.open({
    fileSystem,
    mode: plan.mode,
    config: plan.config,
    lastShutdown: crash.kind === 'power-loss' ? 'power-loss' : killed,
  });
}

async function checkRecovered(
  plan: WorldPlan,
  crash: Crash,
): Promise<{
  directory: SimulatedDirectory;
  batches: ModelBatch[];
  isQuarantined: boolean;
  result: SeedResult;
}> {
  await crashDuringRecovery(plan, crash);
  const directory = await recover(plan, crash, crash.survivor.crash({ kind: 'process-kill', seed: 0 }));
  const { log } = directory;
  const batches = log.isQuarantined ? await readGood(directory) : await readAll(log);
  checkContent(plan, crash, directory, batches);
  const model = modelOf(crash, batches, log);
  if (!log.isQuarantined) await checkProducers(directory, model);
  // The second life begins with or without everything durable.
  if (plan.seed % 2 === 0) await directory.flush();
  return {
    directory,
    batches: model,
    isQuarantined: log.isQuarantined,
    result: {
      mode: plan.mode,
      crashKind: plan.crashKind,
      fault: plan.fault,
      recoveredBatches: batches.length,
      wasCut: log.recovery.truncatedBytes > 0,
      isQuarantined: log.isQuarantined,
    },
  };
}

/** A second crash, while the first one is recovered from; then the recovery of that. */
async function crashDuringRecovery(plan: WorldPlan, crash: Crash): Promise<void> {
  const random = seededRandom(plan.seed ^ 0xdead);
  const fileSystem = crash.survivor.crash({ kind: 'process-kill', seed: 0 });
  const kind = random.below(2) === 0 ? 'process-kill' : crash.kind;
  let syncsLeft = random.below(8);
  let survivor: MemoryFileSystem | undefined;
  fileSystem.onSyncPoint = (): void => {
    syncsLeft -= 1;
    if (syncsLeft <= 0) survivor ??= fileSystem.crash({ kind, seed: plan.seed + 1 });
  };
  const directory = await recover(plan, crash, fileSystem);
  if (!directory.log.isQuarantined) await directory.log.flush();
  survivor ??= fileSystem.crash({ kind, seed: plan.seed + 1 });
  const again = await recover(plan, crash, survivor);
  if (again.log.isQuarantined) return;
  checkContent(plan, crash, again, await readAll(again.log));
}

/** What a quarantined log still gives: everything before the damage. */
async function readGood(directory: SimulatedDirectory): Promise<ReadBatch[]> {
  const { log } = directory;
  const damagedFrom = log.recovery.damaged[0]?.fromOffset ?? log.logEndOffset;
  return (await readAll(log, damagedFrom)).filter((batch) => batch.lastOffset < damagedFrom);
}

function checkContent(
  plan: WorldPlan,
  crash: Crash,
  directory: SimulatedDirectory,
  batches: readonly ReadBatch[],
): void {
  const { knowledge } = crash;
  const { log } = directory;
  const known = new Map(knowledge.acknowledged.map((batch) => [batch.baseOffset, batch]));
  const underWay = [...knowledge.underWay];
  const describe = (): string =>
    JSON.stringify({
      plan,
      knowledge,
      recovery: log.recovery,
      start: log.logStartOffset,
      end: log.logEndOffset,
      batches,
    });
  const check = (holds: boolean, what: string): void => {
    if (!holds) throw new Error(`${what}\n${describe()}`);
  };
  const isCompacted = plan.config.cleanupPolicy?.includes('compact') === true;
  let nextOffset: number | undefined;
  for (const batch of batches) {
    const isNext = nextOffset === undefined || batch.baseOffset === nextOffset;
    const isInGap = nextOffset !== undefined && batch.baseOffset > nextOffset && isCompacted;
    check(isNext || isInGap, `a gap before ${batch.baseOffset}`);
    nextOffset = batch.lastOffset + 1;
    if (batch.offsets.length === 0) continue;
    const model = known.get(batch.baseOffset);
    if (model !== undefined) {
      check(model.id === batch.id, `${batch.id} at ${batch.baseOffset} instead of ${model.id}`);
      check(batch.lastOffset === batch.baseOffset + model.recordCount - 1, `${batch.id} has another size`);
      continue;
    }
    const position = underWay.findIndex((other) => other.id === batch.id);
    check(position >= 0, `${batch.id} at ${batch.baseOffset} was never appended there`);
    underWay.splice(0, position + 1);
  }
  const mustHold = knowledge.acknowledged.filter(
    (batch) => isComplete(crash) || (batch.isDurable && plan.mode !== 'page-cache'),
  );
  const durableEnd = Math.max(0, ...mustHold.map((batch) => batch.baseOffset + batch.recordCount));
  const endOffset = nextOffset ?? log.logEndOffset;
  if (isCompacted && !log.isQuarantined) checkKeys(crash, batches, log, check);
  check(endOffset >= Math.min(durableEnd, knowledge.cutOffset), `batches up to ${durableEnd} had to survive`);
  check(
    endOffset >= Math.min(knowledge.recoveryPoint, knowledge.cutOffset),
    'batches below the recovery point are gone',
  );
  check(log.logStartOffset <= knowledge.logStartOffset, 'the log start offset moved by itself');
  check(
    log.logStartOffset >= knowledge.logStartCheckpoint,
    'the log start offset went back below its checkpoint',
  );
  check(!isComplete(crash) || !log.isQuarantined, 'a killed process left damage');
  check(!log.isQuarantined || plan.mode !== 'page-cache', 'a page-cache log was quarantined by a crash');
}

/** Of each key the last record is there; what is not there has a later one of its key. */
function checkKeys(
  crash: Crash,
  batches: readonly ReadBatch[],
  log: Log,
  check: (holds: boolean, what: string) => void,
): void {
  const offsets = new Set(batches.flatMap((batch) => batch.offsets));
  const baseOffsets = new Map(batches.map((batch) => [batch.id, batch.baseOffset]));
  const last = new Map<string, number>();
  const { acknowledged, underWay } = crash.knowledge;
  for (const batch of [...acknowledged, ...underWay]) {
    const baseOffset = batch.baseOffset >= 0 ? batch.baseOffset : baseOffsets.get(batch.id);
    if (baseOffset === undefined || baseOffset + batch.recordCount > log.logEndOffset) continue;
    batch.keys?.forEach((key, index) => {
      if (baseOffset + index >= log.logStartOffset)
        last.set(key, Math.max(last.get(key) ?? -1, baseOffset + index));
    });
  }
  for (const [key, offset] of last)
    check(offsets.has(offset), `the last record of ${key}, at ${offset}, is gone`);
}

/** The model of the second life: what was acknowledged and is there, and what was under way and is there. */
function modelOf(crash: Crash, batches: readonly ReadBatch[], log: Log): ModelBatch[] {
  const { durableOffset, logEndOffset: endOffset } = log;
  // A page-cache log that lost even what lay below its log start offset begins anew, without a memory.
  if (batches.length === 0 && log.producerCount === 0) return [];
  const baseOffsets = new Map(batches.map((batch) => [batch.id, batch.baseOffset]));
  const model = crash.knowledge.acknowledged.filter((batch) => batch.baseOffset < endOffset);
  for (const batch of crash.knowledge.underWay) {
    const baseOffset = baseOffsets.get(batch.id);
    if (baseOffset !== undefined) model.push({ ...batch, baseOffset });
  }
  return model.map((batch) => ({
    ...batch,
    isDurable: batch.baseOffset + batch.recordCount <= durableOffset,
  }));
}

/** Every producer's last five batches are known; a sixth one would be too old. */
async function checkProducers(directory: SimulatedDirectory, model: readonly ModelBatch[]): Promise<void> {
  for (const producerId of [0, 1, 2]) {
    for (const batch of model.filter((other) => other.producerId === producerId).slice(-5)) {
      const bytes = buildBatch({ ...batch, valueBytes: 3, timestampMs: directory.clock.nowMs() });
      validateBatch(bytes);
      const result = await directory.log.append(bytes, { leaderEpoch: 1 }).catch((error: unknown) => {
        throw new Error(
          `${batch.id} at ${batch.baseOffset} is not known: ${String(error)} ${JSON.stringify(model)}`,
        );
      });
      if (result.isDuplicate && result.baseOffset === batch.baseOffset) continue;
      throw new Error(`${batch.id} at ${batch.baseOffset} was taken again at ${result.baseOffset}`);
    }
  }
}

async function main(): Promise<void> {
  const range = /^(\d+)\.\.(\d+)$/.exec(process.argv[process.argv.indexOf('--seeds') + 1] ?? '');
  if (range === null) {
    console.error('usage: crash-sim.ts --seeds FIRST..LAST [--compact] [--verbose]');
    process.exit(2);
  }
  const isCompacted = process.argv.includes('--compact');
  const counts = { seeds: 0, failed: 0, cut: 0, quarantined: 0, batches: 0 };
  for (let seed = Number(range[1]); seed <= Number(range[2]); seed++) {
    counts.seeds += 1;
    try {
      const result = await runSeed(seed, { isCompacted });
      counts.batches += result.recoveredBatches;
      if (result.wasCut) counts.cut += 1;
      if (result.isQuarantined) counts.quarantined += 1;
      if (process.argv.includes('--verbose')) console.log(seed, JSON.stringify(result));
    } catch (error) {
      counts.failed += 1;
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      console.log(
        `seed ${seed} failed: ${message.slice(0, process.argv.includes('--verbose') ? 20000 : 600)}`,
      );
      console.log(
        `replay: node --conditions=@tidelog/source packages/log/test/crash-sim.ts --seeds ${seed}..${seed}${isCompacted ? ' --compact' : ''}`,
      );
    }
  }
  console.log(JSON.stringify(counts));
  process.exitCode = counts.failed === 0 ? 0 : 1;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
