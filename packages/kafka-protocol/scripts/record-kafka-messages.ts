/**
 * Records messages of Kafka's own serializer: for each API and version that is defined, what kafka-clients/
 * WriteMessages.java makes of it, to testdata/kafka-messages.jsonl. testdata/README.md says what is needed to run it.
 *
 *   node --conditions=@tidelog/source packages/kafka-protocol/scripts/record-kafka-messages.ts
 *
 * Versions come from the first client that has them: newer clients have dropped old versions.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { API_VERSIONS, type ApiVersionRange } from '@tidelog/kafka-protocol';

const CLIENT_VERSIONS = ['4.1.0', '3.9.1'];
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;
const JAVA = new URL('kafka-clients/', import.meta.url).pathname;
const FILE = new URL('../testdata/kafka-messages.jsonl', import.meta.url);

interface Wanted extends ApiVersionRange {
  readonly versions: readonly number[];
}

async function run(command: string, args: readonly string[], input = ''): Promise<string> {
  return await new Promise((resolve, reject) => {
    const child = execFile(command, args, { maxBuffer: MAX_OUTPUT_BYTES }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${command} ${args.join(' ')}: ${stderr}${stdout}`, { cause: error }));
    });
    child.stdin?.end(input);
  });
}

async function writtenBy(clientVersion: string, wanted: readonly Wanted[]): Promise<string[]> {
  const libraries = mkdtempSync(join(tmpdir(), 'kafka-clients-'));
  try {
    await run('mvn', [
      ...['-q', '-B', '-f', join(JAVA, 'pom.xml'), `-Dkafka.version=${clientVersion}`],
      ...['dependency:copy-dependencies', `-DoutputDirectory=${libraries}`],
    ]);
    const input = wanted.map(({ name, key, minVersion, maxVersion, versions }) =>
      [name, key, minVersion, maxVersion, versions.join(',')].join(' '),
    );
    const program = ['-cp', join(libraries, '*'), join(JAVA, 'WriteMessages.java')];
    const output = await run('java', program, input.map((line) => `${line}\n`).join(''));
    return output.split('\n').filter((line) => line !== '');
  } finally {
    rmSync(libraries, { recursive: true });
  }
}

let wanted: Wanted[] = API_VERSIONS.map((api) => ({
  ...api,
  versions: Array.from({ length: api.maxVersion - api.minVersion + 1 }, (_, index) => api.minVersion + index),
}));
const lines: string[] = [];
for (const clientVersion of CLIENT_VERSIONS) {
  const written = await writtenBy(clientVersion, wanted);
  const has = new Set(
    written.map((line) => {
      const { api, version } = JSON.parse(line) as { api: string; version: number };
      return `${api} ${version}`;
    }),
  );
  lines.push(...written);
  console.log(`kafka-clients ${clientVersion}: ${has.size} versions, ${written.length} messages`);
  wanted = wanted
    .map((api) => ({
      ...api,
      versions: api.versions.filter((version) => !has.has(`${api.name} ${version}`)),
    }))
    .filter(({ versions }) => versions.length > 0);
}
for (const { name, versions } of wanted) console.log(`in no client: ${name} ${versions.join(', ')}`);
writeFileSync(FILE, lines.map((line) => `${line}\n`).join(''));
