/**
 * What the codec costs on the hot path: nanoseconds per message, on one core, without sockets.
 *
 *   pnpm --filter @tidelog/kafka-protocol build && node packages/kafka-protocol/bench/codec.ts
 *
 * Each figure stands beside the same work done by @platformatic/kafka in the same run, where it has the direction;
 * the ratio is what to compare, since absolute figures move with the machine's load.
 */
import { cpus } from 'node:os';
import * as platformatic from '@platformatic/kafka';
import {
  decodeRequest,
  decodeResponse,
  encodeRequest,
  encodeResponse,
  type RequestInput,
  type ResponseInput,
} from '@tidelog/kafka-protocol';

const ROUND_MS = 120;
const ROUNDS = 5;

/** The median nanoseconds per call of several rounds. */
function measure(run: () => unknown): number {
  const rounds: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const startedMs = performance.now();
    let calls = 0;
    while (performance.now() - startedMs < ROUND_MS) {
      for (let turn = 0; turn < 20; turn++) run();
      calls += 20;
    }
    if (round > 0) rounds.push(((performance.now() - startedMs) * 1e6) / calls); // the first one warms up
  }
  return rounds.sort((left, right) => left - right)[ROUNDS >> 1] as number;
}

function report(name: string, run: () => unknown, peer?: () => unknown): void {
  const ours = measure(run);
  const theirs = peer === undefined ? undefined : measure(peer);
  const columns = [
    name.padEnd(44),
    `${ours.toFixed(0).padStart(8)} ns`,
    `${Math.round(1e9 / ours)
      .toLocaleString('en')
      .padStart(10)}/s`,
    theirs === undefined
      ? ''
      : `@platformatic/kafka ${theirs.toFixed(0).padStart(8)} ns ${(theirs / ours).toFixed(1).padStart(5)}×`,
  ];
  console.log(columns.join('  '));
}

interface PeerApi {
  createRequest(...args: readonly unknown[]): { readonly buffers: Buffer[] };
  parseResponse(correlationId: number, apiKey: number, apiVersion: number, reader: object): unknown;
}
const peers = platformatic as unknown as Readonly<Record<string, PeerApi>> & {
  readonly Reader: { from(bytes: Buffer): object };
};
const head = { correlationId: 7, clientId: 'bench' };
const payload = (pieces: readonly Buffer[]): Buffer => Buffer.concat(pieces).subarray(4);

function benchProduce(apiVersion: number, partitions: number, recordsBytes: number): void {
  const records = Buffer.alloc(recordsBytes, 7);
  const body: RequestInput<'Produce'> = {
    acks: -1,
    timeoutMs: 30_000,
    topicData: [
      {
        name: 'orders',
        partitionData: Array.from({ length: partitions }, (_, index) => ({ index, records })),
      },
    ],
  };
  const name = `produce v${apiVersion}, ${partitions} × ${recordsBytes} bytes`;
  report(`encode ${name}`, () => encodeRequest('Produce', { apiVersion, ...head }, body));
  const frame = payload(encodeRequest('Produce', { apiVersion, ...head }, body));
  report(`decode ${name}`, () => decodeRequest(frame));
}

function benchFetch(apiVersion: number, partitions: number, recordsBytes: number): void {
  const topicId = 'AAECAwQFBgcICQoLDA0ODw';
  const topic = 'orders';
  const numbers = Array.from({ length: partitions }, (_, partition) => partition);
  const request: RequestInput<'Fetch'> = {
    maxWaitMs: 500,
    minBytes: 1,
    maxBytes: 50_000_000,
    topics: [
      {
        topic,
        topicId,
        partitions: numbers.map((partition) => ({
          partition,
          currentLeaderEpoch: 3,
          fetchOffset: 123_456_789_012,
          partitionMaxBytes: 1 << 20,
        })),
      },
    ],
  };
  const requestFrame = payload(encodeRequest('Fetch', { apiVersion, ...head }, request));
  report(`decode fetch request v${apiVersion}, ${partitions} partitions`, () => decodeRequest(requestFrame));
  const records = Buffer.alloc(recordsBytes, 7);
  const response: ResponseInput<'Fetch'> = {
    responses: [
      {
        topic,
        topicId,
        partitions: numbers.map((partitionIndex) => ({
          partitionIndex,
          errorCode: 0,
          highWatermark: 123_456_789_999,
          lastStableOffset: 123_456_789_999,
          logStartOffset: 0,
          records,
        })),
      },
    ],
  };
  const name = `fetch response v${apiVersion}, ${partitions} × ${recordsBytes} bytes`;
  report(`encode ${name}`, () => encodeResponse('Fetch', { apiVersion, ...head }, response));
  const frame = payload(encodeResponse('Fetch', { apiVersion, ...head }, response));
  report(`decode ${name}`, () => decodeResponse('Fetch', apiVersion, frame));
}

function benchMetadata(apiVersion: number, topics: number, partitions: number): void {
  const body: ResponseInput<'Metadata'> = {
    brokers: [1, 2, 3].map((nodeId) => ({ nodeId, host: `broker-${nodeId}.example.org`, port: 9092 })),
    clusterId: 'cluster',
    controllerId: 1,
    topics: Array.from({ length: topics }, (_, topic) => ({
      errorCode: 0,
      name: `topic-${topic}`,
      topicId: 'AAECAwQFBgcICQoLDA0ODw',
      partitions: Array.from({ length: partitions }, (_, partitionIndex) => ({
        errorCode: 0,
        partitionIndex,
        leaderId: 1,
        leaderEpoch: 3,
        replicaNodes: [1, 2, 3],
        isrNodes: [1, 2, 3],
      })),
    })),
  };
  const name = `metadata v${apiVersion}, ${topics} topics × ${partitions}`;
  report(`encode ${name}`, () => encodeResponse('Metadata', { apiVersion, ...head }, body));
  const frame = payload(encodeResponse('Metadata', { apiVersion, ...head }, body));
  const peer = peers[`metadataV${apiVersion}`]!;
  // Its reader begins behind the header: correlation id and an empty list of tags.
  const theirs = frame.subarray(apiVersion >= 9 ? 5 : 4);
  report(
    `decode ${name}`,
    () => decodeResponse('Metadata', apiVersion, frame),
    () => peer.parseResponse(7, 3, apiVersion, peers.Reader.from(theirs)),
  );
  const names = body.topics.map(({ name: topic }) => topic!);
  const request = { topics: names.map((topic) => ({ name: topic })) };
  report(
    `encode metadata request v${apiVersion}, ${topics} topics`,
    () => encodeRequest('Metadata', { apiVersion, ...head }, request),
    () => peer.createRequest(names, true, false).buffers,
  );
}

console.log(`${cpus()[0]?.model ?? 'unknown processor'} × ${cpus().length}, Node ${process.version}`);
benchProduce(7, 1, 16 * 1024);
benchProduce(11, 1, 16 * 1024);
benchProduce(11, 1, 100);
benchProduce(11, 100, 1024);
benchFetch(11, 1, 1024 * 1024);
benchFetch(16, 1, 1024 * 1024);
benchFetch(16, 100, 10 * 1024);
benchMetadata(12, 10, 12);
benchMetadata(6, 100, 12);
