/**
 * Runs existing Kafka clients against the Kafka listener, each in processes of its own, and holds what they do
 * against @tidelog/client on the same broker.
 *
 *   node --conditions=@tidelog/source tooling/kafka-conformance/main.ts
 *        [--client kafkajs]… [--only text]   some clients, some scenarios; writes nothing
 *        [--verbose]                         a line for each scenario, with its time
 *        [--write]                           writes verdicts.json, from which the reference page is made
 *
 * Exit code 1: a scenario failed, or the verdicts are not those in verdicts.json. A client whose Debian packages are
 * missing is skipped with one line that says what to install; in CI that is a failure. Prints a line per failure and
 * ends with one line of JSON. Ends what it started when its parent goes.
 */
import { parseArgs } from 'node:util';
import { startTestBroker } from '@tidelog/broker/testing';
import { requireSystemPackage } from '../system-packages.js';
import { CLIENTS, type Client } from './clients.ts';
import { Driver, UnsupportedByClient } from './driver.ts';
import { OtherDoor } from './other-door.ts';
import { Stage, type Scenario } from './scenario.ts';
import { ADMINISTRATION } from './scenarios/administration.ts';
import { CONSUMING } from './scenarios/consuming.ts';
import { GROUPS } from './scenarios/groups.ts';
import { PRODUCING } from './scenarios/producing.ts';
import { TOPICS } from './scenarios/topics.ts';
import {
  differences,
  readVerdicts,
  writeVerdicts,
  type AdvertisedApi,
  type ClientVerdicts,
  type Verdict,
} from './verdicts.ts';

/** Several clients mostly wait; more would make each other late. */
const CLIENTS_AT_ONCE = 3;
const SCENARIOS: readonly Scenario[] = [...TOPICS, ...PRODUCING, ...CONSUMING, ...GROUPS, ...ADMINISTRATION];

interface Failure {
  readonly client: string;
  readonly scenario: string;
  readonly error: Error;
}

interface Run {
  readonly broker: string;
  readonly other: OtherDoor;
  readonly scenarios: readonly Scenario[];
  readonly failures: Failure[];
  readonly report: (line: string) => void;
}

async function play(run: Run, client: Client, driver: Driver, index: number): Promise<Verdict | undefined> {
  const scenario = run.scenarios[index]!;
  const prefix = `${client.name.replaceAll(/[^a-z]/gi, '')}-${index}`;
  const stage = new Stage({ client, driver, prefix, broker: run.broker, other: run.other });
  try {
    await scenario.run(stage);
    return { ok: true };
  } catch (error) {
    if (error instanceof UnsupportedByClient) return { ok: false, note: error.message };
    run.failures.push({ client: client.name, scenario: scenario.title, error: error as Error });
    return undefined;
  } finally {
    await stage.end();
  }
}

async function runClient(run: Run, client: Client): Promise<ClientVerdicts> {
  const driver = new Driver(client.command);
  running.add(driver);
  const verdicts: Record<string, Verdict> = {};
  try {
    const { version } = await driver.call('open', { broker: run.broker });
    for (const [index, { title }] of run.scenarios.entries()) {
      const startMs = performance.now();
      const verdict = await play(run, client, driver, index);
      run.report(
        `${client.name}: ${title}: ${verdict?.ok === true ? 'ok' : (verdict?.note ?? 'FAILED')} (${Math.round(performance.now() - startMs)} ms)`,
      );
      if (verdict !== undefined) verdicts[title] = verdict;
    }
    return { name: client.name, version, verdicts };
  } catch (error) {
    run.failures.push({ client: client.name, scenario: 'open', error: error as Error });
    return { name: client.name, version: 'unknown', verdicts };
  } finally {
    await driver.stop();
    running.delete(driver);
  }
}

const running = new Set<Driver>();

async function runAll(run: Run, clients: readonly Client[]): Promise<ClientVerdicts[]> {
  const results = new Map<Client, ClientVerdicts>();
  const waiting = [...clients];
  const worker = async (): Promise<void> => {
    for (let client = waiting.shift(); client !== undefined; client = waiting.shift()) {
      results.set(client, await runClient(run, client));
    }
  };
  await Promise.all(Array.from({ length: CLIENTS_AT_ONCE }, worker));
  return clients.map((client) => results.get(client)!);
}

async function advertisedApis(other: OtherDoor): Promise<AdvertisedApi[]> {
  const { apiKeys } = await other.ask('ApiVersions', 0, {});
  return apiKeys.map(({ apiKey, minVersion, maxVersion }) => ({ apiKey, minVersion, maxVersion }));
}

function parentIsGone(): void {
  for (const driver of running) void driver.stop();
  setTimeout(() => process.exit(1), 6_000);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      client: { type: 'string', multiple: true },
      only: { type: 'string' },
      write: { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
    },
  });
  process.once('disconnect', parentIsGone);
  const startMs = performance.now();
  const clients = CLIENTS.filter(
    ({ name, systemPackages }) =>
      (values.client?.includes(name) ?? true) && systemPackages.every(requireSystemPackage),
  );
  const scenarios = SCENARIOS.filter(({ title }) => title.includes(values.only ?? ''));
  await using broker = await startTestBroker({ kafka: { port: 0 }, groupInitialRebalanceDelayMs: 0 });
  const [kafkaBroker = ''] = broker.kafkaBrokers;
  const other = new OtherDoor({ broker: broker.brokers[0]!, kafkaBroker });
  const report = (line: string): void => void (values.verbose && console.error(line));
  const run: Run = { broker: kafkaBroker, other, scenarios, failures: [], report };
  const results = await runAll(run, clients);
  const found = { apis: await advertisedApis(other), clients: results };
  await other.close();
  for (const { client, scenario, error } of run.failures) {
    console.error(`${client}: ${scenario}: ${error.message}`);
  }
  const isWhole = values.client === undefined && values.only === undefined;
  if (values.write && isWhole && run.failures.length === 0) writeVerdicts(found);
  const changes = isWhole ? differences(readVerdicts(), found) : [];
  for (const change of changes) console.error(change);
  const ok = run.failures.length === 0 && changes.length === 0;
  const verdicts = results.flatMap((client) => Object.values(client.verdicts));
  console.log(
    JSON.stringify({
      ok,
      clients: results.map(({ name, version }) => `${name} ${version}`),
      scenarios: scenarios.length,
      passed: verdicts.filter((verdict) => verdict.ok).length,
      notInClient: verdicts.filter((verdict) => !verdict.ok).length,
      failed: run.failures.length,
      seconds: Math.round((performance.now() - startMs) / 1000),
    }),
  );
  process.exitCode = ok ? 0 : 1;
  if (process.connected) process.disconnect();
}

await main();
