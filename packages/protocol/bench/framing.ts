/**
 * What framing costs: nanoseconds per frame and gigabytes per second, on one core, without sockets.
 *
 *   pnpm --filter @tidelog/protocol build && node packages/protocol/bench/framing.ts
 *
 * Each figure stands beside the same work done by plain protobufjs in the same run; the ratio is what to compare,
 * since absolute figures move with the machine's load.
 */
import { cpus } from 'node:os';
import type { ApiName } from '@tidelog/protocol';
import {
  decodeRequestBody,
  decodeRequestHeader,
  decodeResponseBody,
  decodeResponseHeader,
  encodeRequest,
  encodeResponse,
  FrameDecoder,
  fromSafeNumber,
  wire,
} from '@tidelog/protocol';

const ROUND_MS = 150;
const ROUNDS = 5;
const topicId = Buffer.alloc(16, 0xab);

interface Figure {
  readonly nsPerFrame: number;
  readonly gigabytesPerSecond: number;
}

/** The median round of several, each of about ROUND_MS. */
function measure(frameBytes: number, run: () => void): Figure {
  const rounds: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const startedMs = performance.now();
    let frames = 0;
    while (performance.now() - startedMs < ROUND_MS) {
      for (let i = 0; i < 20; i++) run();
      frames += 20;
    }
    if (round > 0) rounds.push(((performance.now() - startedMs) * 1e6) / frames); // the first one warms up
  }
  const nsPerFrame = rounds.sort((left, right) => left - right)[ROUNDS >> 1] as number;
  return { nsPerFrame, gigabytesPerSecond: frameBytes / nsPerFrame };
}

function report(name: string, ours: Figure, reference: string, plain: Figure): void {
  const columns = [
    name.padEnd(52),
    `${ours.nsPerFrame.toFixed(0).padStart(8)} ns`,
    `${ours.gigabytesPerSecond.toFixed(1).padStart(8)} GB/s`,
    `${reference.padEnd(16)} ${plain.nsPerFrame.toFixed(0).padStart(9)} ns`,
    `${(plain.nsPerFrame / ours.nsPerFrame).toFixed(1).padStart(6)}×`,
  ];
  console.log(columns.join('  '));
}

function plainFrame(header: Uint8Array, body: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(4 + header.length + body.length);
  frame.writeUInt32BE(header.length + body.length);
  frame.set(header, 4);
  frame.set(body, 4 + header.length);
  return frame;
}

function benchProduce(recordsBytes: number): void {
  const records = Buffer.alloc(recordsBytes, 7);
  const body = { acks: -1, timeoutMs: 30_000, partitions: [{ topicId, partition: 3, records }] };
  let id = 0;
  const ours = measure(recordsBytes, () => encodeRequest('PRODUCE', ++id, body));
  const plain = measure(recordsBytes, () => {
    const header = wire.RequestHeader.encode({ api: wire.Api.PRODUCE, correlationId: ++id })
      .ldelim()
      .finish();
    plainFrame(header, wire.ProduceRequest.encode(body).finish());
  });
  report(`encode produce, 1 partition, ${recordsBytes} bytes`, ours, 'plain protobufjs', plain);
}

function fetchBody(partitions: number, recordsBytes: number): Parameters<typeof encodeResponse<'FETCH'>>[2] {
  const records = Buffer.alloc(recordsBytes, 7);
  const offset = fromSafeNumber(123_456_789_012);
  const data = { topicId, highWatermark: offset, lastStableOffset: offset, logStartOffset: offset, records };
  return { partitions: Array.from({ length: partitions }, (_, partition) => ({ ...data, partition })) };
}

function benchFetchEncode(partitions: number, recordsBytes: number): void {
  const body = fetchBody(partitions, recordsBytes);
  const ours = measure(partitions * recordsBytes, () => encodeResponse(7, 'FETCH', body));
  const plain = measure(partitions * recordsBytes, () => {
    const header = wire.ResponseHeader.encode({ correlationId: 7 }).ldelim().finish();
    plainFrame(header, wire.FetchResponse.encode(body as wire.FetchResponse.$Properties).finish());
  });
  report(`encode fetch, ${partitions} × ${recordsBytes} bytes`, ours, 'plain protobufjs', plain);
}

/**
 * A stream of frames, decoded whole. Its chunks lie one behind the other, as a reader that fills slabs leaves
 * them, or apart, as `data` events give them. The reference joins all chunks and cuts the result.
 */
function benchDecode(
  name: string,
  frame: Buffer,
  chunkBytes: number,
  decode: (payload: Buffer) => unknown,
): void {
  const frameCount = Math.max(1, Math.ceil(chunkBytes / frame.length)) * 4;
  const slab = Buffer.concat(Array.from({ length: frameCount }, () => frame));
  const behind: Buffer[] = [];
  for (let at = 0; at < slab.length; at += chunkBytes) behind.push(slab.subarray(at, at + chunkBytes));
  const apart = behind.map((chunk) => Buffer.from(chunk));
  const decoder = new FrameDecoder({ maxFrameBytes: 100 * 1024 * 1024 });
  const decodeChunks = (chunks: readonly Buffer[]): void => {
    for (const chunk of chunks) {
      decoder.push(chunk);
      for (let payload = decoder.next(); payload !== undefined; payload = decoder.next()) decode(payload);
    }
  };
  const joinAndCut = (): void => {
    const joined = Buffer.concat(apart);
    for (let at = 0; at < joined.length; at += 4 + joined.readUInt32BE(at)) {
      decode(joined.subarray(at + 4, at + 4 + joined.readUInt32BE(at)));
    }
  };
  const perFrame = (run: () => void): Figure => {
    const figure = measure(slab.length, run);
    return { ...figure, nsPerFrame: figure.nsPerFrame / frameCount };
  };
  const reference = perFrame(joinAndCut);
  for (const [layout, chunks] of Object.entries({ behind, apart })) {
    const ours = perFrame(() => {
      decodeChunks(chunks);
    });
    report(`${name}, ${chunkBytes >> 10} KiB chunks ${layout}`, ours, 'join, then cut', reference);
  }
}

const decodeRequest = (api: ApiName) => (payload: Buffer) =>
  decodeRequestBody(api, decodeRequestHeader(payload).body);
const decodeFetch = (payload: Buffer): unknown =>
  decodeResponseBody('FETCH', decodeResponseHeader(payload).body);

console.log(`${cpus()[0]?.model ?? 'unknown processor'} × ${cpus().length}, Node ${process.version}`);
for (const recordsBytes of [100, 16 * 1024, 64 * 1024, 1024 * 1024]) benchProduce(recordsBytes);
benchFetchEncode(1, 1024 * 1024);
benchFetchEncode(100, 10 * 1024);
benchFetchEncode(1000, 0);
for (const recordsBytes of [100, 16 * 1024, 64 * 1024]) {
  const records = Buffer.alloc(recordsBytes, 7);
  const frame = Buffer.concat(encodeRequest('PRODUCE', 7, { acks: -1, partitions: [{ topicId, records }] }));
  benchDecode(`decode produce, ${recordsBytes} bytes`, frame, 256 * 1024, decodeRequest('PRODUCE'));
}
const fetchFrame = Buffer.concat(encodeResponse(7, 'FETCH', fetchBody(1, 1024 * 1024)));
for (const chunkBytes of [64 * 1024, 4 * 1024 * 1024]) {
  benchDecode('decode fetch, 1 MiB', fetchFrame, chunkBytes, decodeFetch);
}
