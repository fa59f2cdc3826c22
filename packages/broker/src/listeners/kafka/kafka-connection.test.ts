import { describe, expect, test } from 'vitest';
import {
  decodeResponse,
  encodeRequest,
  responseCorrelationId,
  type ApiName,
  type RequestInput,
} from '@tidelog/kafka-protocol';
import { errorNumber, TidelogError } from '@tidelog/record/errors';
import { silentLogger } from '@tidelog/log';
import { ManualClock } from '@tidelog/log/testing';
import { MemoryNetwork, type MemoryClient } from '../../../test/memory-network.ts';
import { WaitingRouter } from '../../../test/waiting-router.ts';
import { ListenerMetrics } from '../../metrics.ts';
import type { FetchRequest, ProduceRequest } from '../../requests.ts';
import { ConnectionTable } from '../connection-table.ts';
import { resolveLimits, type LimitsInput } from '../limits.ts';
import { startKafkaListener } from './kafka-listener.ts';

const SIZE_BYTES = 4;
const PRODUCE_VERSION = 9;
const FETCH_VERSION = 11;

interface Bench {
  readonly network: MemoryNetwork;
  readonly table: ConnectionTable;
  readonly handlers: WaitingRouter;
  readonly metrics: ListenerMetrics;
  readonly warnings: { fields: Record<string, unknown>; message: string }[];
}

async function start(limits?: LimitsInput): Promise<Bench> {
  const network = new MemoryNetwork();
  const warnings: Bench['warnings'] = [];
  const logger = {
    ...silentLogger,
    warn: (fields: object, message: string) =>
      void warnings.push({ fields: fields as Record<string, unknown>, message }),
  };
  const table = new ConnectionTable({ limits: resolveLimits(limits), clock: new ManualClock(), logger });
  const handlers = new WaitingRouter();
  const metrics = new ListenerMetrics();
  const { router } = handlers;
  await startKafkaListener({ host: 'memory', port: 0, table, router, metrics, network });
  return { network, table, handlers, metrics, warnings };
}

function frame<N extends ApiName>(
  api: N,
  apiVersion: number,
  correlationId: number,
  body: RequestInput<N>,
): Buffer {
  return Buffer.concat(encodeRequest(api, { apiVersion, correlationId, clientId: 'shop' }, body));
}

function produce(correlationId: number, { acks = -1, records = Buffer.from('batch') } = {}): Buffer {
  return frame('Produce', PRODUCE_VERSION, correlationId, {
    acks,
    timeoutMs: 1000,
    topicData: [{ name: 'orders', partitionData: [{ index: 0, records }] }],
  });
}

function fetch(correlationId: number): Buffer {
  return frame('Fetch', FETCH_VERSION, correlationId, {
    maxWaitMs: 100,
    minBytes: 1,
    maxBytes: 10_000,
    topics: [{ topic: 'orders', partitions: [{ partition: 0, fetchOffset: 3, partitionMaxBytes: 10_000 }] }],
  });
}

const metadata = (correlationId: number): Buffer => frame('Metadata', 5, correlationId, { topics: [] });

/** The header of a request of any API and version. */
function head(apiKey: number, apiVersion: number, correlationId: number): Buffer {
  const bytes = Buffer.alloc(SIZE_BYTES + 10);
  bytes.writeInt32BE(bytes.length - SIZE_BYTES);
  bytes.writeInt16BE(apiKey, 4);
  bytes.writeInt16BE(apiVersion, 6);
  bytes.writeInt32BE(correlationId, 8);
  bytes.writeInt16BE(-1, 12);
  return bytes;
}

const PRODUCED = { partitions: [{ baseOffset: 41, logAppendTimeMs: -1, logStartOffset: 0 }] };
const METADATA = { clusterId: 'test', controllerId: 1, brokers: [], topics: [] };

function fetched(records: Buffer, release: () => void = () => undefined): object {
  const partitions = [{ highWatermark: 9, lastStableOffset: 9, logStartOffset: 0, records }];
  return { partitions, release };
}

/** The responses that a client has got, without their sizes. */
function responses(client: MemoryClient): Buffer[] {
  const frames: Buffer[] = [];
  let rest = client.received;
  while (rest.length >= SIZE_BYTES && rest.length >= SIZE_BYTES + rest.readInt32BE(0)) {
    const end = SIZE_BYTES + rest.readInt32BE(0);
    frames.push(rest.subarray(SIZE_BYTES, end));
    rest = rest.subarray(end);
  }
  return frames;
}

async function responsesOf(client: MemoryClient, count: number): Promise<Buffer[]> {
  await client.until(() => responses(client).length >= count);
  return responses(client);
}

const correlationIds = (client: MemoryClient): number[] => responses(client).map(responseCorrelationId);

/** Lets go what is under way. */
const settled = (): Promise<void> => new Promise(setImmediate);

describe('answers', () => {
  test('to pipelined produce requests go out in their order, however they finish', async () => {
    const { network, handlers } = await start();
    const client = network.connect();
    client.send(Buffer.concat([produce(1), produce(2), produce(3)]), { pieceBytes: 7 });
    expect(handlers.dispatched.map(({ kind }) => kind)).toEqual(['produce', 'produce', 'produce']);
    handlers.dispatched[2]?.resolve(PRODUCED);
    handlers.dispatched[1]?.resolve(PRODUCED);
    await settled();
    expect(correlationIds(client)).toEqual([]);
    handlers.dispatched[0]?.resolve(PRODUCED);
    await responsesOf(client, 3);
    expect(correlationIds(client)).toEqual([1, 2, 3]);
  });

  test('of other requests wait for the produce requests before them', async () => {
    const { network, handlers } = await start();
    const client = network.connect();
    client.send(Buffer.concat([produce(1), metadata(2)]));
    handlers.dispatched[1]?.resolve(METADATA);
    await settled();
    expect(correlationIds(client)).toEqual([]);
    handlers.dispatched[0]?.resolve(PRODUCED);
    await responsesOf(client, 2);
    expect(correlationIds(client)).toEqual([1, 2]);
  });

  test('to ApiVersions of an unknown version keep their place, too', async () => {
    const { network, handlers } = await start();
    const client = network.connect();
    client.send(Buffer.concat([produce(1), head(18, 99, 2)]));
    await settled();
    expect(correlationIds(client)).toEqual([]);
    handlers.dispatched[0]?.resolve(PRODUCED);
    const [, second] = await responsesOf(client, 2);
    const { body, correlationId } = decodeResponse('ApiVersions', 3, second!);
    expect([correlationId, body.errorCode]).toEqual([2, errorNumber('UNSUPPORTED_VERSION')]);
    expect(body.apiKeys).toContainEqual(
      expect.objectContaining({ apiKey: 18, minVersion: 0, maxVersion: 4 }),
    );
  });

  test('a long poll holds up what is behind it on its connection, and nothing on another', async () => {
    const { network, handlers } = await start();
    const [one, other] = [network.connect(), network.connect()];
    one.send(Buffer.concat([fetch(1), metadata(2)]));
    other.send(metadata(3));
    expect(handlers.dispatched.map(({ kind }) => kind)).toEqual(['fetch', 'metadata']);
    handlers.dispatched[0]?.resolve(fetched(Buffer.from('records')));
    const [first] = await responsesOf(one, 1);
    const { body } = decodeResponse('Fetch', FETCH_VERSION, first!);
    expect(body.responses[0]?.partitions[0]?.records?.toString()).toBe('records');
    expect(body.sessionId).toBe(0);
    expect(handlers.dispatched.map(({ kind }) => kind)).toEqual(['fetch', 'metadata', 'metadata']);
  });

  test('carry record bytes as they came, and give their memory back', async () => {
    const { network, handlers, table } = await start();
    const client = network.connect();
    const batches = Array.from({ length: 20 }, (_, index) => Buffer.alloc(9000 + index, index));
    client.send(Buffer.concat(batches.map((records, index) => produce(index, { records }))), {
      pieceBytes: 5000,
    });
    for (const [index, { request, resolve }] of handlers.dispatched.entries()) {
      expect((request as ProduceRequest).partitions[0]?.records.equals(batches[index]!)).toBe(true);
      resolve(PRODUCED);
    }
    await responsesOf(client, 20);
    expect(table.pool.usedBytes).toBeLessThanOrEqual(64 * 1024);
  });

  test('that cannot be encoded end the connection and release what they hold', async () => {
    const { network, handlers } = await start();
    const client = network.connect();
    let released = 0;
    client.send(fetch(1));
    handlers.dispatched[0]?.resolve({
      partitions: [
        { highWatermark: 2 ** 60, lastStableOffset: 0, logStartOffset: 0, records: Buffer.alloc(0) },
      ],
      release: () => released++,
    });
    await settled();
    const [response] = await responsesOf(client, 1);
    expect(decodeResponse('Fetch', FETCH_VERSION, response!).body.errorCode).not.toBe(0);
    expect(released).toBe(1);
  });

  test('a request that a handler rejects is answered with its error, and the connection goes on', async () => {
    const { network, handlers } = await start();
    const client = network.connect();
    client.send(produce(1));
    handlers.dispatched[0]?.reject(new TidelogError('POLICY_VIOLATION', 'not on a Sunday'));
    const [first] = await responsesOf(client, 1);
    const { body } = decodeResponse('Produce', PRODUCE_VERSION, first!);
    expect(body.responses[0]?.partitionResponses[0]).toMatchObject({
      errorCode: errorNumber('POLICY_VIOLATION'),
      errorMessage: 'not on a Sunday',
      baseOffset: -1,
    });
    client.send(metadata(2));
    expect(handlers.dispatched[1]?.kind).toBe('metadata');
  });
});

describe('acks=0', () => {
  test('has no answer, and what is behind it has its own', async () => {
    const { network, handlers } = await start();
    const client = network.connect();
    client.send(Buffer.concat([produce(1, { acks: 0 }), produce(2)]));
    handlers.dispatched[0]?.resolve(PRODUCED);
    handlers.dispatched[1]?.resolve(PRODUCED);
    await responsesOf(client, 1);
    expect(correlationIds(client)).toEqual([2]);
  });

  test('with an error ends the connection once the requests before it are answered, and is logged', async () => {
    const { network, handlers, warnings, metrics } = await start();
    const client = network.connect();
    client.send(Buffer.concat([produce(1), produce(2, { acks: 0 })]));
    const error = new TidelogError('CORRUPT_MESSAGE', 'the CRC does not fit');
    handlers.dispatched[1]?.resolve({ partitions: [{ ...PRODUCED.partitions[0], error }] });
    await settled();
    expect(client.didListenerEnd).toBe(false);
    handlers.dispatched[0]?.resolve(PRODUCED);
    await client.until(() => client.didListenerEnd);
    expect(correlationIds(client)).toEqual([1]);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]?.message).toContain('without acknowledgement');
    expect(warnings[0]?.fields).toMatchObject({ clientId: 'shop', reason: 'the CRC does not fit' });
    expect(metrics.malformedFramesTotal).toBe(0);
  });
});

describe('what was never offered', () => {
  test.each([
    ['an API that nobody knows', head(999, 0, 1)],
    ['an API that is known and not served', head(24, 0, 1)],
    ['a version beyond those of its API', head(3, 77, 1)],
    ['a negative version', head(3, -1, 1)],
  ])('%s ends the connection with a line in the log', async (_what, bytes) => {
    const { network, warnings, handlers } = await start();
    const client = network.connect();
    client.send(Buffer.concat([bytes, metadata(2)]));
    await client.until(() => client.didListenerEnd);
    expect(client.received).toHaveLength(0);
    expect(handlers.dispatched).toHaveLength(0);
    expect(String(warnings[0]?.fields['reason'])).toContain('which ApiVersions does not offer');
  });

  test.each([0, 1, 2])(
    'Produce %i is answered with UNSUPPORTED_VERSION in its own layout',
    async (version) => {
      const { network, handlers } = await start();
      const client = network.connect();
      const body = { acks: 1, timeoutMs: 1, topicData: [{ name: 'orders', partitionData: [{ index: 4 }] }] };
      client.send(frame('Produce', version, 1, body as unknown as RequestInput<'Produce'>));
      const [answer] = await responsesOf(client, 1);
      const { responses: topics } = decodeResponse('Produce', version, answer!).body;
      expect(topics[0]).toMatchObject({ name: 'orders', partitionResponses: [{ index: 4, errorCode: 35 }] });
      expect(handlers.dispatched).toHaveLength(0);
    },
  );
});

test('bytes behind a request, as librdkafka 2.16 leaves them when it asks for all topics, do no harm', async () => {
  const { network, handlers } = await start();
  const client = network.connect();
  client.send(Buffer.from('000000190003000c00000003000772646b61666b610000000000010000', 'hex'));
  expect(handlers.dispatched).toMatchObject([{ kind: 'metadata', request: { topics: 'all' } }]);
  handlers.dispatched[0]?.resolve(METADATA);
  await responsesOf(client, 1);
  expect(correlationIds(client)).toEqual([3]);
});

describe('bad frames', () => {
  test.each([
    ['too short for a header', Buffer.from([0, 0, 0, 3, 0, 3, 0])],
    ['a body that is cut', (() => metadataCut())()],
    ['a size over the limit', Buffer.from([0x7f, 0xff, 0xff, 0xff, 0, 0])],
    ['a negative size', Buffer.from([0xff, 0xff, 0xff, 0xff, 0, 0])],
  ])('%s ends the connection with a line in the log, behind what is in flight', async (_what, bytes) => {
    const { network, warnings, handlers, metrics } = await start();
    const client = network.connect();
    client.send(Buffer.concat([produce(7), bytes]));
    await settled();
    expect(client.didListenerEnd).toBe(false);
    handlers.dispatched[0]?.resolve(PRODUCED);
    await client.until(() => client.didListenerEnd);
    expect(correlationIds(client)).toEqual([7]);
    expect(warnings).toHaveLength(1);
    expect(metrics.malformedFramesTotal).toBe(1);
  });
});

function metadataCut(): Buffer {
  const bytes = frame('Metadata', 5, 1, { topics: [{ name: 'orders' }] }).subarray(0, -4);
  bytes.writeInt32BE(bytes.length - SIZE_BYTES);
  return bytes;
}

describe('who the client is', () => {
  const versions = (name: string, version: string): Buffer =>
    frame('ApiVersions', 3, 1, { clientSoftwareName: name, clientSoftwareVersion: version });

  test('is known to the handlers by its client id', async () => {
    const { network, handlers } = await start();
    network.connect().send(metadata(1));
    expect(handlers.dispatched[0]?.context).toMatchObject({ clientId: 'shop', listener: 'kafka' });
  });

  test('is kept to 256 bytes of what it calls itself', async () => {
    const { network, handlers } = await start();
    const head = { apiVersion: 5, correlationId: 1, clientId: 'x'.repeat(30_000) };
    network.connect().send(Buffer.concat(encodeRequest('Metadata', head, { topics: [] })));
    expect(handlers.dispatched[0]?.context.clientId).toBe('x'.repeat(256));
  });

  test('is told by ApiVersions, which refuses names that are none', async () => {
    const { network } = await start();
    const client = network.connect();
    client.send(versions('apache-kafka-java', '4.0.0'));
    client.send(versions('evil\nname', '1'));
    const [good, bad] = await responsesOf(client, 2);
    expect(decodeResponse('ApiVersions', 3, good!).body.errorCode).toBe(0);
    expect(decodeResponse('ApiVersions', 3, bad!).body.errorCode).toBe(errorNumber('INVALID_REQUEST'));
  });
});

describe('the end of a connection', () => {
  test('aborts what waits and releases what comes too late', async () => {
    const { network, handlers, table } = await start();
    const client = network.connect();
    client.send(Buffer.concat([produce(1), fetch(2)]));
    const signals = handlers.dispatched.map(({ context }) => context.signal);
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, false]);
    client.reset();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
    let released = 0;
    handlers.dispatched[1]?.resolve(fetched(Buffer.from('late'), () => released++));
    handlers.dispatched[0]?.resolve(PRODUCED);
    await settled();
    expect(released).toBe(1);
    expect(table.connectionCount).toBe(0);
    expect(table.outgoing.queuedBytes).toBe(0);
    expect(table.pool.usedBytes).toBeLessThanOrEqual(64 * 1024);
  });

  test('by a peer that stops sending comes after its requests were answered', async () => {
    const { network, handlers } = await start();
    const client = network.connect();
    client.send(produce(1));
    client.end();
    expect(client.didListenerEnd).toBe(false);
    handlers.dispatched[0]?.resolve(PRODUCED);
    await client.until(() => client.didListenerEnd);
    expect(correlationIds(client)).toEqual([1]);
  });
});

describe('memory', () => {
  test('a peer that does not read is not fetched for beyond its bound', async () => {
    const { network, handlers } = await start({ maxOutgoingBytesPerConnection: 64 * 1024 });
    const client = network.connect();
    client.isReading = false;
    for (let index = 0; index < 20; index++) client.send(fetch(index));
    let served = 0;
    while (handlers.dispatched[served] !== undefined && served < 20) {
      const { request, resolve } = handlers.dispatched[served++]!;
      expect((request as FetchRequest).maxBytes).toBeLessThanOrEqual(16 * 1024);
      resolve(fetched(Buffer.alloc(16 * 1024)));
      await settled();
    }
    expect(served).toBeLessThan(8);
    client.read();
    await settled();
    expect(handlers.dispatched.length).toBeGreaterThan(served);
  });

  test('produce requests in flight are bounded, and the socket is not read beyond', async () => {
    const { network, handlers } = await start({ maxInFlightRequestsPerConnection: 5 });
    const client = network.connect();
    client.send(Buffer.concat(Array.from({ length: 20 }, (_, index) => produce(index))));
    expect(handlers.dispatched).toHaveLength(5);
    handlers.dispatched[0]?.resolve(PRODUCED);
    await responsesOf(client, 1);
    expect(handlers.dispatched).toHaveLength(6);
  });

  test('a produce request of many partitions counts as several', async () => {
    const { network, handlers } = await start({ maxInFlightRequestsPerConnection: 5 });
    const client = network.connect();
    const partitionData = Array.from({ length: 20 }, (_, index) => ({
      index,
      records: Buffer.from('batch'),
    }));
    const topicData = [{ name: 'orders', partitionData }];
    const large = frame('Produce', PRODUCE_VERSION, 1, { acks: 1, timeoutMs: 1000, topicData });
    client.send(Buffer.concat([large, large, large]));
    expect(handlers.dispatched).toHaveLength(2);
  });
});
