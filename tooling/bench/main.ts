/**
 * `pnpm bench [NAME…] [--seconds N] [--dir DIR] [--json]`: measures the built packages (`dist`) and prints a
 * table per group, with the machine, the versions and a reference from the same run beside each figure.
 */
import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import { markdown, type Figure } from './figures.ts';
import { machineLine, versionOf } from './machine.ts';
import {
  durableScenario,
  fetchScenario,
  ingestScenario,
  latencyScenario,
} from './scenarios/broker-frames.ts';
import { compactionScenario } from './scenarios/compaction.ts';
import { encodeScenario } from './scenarios/encode.ts';
import { endToEndScenario } from './scenarios/end-to-end.ts';
import { commitsScenario, groupsRestartScenario, groupsScenario } from './scenarios/groups.ts';
import { kafkaScenario } from './scenarios/kafka.ts';
import { redisScenario } from './scenarios/redis.ts';
import type { Scenario } from './scenarios/scenario.ts';
import { largeStartScenario, startScenario } from './scenarios/start.ts';

const SCENARIOS: readonly Scenario[] = [
  encodeScenario,
  latencyScenario,
  ingestScenario,
  durableScenario,
  fetchScenario,
  endToEndScenario,
  commitsScenario,
  groupsScenario,
  groupsRestartScenario,
  kafkaScenario,
  redisScenario,
  startScenario,
  largeStartScenario,
  compactionScenario,
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '3' },
    dir: { type: 'string', default: tmpdir() },
    json: { type: 'boolean', default: false },
  },
});
const unknown = positionals.filter((name) => !SCENARIOS.some((scenario) => scenario.name === name));
const seconds = Number(values.seconds);
if (unknown.length > 0 || !(seconds > 0)) {
  const names = SCENARIOS.map((scenario) => scenario.name).join(', ');
  console.error(`bench: usage: pnpm bench [NAME…] [--seconds N] [--dir DIR] [--json]; names are ${names}`);
  process.exit(2);
}

console.log(machineLine());
const packages = ['@platformatic/kafka', 'kafkajs', 'ioredis'].map((name) => `${name} ${versionOf(name)}`);
console.log(`${packages.join(', ')}; disk: ${values.dir}; ${seconds} s per measurement`);
const results: Record<string, Figure[]> = {};
for (const scenario of SCENARIOS) {
  const isWanted =
    positionals.length > 0 ? positionals.includes(scenario.name) : scenario.onlyByName !== true;
  if (!isWanted) continue;
  const figures = await scenario.run({ scratchRoot: values.dir, durationMs: seconds * 1000 });
  results[scenario.name] = figures;
  console.log(`\n## ${scenario.title}\n\n${markdown(figures)}`);
}
if (values.json) console.log(JSON.stringify(results));
