/**
 * Just enough of a Kafka broker for a producer to hand over its batches: it answers ApiVersions, Metadata,
 * InitProducerId and Produce for one topic with one partition, keeps the record sets that it receives and stores
 * nothing. Only for recording golden bytes; limits and errors are those of a local script.
 */
import { createServer, type Server, type Socket } from 'node:net';

const TOPIC = 'golden';
const NODE_ID = 1;

/** API key → the versions that are answered. Fetch and the others are listed because clients infer features from them. */
const API_VERSIONS: readonly (readonly [api: number, min: number, max: number])[] = [
  [0, 0, 7], // Produce
  [1, 0, 11], // Fetch
  [3, 0, 4], // Metadata
  [10, 0, 2], // FindCoordinator
  [18, 0, 3], // ApiVersions
  [22, 0, 1], // InitProducerId
];

/** Appends big-endian fields. */
class FieldWriter {
  readonly #parts: Buffer[] = [];

  int8(value: number): this {
    this.#parts.push(Buffer.from([value & 0xff]));
    return this;
  }
  int16(value: number): this {
    const part = Buffer.alloc(2);
    part.writeInt16BE(value);
    this.#parts.push(part);
    return this;
  }
  int32(value: number): this {
    const part = Buffer.alloc(4);
    part.writeInt32BE(value);
    this.#parts.push(part);
    return this;
  }
  int64(value: number): this {
    const part = Buffer.alloc(8);
    part.writeBigInt64BE(BigInt(value));
    this.#parts.push(part);
    return this;
  }
  string(value: string): this {
    this.int16(Buffer.byteLength(value));
    this.#parts.push(Buffer.from(value));
    return this;
  }
  bytes(): Buffer {
    return Buffer.concat(this.#parts);
  }
}

/** Takes big-endian fields from the front. */
class FieldReader {
  readonly #bytes: Buffer;
  #position: number = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }
  int16(): number {
    this.#position += 2;
    return this.#bytes.readInt16BE(this.#position - 2);
  }
  int32(): number {
    this.#position += 4;
    return this.#bytes.readInt32BE(this.#position - 4);
  }
  take(sizeBytes: number): Buffer {
    this.#position += sizeBytes;
    return this.#bytes.subarray(this.#position - sizeBytes, this.#position);
  }
  nullableString(): string | null {
    const sizeBytes = this.int16();
    return sizeBytes < 0 ? null : this.take(sizeBytes).toString();
  }
}

function apiVersionsBody(version: number): Buffer {
  const body = new FieldWriter().int16(0);
  // Version 3 is flexible: compact array (count + 1 as a varint) and a tag section after each element.
  if (version >= 3) body.int8(API_VERSIONS.length + 1);
  else body.int32(API_VERSIONS.length);
  for (const [api, min, max] of API_VERSIONS) {
    body.int16(api).int16(min).int16(max);
    if (version >= 3) body.int8(0);
  }
  if (version >= 1) body.int32(0);
  if (version >= 3) body.int8(0);
  return body.bytes();
}

function metadataBody(version: number, port: number): Buffer {
  const body = new FieldWriter();
  if (version >= 3) body.int32(0);
  body.int32(1).int32(NODE_ID).string('127.0.0.1').int32(port);
  if (version >= 1) body.int16(-1);
  if (version >= 2) body.string('golden-cluster');
  if (version >= 1) body.int32(NODE_ID);
  body.int32(1).int16(0).string(TOPIC);
  if (version >= 1) body.int8(0);
  body.int32(1).int16(0).int32(0).int32(NODE_ID);
  return body.int32(1).int32(NODE_ID).int32(1).int32(NODE_ID).bytes();
}

function produceBody(version: number): Buffer {
  const body = new FieldWriter().int32(1).string(TOPIC).int32(1).int32(0).int16(0).int64(0);
  if (version >= 2) body.int64(-1);
  if (version >= 5) body.int64(0);
  if (version >= 1) body.int32(0);
  return body.bytes();
}

/** The record set of the only partition in a Produce request of version 3–7. */
function recordSetOf(request: FieldReader): Buffer {
  request.nullableString(); // transactional id
  request.int16(); // acks
  request.int32(); // timeout
  if (request.int32() !== 1) throw new Error('expected one topic in the Produce request');
  request.nullableString();
  if (request.int32() !== 1) throw new Error('expected one partition in the Produce request');
  request.int32();
  return Buffer.from(request.take(request.int32()));
}

/** A listening endpoint on a port of its own. */
export interface FakeKafkaEndpoint {
  readonly port: number;
  /** The record sets received, in order. */
  readonly recordSets: readonly Buffer[];
  close(): void;
}

/** `producerId` is what InitProducerId answers, with epoch 0. */
export async function startFakeKafkaEndpoint(producerId: number): Promise<FakeKafkaEndpoint> {
  const recordSets: Buffer[] = [];
  const sockets = new Set<Socket>();
  let port = 0;

  const answer = (frame: Buffer): Buffer => {
    const request = new FieldReader(frame);
    const api = request.int16();
    const version = request.int16();
    const correlationId = request.int32();
    request.nullableString();
    const header = new FieldWriter().int32(correlationId).bytes();
    if (api === 18) return Buffer.concat([header, apiVersionsBody(version)]);
    if (api === 3) return Buffer.concat([header, metadataBody(version, port)]);
    if (api === 22) {
      return Buffer.concat([header, new FieldWriter().int32(0).int16(0).int64(producerId).int16(0).bytes()]);
    }
    if (api !== 0) throw new Error(`unexpected request: api ${api} version ${version}`);
    recordSets.push(recordSetOf(request));
    return Buffer.concat([header, produceBody(version)]);
  };

  const server: Server = createServer((socket) => {
    sockets.add(socket);
    let received = Buffer.alloc(0);
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      while (received.length >= 4 && received.length >= 4 + received.readInt32BE(0)) {
        const end = 4 + received.readInt32BE(0);
        const response = answer(received.subarray(4, end));
        received = received.subarray(end);
        socket.write(new FieldWriter().int32(response.length).bytes());
        socket.write(response);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the endpoint has no port');
  port = address.port;
  return {
    port,
    recordSets,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
