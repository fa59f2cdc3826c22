/**
 * Fuzzes the Kafka listener of a broker through its socket: damaged requests of every API and version that it
 * advertises, noise, cut frames, false lengths. Beside it a healthy client produces, fetches and commits, and must see
 * no error.
 *
 *   node --conditions=@tidelog/source packages/broker/test/fuzz-kafka-listener.ts --frames 20000 --seed 1
 *        [--port 9092: a broker that runs already; its memory is not watched]
 *        [--first N: begin with that connection, to replay one]
 *
 * Each connection depends on the seed and its number alone. It holds that
 * - the broker lives;
 * - a request behind the damaged ones is answered, or the connection is closed; only behind requests that may wait
 *   (Fetch, JoinGroup, SyncGroup), which have connections of their own, neither need come;
 * - the healthy client gets every answer, without an error;
 * - memory stays within 300 MB of where it was.
 *
 * Prints one JSON line; on a failure the line that replays it, and exit code 1. Exits when its parent goes.
 */
import { parseArgs } from 'node:util';
import { seededRandom, type Random } from '@tidelog/log/testing';
import { encodeRequest, type ApiName, type RequestInput } from '@tidelog/kafka-protocol';
import { kafkaApis } from '../src/listeners/kafka/kafka-apis.ts';
import { BrokerProcess } from './broker-process.ts';
import { DAMAGE_NAMES, damaged, recordBatch, type HostileFrame } from './hostile-frames.ts';
import { KAFKA_CALL_PAIRS, type CallSubjects, type KafkaCallPair } from './kafka-call-pairs.ts';
import { KafkaTestClient } from './kafka-test-client.ts';
import { withDeadline } from './test-client.ts';

/** Most damage ends the connection: more frames would not be read. */
const FRAMES_PER_CONNECTION = 8;
const CONNECTIONS_AT_ONCE = 8;
const MAX_ADDED_BYTES = 300e6;
/** How long a connection that may wait is waited for. */
const HELD_UP_MS = 30;
const WAITING: ReadonlySet<ApiName> = new Set(['Fetch', 'JoinGroup', 'SyncGroup']);
const HEALTHY_TOPIC = 'healthy';
/** Beyond those of other requests. */
const PROBE_ID = 0x7fff_0000;

process.once('disconnect', () => process.exit(1));
const { values } = parseArgs({
  options: {
    frames: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    first: { type: 'string', default: '0' },
    port: { type: 'string' },
  },
});
const frameCount = Number(values.frames);
const seed = Number(values.seed);

const batch = await recordBatch(20, 100);
const rows = [...kafkaApis().values()].flatMap(({ api, minVersion, maxVersion }) =>
  Array.from({ length: maxVersion - minVersion + 1 }, (_, index) => ({ api, version: minVersion + index })),
);
const waitingRows = rows.filter(({ api }) => WAITING.has(api));
const promptRows = rows.filter(({ api }) => !WAITING.has(api));
const damageCounts = Object.fromEntries(DAMAGE_NAMES.map((name) => [name, 0]));
const counts = { frames: 0, connections: 0, answered: 0, closed: 0, heldUp: 0, healthyAnswers: 0 };

function subjects(random: Random): CallSubjects {
  const number = random.below(50);
  const group = { groupId: `fuzz-${number}`, memberId: `member-${random.below(10)}`, generationId: 1 };
  const topicId = Buffer.from(Array.from({ length: 16 }, () => random.below(256))).toString('base64url');
  return {
    topic: 'fuzz',
    topicId,
    emptyGroup: `empty-${number}`,
    group,
    batch,
    unusedName: `unused-${number}`,
  };
}

/** A request that is valid as far as the wire goes. */
function validFrame(random: Random, mayWait: boolean): Buffer {
  const among = mayWait && random.below(2) === 0 ? waitingRows : promptRows;
  const { api, version } = among[random.below(among.length)]!;
  const pair = (KAFKA_CALL_PAIRS as unknown as Record<ApiName, KafkaCallPair<ApiName>>)[api];
  const about = subjects(random);
  const bad = random.below(2) === 0 ? pair.bad?.(about, version) : undefined;
  const body: RequestInput<ApiName> = bad ?? pair.good(about, version);
  const head = { apiVersion: version, correlationId: random.below(0x7000_0000), clientId: 'fuzz' };
  return Buffer.concat(encodeRequest(api, head, body));
}

/** One connection of the fuzz. Throws when the broker did not do as it should. */
async function attack(port: number, index: number): Promise<void> {
  const random = seededRandom(seed * 1_000_003 + index);
  const mayWait = random.below(8) === 0;
  const client = await KafkaTestClient.connect(port);
  let frame: HostileFrame | undefined;
  for (let sent = 0; sent < FRAMES_PER_CONNECTION && frame?.isFatal !== true; sent++) {
    const valid = validFrame(random, mayWait);
    // What is damaged closes the connection more often than not: some frames before it are whole.
    frame =
      random.below(6) === 0
        ? damaged(valid, random)
        : { damage: 'none', bytes: valid, isCut: false, isFatal: false };
    damageCounts[frame.damage] = (damageCounts[frame.damage] ?? 0) + 1;
    counts.frames++;
    const cut = random.below(3) === 0 ? random.below(frame.bytes.length) : frame.bytes.length;
    client.send(frame.bytes.subarray(0, cut));
    client.send(frame.bytes.subarray(cut));
    if (random.below(10) === 0) await new Promise(setImmediate);
  }
  counts.connections++;
  if (random.below(10) === 0) client.socket.resetAndDestroy();
  else if (frame?.isCut === true) await endAndWait(client, mayWait);
  else await probe(client, mayWait);
}

async function endAndWait(client: KafkaTestClient, mayWait: boolean): Promise<void> {
  client.socket.end();
  await settled(client, closing(client), mayWait);
}

/** Asks once more: an answer with the right id, or the end. */
async function probe(client: KafkaTestClient, mayWait: boolean): Promise<void> {
  const head = { apiVersion: 1, correlationId: PROBE_ID, clientId: 'fuzz' };
  const answered = new Promise<Outcome>((resolve) => {
    client.onResponse = (frame) => {
      if (frame.readInt32BE(0) === PROBE_ID) resolve('answered');
    };
  });
  client.send(Buffer.concat(encodeRequest('Metadata', head, { topics: [] })));
  await settled(client, Promise.race([answered, closing(client)]), mayWait);
}

type Outcome = 'answered' | 'closed' | 'heldUp';

const closing = (client: KafkaTestClient): Promise<Outcome> => client.closed().then(() => 'closed');

/** Counts what became of a connection and ends it. */
async function settled(client: KafkaTestClient, outcome: Promise<Outcome>, mayWait: boolean): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<Outcome>((resolve) => {
    if (mayWait) timer = setTimeout(() => resolve('heldUp'), HELD_UP_MS);
  });
  counts[await withDeadline('an answer or the end', Promise.race([outcome, patience]))]++;
  clearTimeout(timer);
  client.socket.destroy();
}

/** The client that must not notice anything. Resolves when it is told to stop. */
async function behave(port: number, isOver: () => boolean): Promise<void> {
  const client = await KafkaTestClient.connect(port);
  await client.call('CreateTopics', 4, {
    topics: [{ name: HEALTHY_TOPIC, numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] }],
    timeoutMs: 10_000,
  });
  const { topics } = await client.call('Metadata', 10, { topics: [{ name: HEALTHY_TOPIC }] });
  const about: CallSubjects = {
    ...subjects(seededRandom(seed)),
    topic: HEALTHY_TOPIC,
    topicId: topics[0]!.topicId,
    emptyGroup: 'healthy-group',
  };
  await check(client, { api: 'FindCoordinator', version: 2 }, about);
  while (!isOver()) {
    for (const row of HEALTHY_CALLS) await check(client, row, about);
    await new Promise(setImmediate);
  }
  client.socket.destroy();
}

interface Row {
  readonly api: ApiName;
  readonly version: number;
}

const HEALTHY_CALLS: readonly Row[] = [
  { api: 'Produce', version: 9 },
  { api: 'Fetch', version: 11 },
  { api: 'Fetch', version: 16 },
  { api: 'ListOffsets', version: 5 },
  { api: 'OffsetCommit', version: 7 },
  { api: 'OffsetFetch', version: 8 },
];
/** The offsets topic is being made. */
const COORDINATOR_NOT_AVAILABLE = 15;

async function check(client: KafkaTestClient, { api, version }: Row, about: CallSubjects): Promise<void> {
  const pair = (KAFKA_CALL_PAIRS as unknown as Record<ApiName, KafkaCallPair<ApiName>>)[api];
  for (;;) {
    const codes = pair.errorCodes(await client.call(api, version, pair.good(about, version)), version);
    counts.healthyAnswers++;
    if (codes.length > 0 && codes.every((code) => code === 0)) return;
    if (!codes.includes(COORDINATOR_NOT_AVAILABLE) || counts.healthyAnswers > 1000) {
      throw new Error(`a healthy ${api} ${version} was refused: ${codes.join(', ')}`);
    }
  }
}

async function attackAll(port: number, first: number, onFailure: (index: number) => void): Promise<void> {
  let next = first;
  const worker = async (): Promise<void> => {
    while (counts.frames < frameCount) {
      const index = next++;
      try {
        await attack(port, index);
      } catch (error) {
        onFailure(index);
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS_AT_ONCE }, worker));
}

async function run(): Promise<{ error?: string; failedConnection?: number; addedMB: number }> {
  const target = values.port === undefined ? await BrokerProcess.start('kafka') : undefined;
  const port = target?.port ?? Number(values.port);
  const baseline = await target?.memory({ collect: true });
  let peakBytes = baseline?.rssBytes ?? 0;
  let isOver = false;
  let failedConnection: number | undefined;
  let error: string | undefined;
  const watch = async (): Promise<void> => {
    while (!isOver) {
      peakBytes = Math.max(peakBytes, (await target?.memory())?.rssBytes ?? 0);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  try {
    const beside = Promise.all([behave(port, () => isOver), watch()]);
    const fuzz = attackAll(port, Number(values.first), (index) => (failedConnection ??= index));
    await Promise.race([fuzz, beside]);
    isOver = true;
    await withDeadline('the healthy client', beside);
  } catch (thrown) {
    error = (thrown as Error).message;
  } finally {
    isOver = true;
  }
  error ??= target?.exit;
  await target?.stop();
  const addedBytes = peakBytes - (baseline?.rssBytes ?? 0);
  if (addedBytes > MAX_ADDED_BYTES) error ??= `memory grew by ${Math.round(addedBytes / 1e6)} MB`;
  return {
    addedMB: Math.round(addedBytes / 1e6),
    ...(error !== undefined && { error }),
    ...(failedConnection !== undefined && { failedConnection }),
  };
}

const startMs = performance.now();
const { error, failedConnection, addedMB } = await run();
console.log(
  JSON.stringify({
    ok: error === undefined,
    seed,
    ...counts,
    versions: rows.length,
    addedMB,
    seconds: Number(((performance.now() - startMs) / 1000).toFixed(1)),
    damages: damageCounts,
    ...(error !== undefined && {
      error,
      replay: `node --conditions=@tidelog/source packages/broker/test/fuzz-kafka-listener.ts --frames ${frameCount} --seed ${seed} --first ${failedConnection ?? 0}`,
    }),
  }),
);
process.exit(error === undefined ? 0 : 1);
