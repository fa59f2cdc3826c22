/**
 * Records golden frames: lets real Kafka clients talk to a scripted broker and writes one exchange for each client,
 * API and version to testdata/golden-frames.jsonl. testdata/README.md says what is needed to run it.
 *
 *   node --conditions=@tidelog/source packages/kafka-protocol/scripts/record-golden.ts [client …]
 *
 * Exchanges of clients that are not named stay as they are.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiName } from '@tidelog/kafka-protocol';
import { driveKafkajs } from './drive-kafkajs.ts';
import { drivePlatformatic } from './drive-platformatic.ts';
import { startScriptedBroker, type Exchange } from './scripted-broker.ts';

const PYTHON = '/usr/bin/python3';
const TIME_LIMIT_MS = 60_000;
const FILE = new URL('../testdata/golden-frames.jsonl', import.meta.url);
const require = createRequire(import.meta.url);

/** A line of the file; bytes in base64, without their sizes. */
interface GoldenFrame {
  readonly client: string;
  readonly api: ApiName;
  readonly version: number;
  readonly request: string;
  readonly response: string | null;
}

async function run(command: string, args: readonly string[], input = ''): Promise<string> {
  return await new Promise((resolve, reject) => {
    const child = execFile(command, args, { timeout: TIME_LIMIT_MS }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${command} ${args.join(' ')}: ${stderr}`, { cause: error }));
    });
    child.stdin?.end(input);
  });
}

const script = (name: string): string => new URL(name, import.meta.url).pathname;
const packageVersion = (name: string): string =>
  (require(`${name}/package.json`) as { version: string }).version;

async function driveKcat(address: string): Promise<string> {
  const broker = ['-b', address, '-X', 'client.id=golden'];
  await run('kcat', [...broker, '-L']);
  await run('kcat', [...broker, '-P', '-t', 'golden', '-p', '0', '-K', ':', '-H', 'h=1'], 'key:value\n');
  await run('kcat', [...broker, '-C', '-t', 'golden', '-p', '0', '-o', 'beginning', '-c', '1', '-e']);
  await run('kcat', [...broker, '-Q', '-t', 'golden:0:1']);
  await run('kcat', [
    ...broker,
    '-G',
    'golden-group',
    '-X',
    'auto.offset.reset=earliest',
    '-c',
    '1',
    'golden',
  ]);
  const [, version] = /librdkafka ([\d.]+)/.exec(await run('kcat', ['-V'])) ?? [];
  return version ?? 'unknown';
}

async function driveFranzGo(address: string): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'franz-go-'));
  try {
    const program = join(directory, 'drive');
    await run('go', ['build', '-C', script('franz-go/'), '-o', program, '.']);
    return (await run(program, [address])).trim();
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Each client by name: drives it against an address and gives its version. */
const CLIENTS: Readonly<Record<string, (address: string) => Promise<string>>> = {
  kcat: driveKcat,
  librdkafka: async (address) => (await run(PYTHON, [script('drive-librdkafka.py'), address])).trim(),
  'kafka-python': async (address) => (await run(PYTHON, [script('drive-kafka-python.py'), address])).trim(),
  'franz-go': driveFranzGo,
  kafkajs: async (address) => {
    await driveKafkajs(address);
    return packageVersion('kafkajs');
  },
  '@platformatic/kafka': async (address) => {
    await drivePlatformatic(address);
    return /"version": "([^"]+)"/.exec(
      readFileSync(new URL('../package.json', import.meta.resolve('@platformatic/kafka')), 'utf8'),
    )![1]!;
  },
};

/** The first exchange of each API and version; for a produce one with and one without an answer. */
function firstOfEach(client: string, exchanges: readonly Exchange[]): GoldenFrame[] {
  const first = new Map<string, GoldenFrame>();
  for (const { api, version, request, response } of exchanges) {
    const key = `${api} ${version} ${response === null}`;
    if (first.has(key)) continue;
    const bytes = { request: request.toString('base64'), response: response?.toString('base64') ?? null };
    first.set(key, { client, api, version, ...bytes });
  }
  return [...first.values()];
}

const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(CLIENTS);
const lines = existsSync(FILE) ? readFileSync(FILE, 'utf8').trim().split('\n') : [];
let frames = lines.map((line) => JSON.parse(line) as GoldenFrame);
for (const name of wanted) {
  const broker = await startScriptedBroker();
  const version = await CLIENTS[name]!(`127.0.0.1:${broker.port}`);
  broker.close();
  const recorded = firstOfEach(`${name} ${version}`, broker.exchanges);
  frames = [...frames.filter(({ client }) => !client.startsWith(`${name} `)), ...recorded];
  console.log(`${name} ${version}: ${recorded.map(({ api, version }) => `${api} v${version}`).join(', ')}`);
}
writeFileSync(FILE, frames.map((frame) => `${JSON.stringify(frame)}\n`).join(''));
