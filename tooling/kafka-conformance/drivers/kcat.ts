/**
 * The driver of kcat: one process of kcat per operation, one that runs on for a member of a group.
 *
 * kcat sets headers, partition and "empty means null" per process, so records are written in runs that share them.
 */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { IncomingRecord, OutgoingRecord, ReadFrom } from '../operations.ts';
import { serveOperations, Unsupported } from './serve-operations.ts';

/** Not in any key or value of the suite. */
const KEY_END = '\u0001';
const RECORD_END = '\u0002';

let broker = '';
let member: ChildProcess | undefined;
let memberExit: Promise<unknown> = Promise.resolve();
const memberRecords: IncomingRecord[] = [];
let memberAssigned: number[] = [];

/** What kcat prints, standard error included. Rejects with what it printed when it fails. */
function kcat(args: readonly string[], input = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { timeout: 25_000, maxBuffer: 64 * 2 ** 20 };
    const child = execFile('kcat', ['-b', broker, ...args], options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`kcat ${args.join(' ')}: ${stderr}`));
    });
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

const settings = (values: Readonly<Record<string, string>>): string[] =>
  Object.entries(values).flatMap(([name, value]) => ['-X', `${name}=${value}`]);

/** Records of which one process of kcat can write all. */
function runsOf(records: readonly OutgoingRecord[]): OutgoingRecord[][] {
  const runs = new Map<string, OutgoingRecord[]>();
  for (const record of records) {
    const { key, value, headers = [], partition = -1 } = record;
    const likeness = JSON.stringify([headers, partition, key === null, value === null]);
    const run = runs.get(likeness);
    if (run === undefined) runs.set(likeness, [record]);
    else run.push(record);
  }
  return [...runs.values()];
}

/** An empty line is skipped, one with nothing before and behind the end of the key is a record with neither. */
const isKeyed = ({ key, value }: OutgoingRecord): boolean => key !== null || value === null;

function producerArguments(run: readonly OutgoingRecord[]): string[] {
  const { key, value, headers = [], partition } = run[0]!;
  return [
    ...(isKeyed({ key, value }) ? ['-K', KEY_END] : []),
    ...(value === null ? ['-Z'] : []),
    ...headers.flatMap(([name, text]) => ['-H', `${name}=${text}`]),
    ...(partition === undefined ? [] : ['-p', String(partition)]),
  ];
}

/** A line of kcat's JSON output. */
interface PrintedRecord {
  readonly partition: number;
  readonly offset: number;
  readonly ts: number;
  readonly headers?: readonly string[];
  readonly key: string | null;
  readonly payload: string | null;
}

function incoming(line: string): IncomingRecord {
  const { partition, offset, ts, headers = [], key, payload } = JSON.parse(line) as PrintedRecord;
  const pairs: [string, string][] = [];
  for (let at = 0; at < headers.length; at += 2) pairs.push([headers[at]!, headers[at + 1]!]);
  return { partition, offset, key, value: payload, headers: pairs, timestampMs: ts };
}

function startArgument(from: ReadFrom): string {
  if (from === 'beginning') return 'beginning';
  return 'offset' in from ? String(from.offset) : `s@${from.timestampMs}`;
}

interface PrintedMetadata {
  readonly brokers: readonly unknown[];
  readonly topics: readonly { readonly topic: string; readonly partitions: readonly unknown[] }[];
}

async function metadataOf(args: readonly string[]): Promise<PrintedMetadata> {
  return JSON.parse(await kcat(['-L', '-J', ...args])) as PrintedMetadata;
}

serveOperations({
  operations: {
    async open(args) {
      broker = args.broker;
      const [, version = '', librdkafka = ''] =
        /Version (\S+) \(.*librdkafka (\S+)/s.exec(await kcat(['-V'])) ?? [];
      return { version: `${version} (librdkafka ${librdkafka})` };
    },
    async metadata({ topic }) {
      const { brokers, topics } = await metadataOf(['-t', topic]);
      return { brokerCount: brokers.length, partitionCount: topics[0]!.partitions.length };
    },
    async listTopics() {
      const { topics } = await metadataOf([]);
      return topics.map(({ topic }) => topic);
    },
    async produce({ topic, records, compression = 'none', acks = -1, idempotent = false }) {
      if (records.some(({ timestampMs }) => timestampMs !== undefined)) {
        throw new Unsupported('kcat sets no timestamps');
      }
      const options = settings({
        'topic.partitioner': 'murmur2_random',
        acks: String(acks),
        'enable.idempotence': String(idempotent),
        'compression.codec': compression,
        'message.max.bytes': '20000000',
      });
      for (const run of runsOf(records)) {
        const lines = run.map(
          (record) => `${isKeyed(record) ? `${record.key ?? ''}${KEY_END}` : ''}${record.value ?? ''}`,
        );
        const args = ['-P', '-t', topic, '-D', RECORD_END, ...options, ...producerArguments(run)];
        await kcat(args, lines.map((line) => line + RECORD_END).join(''));
      }
      return null;
    },
    async consume({ topic, partition, from, count }) {
      const place = ['-t', topic, '-p', String(partition), '-o', startArgument(from)];
      const output = await kcat(['-C', '-J', '-q', ...place, '-c', String(count)]);
      return output.trim().split('\n').map(incoming);
    },
    join({ groupId, topic, protocol }) {
      if (protocol === 'consumer') {
        return Promise.reject(new Unsupported('librdkafka knows groups by KIP-848 from 2.4 on'));
      }
      const options = settings({
        'auto.offset.reset': 'earliest',
        'heartbeat.interval.ms': '300',
        'fetch.wait.max.ms': '100',
      });
      member = spawn('kcat', ['-b', broker, '-G', groupId, '-J', '-u', ...options, topic]);
      memberExit = new Promise((resolve) => member!.once('exit', resolve));
      createInterface({ input: member.stdout! }).on('line', (line) => memberRecords.push(incoming(line)));
      createInterface({ input: member.stderr! }).on('line', (line) => {
        // "% Group g rebalanced (memberid m): assigned: t [0], t [1]"
        const [, what, partitions = ''] = /rebalanced .*: (assigned|revoked): (.*)/.exec(line) ?? [];
        if (what === 'revoked') memberAssigned = [];
        if (what === 'assigned')
          memberAssigned = [...partitions.matchAll(/\[(\d+)\]/g)].map(([, number]) => Number(number));
      });
      return Promise.resolve(null);
    },
    member: () =>
      Promise.resolve({ assigned: memberAssigned.sort((one, two) => one - two), records: memberRecords }),
    async commitAndLeave() {
      // It commits what it printed when it is told to end.
      member!.kill('SIGINT');
      await memberExit;
      return null;
    },
    async offsetRange({ topic, partition }) {
      const ask = async (timestamp: number): Promise<number> => {
        const printed = await kcat(['-Q', '-t', `${topic}:${partition}:${timestamp}`]);
        return Number(/offset (-?\d+)/.exec(printed)?.[1]);
      };
      return { beginning: await ask(-2), end: await ask(-1) };
    },
  },
  // librdkafka's words for the errors that the suite provokes.
  errorCode: (error) =>
    (error as Error).message.includes('Message size too large') ? 'MESSAGE_TOO_LARGE' : undefined,
  close: () => {
    member?.kill('SIGKILL');
    return Promise.resolve();
  },
});
