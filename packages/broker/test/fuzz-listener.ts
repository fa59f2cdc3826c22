/**
 * Fuzzes a broker through its socket: damaged requests, noise, cut frames, false lengths, requests that trickle
 * in, peers that never read. Beside it a healthy client produces, fetches metadata and must see no error.
 *
 *   node --conditions=@tidelog/source packages/broker/test/fuzz-listener.ts --frames 20000 --seed 1
 *        [--kind broker|listener] [--port 7650: a broker that runs already; its memory is not watched]
 *        [--first N: begin with that connection, to replay one]
 *
 * Each connection sends some frames and depends on the seed and its number alone. It holds that
 * - the broker lives;
 * - while frames can still be told apart, a request behind the damaged ones is answered; else the connection ends;
 * - the healthy client gets every answer, without an error;
 * - memory stays within 300 MB of where it was.
 *
 * Prints one JSON line; on a failure the line that replays it, and exit code 1. Exits when its parent goes.
 */
import { parseArgs } from 'node:util';
import { seededRandom, type Random } from '@tidelog/log/testing';
import { encodeRequest } from '@tidelog/protocol';
import { BrokerProcess, type BrokerKind } from './broker-process.ts';
import { DAMAGE_NAMES, damaged, recordBatch, validFrame } from './hostile-frames.ts';
import { TestClient, withDeadline } from './test-client.ts';

const FRAMES_PER_CONNECTION = 40;
const CONNECTIONS_AT_ONCE = 8;
const TRICKLING_CONNECTIONS = 20;
/** Each may make the broker hold 32 MB (maxOutgoingBytesPerConnection). */
const DEAF_CONNECTIONS = 3;
const MAX_ADDED_BYTES = 300e6;

process.once('disconnect', () => process.exit(1));
const { values } = parseArgs({
  options: {
    frames: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    first: { type: 'string', default: '0' },
    kind: { type: 'string', default: 'broker' },
    port: { type: 'string' },
  },
});
const frameCount = Number(values.frames);
const seed = Number(values.seed);

const batch = await recordBatch(20, 100);
const damageCounts = Object.fromEntries(DAMAGE_NAMES.map((name) => [name, 0]));
const counts = { frames: 0, connections: 0, answers: 0, healthyAnswers: 0 };

/** One connection of the fuzz. Throws when the broker did not do as it should. */
async function attack(port: number, index: number): Promise<void> {
  const random = seededRandom(seed * 1_000_003 + index);
  const client = await TestClient.connect(port);
  client.onResponse = () => counts.answers++;
  let isCut = false;
  let isLost = false;
  for (let sent = 0; sent < FRAMES_PER_CONNECTION && !isLost; sent++) {
    let frame = damaged(validFrame(random, batch), random);
    // What ends a connection comes late in most of them, so that more than a few frames are read.
    while (frame.isFatal && sent < FRAMES_PER_CONNECTION - 3 && random.below(30) !== 0) {
      frame = damaged(validFrame(random, batch), random);
    }
    isLost = frame.isFatal;
    isCut = frame.isCut;
    damageCounts[frame.damage] = (damageCounts[frame.damage] ?? 0) + 1;
    counts.frames++;
    sendInPieces(client, frame.bytes, random);
    if (random.below(10) === 0) await new Promise(setImmediate);
  }
  counts.connections++;
  if (random.below(10) === 0) {
    client.socket.resetAndDestroy();
    return;
  }
  if (isCut) {
    client.socket.end();
    await client.closed();
    return;
  }
  // A frame of noise may have a header that cannot be read: then the broker ends the connection instead.
  const didAnswer = await client.callHead('METADATA', {}).then(
    () => true,
    (error: Error) => {
      if (error.message !== 'the connection was closed') throw error;
      return false;
    },
  );
  if (didAnswer) client.socket.destroy();
  else await client.closed();
}

function sendInPieces(client: TestClient, bytes: Buffer, random: Random): void {
  const cut = random.below(3) === 0 ? random.below(bytes.length) : bytes.length;
  client.send(bytes.subarray(0, cut));
  if (cut < bytes.length) client.send(bytes.subarray(cut));
}

/** Connections that keep the broker waiting: requests byte by byte, and peers that ask much and read nothing. */
class Loiterers {
  readonly #port: number;
  #trickling: { client: TestClient; frame: Buffer; sent: number }[] = [];
  #deaf: TestClient[] = [];

  constructor(port: number) {
    this.#port = port;
  }

  async step(random: Random): Promise<void> {
    if (this.#trickling.length < TRICKLING_CONNECTIONS) {
      const client = await TestClient.connect(this.#port);
      this.#trickling.push({ client, frame: validFrame(random, batch), sent: 0 });
    }
    for (const one of this.#trickling) {
      if (one.sent < one.frame.length - 1) one.client.send(one.frame.subarray(one.sent, ++one.sent));
    }
    if (this.#deaf.length < DEAF_CONNECTIONS) {
      const client = await TestClient.connect(this.#port);
      client.socket.pause();
      this.#deaf.push(client);
    }
    const ask = Buffer.concat(encodeRequest('METADATA', 1, { allTopics: true }));
    for (const client of this.#deaf) {
      if (client.socket.writableLength < 100_000)
        client.send(Buffer.concat(new Array<Buffer>(200).fill(ask)));
    }
  }

  close(): void {
    for (const { client } of this.#trickling) client.socket.destroy();
    for (const client of this.#deaf) client.socket.destroy();
  }
}

/** The client that must not notice anything. Resolves when it is told to stop. */
async function behave(port: number, kind: string, isOver: () => boolean): Promise<void> {
  const client = await TestClient.connect(port);
  const topic = `healthy-${seed}`;
  let topicId: Buffer = Buffer.alloc(16, 1);
  if (kind === 'broker') {
    await client.call('CREATE_TOPICS', { topics: [{ name: topic, partitionCount: 1 }], timeoutMs: 10_000 });
    const { topics } = await client.call('METADATA', { topicNames: [topic] });
    topicId = Buffer.from(topics[0]?.topicId ?? []);
  }
  while (!isOver()) {
    const produced = await client.call('PRODUCE', {
      acks: -1,
      timeoutMs: 10_000,
      partitions: [{ topicId, partition: 0, records: Buffer.from(batch) }],
    });
    const row = produced.partitions[0];
    if (row === undefined || row.errorCode !== 0) {
      throw new Error(`a healthy produce was refused: ${row?.errorMessage ?? 'no answer'}`);
    }
    await client.call('METADATA', {});
    counts.healthyAnswers += 2;
    await new Promise(setImmediate);
  }
  client.socket.destroy();
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

async function run(): Promise<{
  error: string | undefined;
  failedConnection: number | undefined;
  addedMB: number;
}> {
  const kind = values.port === undefined ? (values.kind as BrokerKind) : 'broker';
  const target = values.port === undefined ? await BrokerProcess.start(kind) : undefined;
  const port = target?.port ?? Number(values.port);
  const baseline = await target?.memory({ collect: true });
  let peakBytes = baseline?.rssBytes ?? 0;
  let isOver = false;
  let failedConnection: number | undefined;
  let error: string | undefined;
  const loiterers = new Loiterers(port);
  const watch = async (): Promise<void> => {
    const random = seededRandom(seed);
    while (!isOver) {
      await loiterers.step(random);
      peakBytes = Math.max(peakBytes, (await target?.memory())?.rssBytes ?? 0);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  try {
    const beside = Promise.all([behave(port, kind, () => isOver), watch()]);
    const fuzz = attackAll(port, Number(values.first), (index) => (failedConnection ??= index));
    await Promise.race([fuzz, beside]);
    isOver = true;
    await withDeadline('the healthy client', beside);
  } catch (thrown) {
    error = (thrown as Error).message;
  } finally {
    isOver = true;
    loiterers.close();
  }
  error ??= target?.exit;
  await target?.stop();
  const addedBytes = peakBytes - (baseline?.rssBytes ?? 0);
  if (addedBytes > MAX_ADDED_BYTES) error ??= `memory grew by ${Math.round(addedBytes / 1e6)} MB`;
  return { error, failedConnection, addedMB: Math.round(addedBytes / 1e6) };
}

const startMs = performance.now();
const { error, failedConnection, addedMB } = await run();
console.log(
  JSON.stringify({
    ok: error === undefined,
    seed,
    ...counts,
    addedMB,
    seconds: Number(((performance.now() - startMs) / 1000).toFixed(1)),
    damages: damageCounts,
    ...(error !== undefined && {
      error,
      replay: `node --conditions=@tidelog/source packages/broker/test/fuzz-listener.ts --frames ${frameCount} --seed ${seed} --kind ${values.kind} --first ${failedConnection ?? 0}`,
    }),
  }),
);
process.exit(error === undefined ? 0 : 1);
