import { afterEach, describe, expect, test } from 'vitest';
import { TidelogError } from '@tidelog/record/errors';
import { silentLogger } from '@tidelog/log';
import { ManualClock } from '@tidelog/log/testing';
import {
  decodeResponseBody,
  decodeResponseHeader,
  encodeRequest,
  FrameDecoder,
  fromSafeNumber,
  type ApiName,
  type RequestInputs,
  type ResponseHead,
} from '@tidelog/protocol';
import { ListenerMetrics } from '../../metrics.ts';
import type { FetchRequest, ProduceRequest } from '../../requests.ts';
import { MemoryNetwork, type MemoryClient } from '../../../test/memory-network.ts';
import { WaitingRouter } from '../../../test/waiting-router.ts';
import { ConnectionTable } from '../connection-table.ts';
import { resolveLimits, type LimitsInput } from '../limits.ts';
import type { Listener } from '../listener.ts';
import { startNativeListener } from './native-listener.ts';

const KIB = 1024;
const TOPIC_ID = Buffer.alloc(16, 5);

interface Bench {
  readonly clock: ManualClock;
  readonly network: MemoryNetwork;
  readonly table: ConnectionTable;
  readonly listener: Listener;
  readonly metrics: ListenerMetrics;
  readonly handlers: WaitingRouter;
  readonly warnings: { fields: Record<string, unknown>; message: string }[];
}

const open: Listener[] = [];
afterEach(async () => {
  for (const listener of open.splice(0)) await listener.close({ graceMs: 0 });
});

async function start(limits?: LimitsInput): Promise<Bench> {
  const clock = new ManualClock();
  const network = new MemoryNetwork();
  const warnings: Bench['warnings'] = [];
  const logger = {
    ...silentLogger,
    warn: (fields: object, message: string) =>
      void warnings.push({ fields: fields as Record<string, unknown>, message }),
  };
  const table = new ConnectionTable({ limits: resolveLimits(limits), clock, logger });
  const handlers = new WaitingRouter();
  const metrics = new ListenerMetrics();
  const { router } = handlers;
  const listener = await startNativeListener({ host: 'memory', port: 0, table, router, metrics, network });
  return { clock, network, table, listener, metrics, handlers, warnings };
}

function encode<A extends ApiName>(api: A, correlationId: number, body: RequestInputs[A]): Buffer {
  return Buffer.concat(encodeRequest(api, correlationId, body));
}

function produce(correlationId: number, { acks = -1, records = Buffer.from('batch') } = {}): Buffer {
  return encode('PRODUCE', correlationId, {
    acks,
    partitions: [{ topicId: TOPIC_ID, partition: 1, records }],
  });
}

function fetch(correlationId: number, { maxBytes = KIB } = {}): Buffer {
  const partition = {
    topicId: TOPIC_ID,
    partition: 0,
    fetchOffset: fromSafeNumber(3),
    partitionMaxBytes: KIB,
  };
  return encode('FETCH', correlationId, { maxWaitMs: 100, minBytes: 1, maxBytes, partitions: [partition] });
}

const PRODUCED = { partitions: [{ baseOffset: 41, logAppendTimeMs: -1, logStartOffset: 0 }] };

function fetched(records: Buffer, release: () => void = () => undefined): object {
  return {
    partitions: [{ highWatermark: 9, lastStableOffset: 9, logStartOffset: 0, records }],
    release,
  };
}

/** The responses that a client has got. */
function responses(client: MemoryClient): ResponseHead[] {
  const decoder = new FrameDecoder({ maxFrameBytes: 64 * KIB * KIB });
  decoder.push(client.received);
  const heads: ResponseHead[] = [];
  for (let frame = decoder.next(); frame !== undefined; frame = decoder.next()) {
    heads.push(decodeResponseHeader(frame));
  }
  return heads;
}

async function responsesOf(client: MemoryClient, count: number): Promise<ResponseHead[]> {
  await client.until(() => responses(client).length >= count);
  return responses(client);
}

describe('requests', () => {
  test('reach the router in the order in which they came and are answered as they finish', async () => {
    const { network, handlers } = await start();
    const client = network.connect();
    client.send(Buffer.concat([fetch(10), produce(11), produce(12)]), { pieceBytes: 7 });
    expect(handlers.dispatched.map(({ kind }) => kind)).toEqual(['fetch', 'produce', 'produce']);
    handlers.dispatched[2]?.resolve(PRODUCED);
    await responsesOf(client, 1);
    handlers.dispatched[1]?.resolve(PRODUCED);
    await responsesOf(client, 2);
    handlers.dispatched[0]?.resolve(fetched(Buffer.from('records')));
    const [second, first, poll] = await responsesOf(client, 3);
    expect([second, first, poll].map((head) => head?.correlationId)).toEqual([12, 11, 10]);
    const body = decodeResponseBody('FETCH', (poll as ResponseHead).body);
    expect(Buffer.from(body.partitions[0]?.records ?? []).toString()).toBe('records');
  });

  test('carry the record bytes unchanged until they are answered', async () => {
    const { network, handlers, table } = await start();
    const client = network.connect();
    const batches = Array.from({ length: 20 }, (_, index) => Buffer.alloc(9000 + index, index));
    client.send(Buffer.concat(batches.map((records, index) => produce(index, { records }))), {
      pieceBytes: 5000,
    });
    expect(table.pool.usedBytes).toBeGreaterThan(0);
    for (const [index, { request, resolve }] of handlers.dispatched.entries()) {
      expect((request as ProduceRequest).partitions[0]?.records.equals(batches[index] as Buffer)).toBe(true);
      resolve(PRODUCED);
    }
    await responsesOf(client, 20);
    expect(table.pool.usedBytes).toBeLessThanOrEqual(64 * KIB);
  });

  test('with acks 0 get no answer, whether they succeed or fail', async () => {
    const { network, handlers } = await start();
    const client = network.connect();
    client.send(Buffer.concat([produce(1, { acks: 0 }), produce(2, { acks: 0 }), produce(3)]));
    handlers.dispatched[0]?.resolve(PRODUCED);
    handlers.dispatched[1]?.reject(new TidelogError('NOT_LEADER_OR_FOLLOWER', 'not here'));
    handlers.dispatched[2]?.resolve(PRODUCED);
    expect((await responsesOf(client, 1)).map(({ correlationId }) => correlationId)).toEqual([3]);
  });

  test('that a handler rejects are answered with its error, and the connection goes on', async () => {
    const { network, handlers } = await start();
    const client = network.connect();
    client.send(produce(1));
    handlers.dispatched[0]?.reject(new TidelogError('POLICY_VIOLATION', 'not on a Sunday'));
    const [refused] = await responsesOf(client, 1);
    expect(refused?.error).toMatchObject({ code: 'POLICY_VIOLATION', message: 'not on a Sunday' });
    client.send(produce(2));
    handlers.dispatched[1]?.resolve(PRODUCED);
    expect((await responsesOf(client, 2))[1]?.error).toBeUndefined();
  });

  test('whose response cannot be encoded are answered with an error', async () => {
    const { network, handlers } = await start();
    const client = network.connect();
    let released = 0;
    client.send(fetch(1));
    handlers.dispatched[0]?.resolve({
      partitions: [
        { highWatermark: 2 ** 60, lastStableOffset: 0, logStartOffset: 0, records: Buffer.alloc(1) },
      ],
      release: () => released++,
    });
    const [response] = await responsesOf(client, 1);
    expect(response?.error?.code).toBe('INVALID_REQUEST');
    expect(released).toBe(1);
  });

  test('with a name longer than a connection may keep are refused', async () => {
    const { network, handlers } = await start();
    const client = network.connect();
    const hello = encode('HELLO', 1, { clientId: 'x'.repeat(1_000_000) });
    client.send(Buffer.concat([hello, encode('METADATA', 2, {})]));
    const [refused] = await responsesOf(client, 1);
    expect(refused?.error).toMatchObject({ code: 'INVALID_REQUEST' });
    expect(refused?.error?.message).toContain('client_id has 1000000 characters');
    expect(handlers.dispatched.map(({ kind, context }) => [kind, context.clientId])).toEqual([
      ['metadata', ''],
    ]);
  });

  test('know the client by the name that it gave', async () => {
    const { network, handlers } = await start();
    const client = network.connect();
    client.send(Buffer.concat([encode('HELLO', 1, { clientId: 'shop' }), encode('METADATA', 2, {})]));
    expect(handlers.dispatched[1]?.context).toMatchObject({ clientId: 'shop', listener: 'native' });
  });

  test('of an unknown api are refused by name, and the connection goes on', async () => {
    const { network, handlers } = await start();
    const client = network.connect();
    const unknown = encode('METADATA', 77, {});
    unknown[6] = 99;
    client.send(Buffer.concat([unknown, produce(2)]));
    const [response] = await responsesOf(client, 1);
    expect(response).toMatchObject({ correlationId: 77, error: { code: 'UNSUPPORTED_VERSION' } });
    expect(handlers.dispatched).toHaveLength(1);
  });

  test('with a body that cannot be decoded are refused, and the connection goes on', async () => {
    const { network, handlers, table } = await start();
    const client = network.connect();
    const broken = produce(5);
    broken[broken.length - 6] = 200;
    const badAcks = produce(6, { acks: 7 });
    const badTopic = encode('PRODUCE', 7, { acks: 1, partitions: [{ topicId: Buffer.alloc(3) }] });
    client.send(Buffer.concat([broken, badAcks, badTopic, produce(8)]));
    const heads = await responsesOf(client, 3);
    expect(heads.map(({ correlationId, error }) => [correlationId, error?.code])).toEqual([
      [5, 'INVALID_REQUEST'],
      [6, 'INVALID_REQUIRED_ACKS'],
      [7, 'INVALID_REQUEST'],
    ]);
    expect(handlers.dispatched).toHaveLength(1);
    handlers.dispatched[0]?.resolve(PRODUCED);
    await responsesOf(client, 4);
    expect(table.pool.usedBytes).toBeLessThanOrEqual(64 * KIB);
  });
});

describe('lost framing', () => {
  test('by a frame over the limit is answered with its correlation id, behind what is in flight, and ends', async () => {
    const { network, handlers, metrics, warnings } = await start({ maxRequestBytes: 10_000 });
    const client = network.connect();
    const huge = produce(22);
    huge.writeUInt32BE(0x7fff_ffff);
    client.send(Buffer.concat([produce(21), huge]));
    const [refused] = await responsesOf(client, 1);
    expect(refused?.correlationId).toBe(22);
    expect(refused?.error).toMatchObject({ code: 'INVALID_REQUEST' });
    expect(refused?.error?.message).toContain('2147483647 bytes; at most 10000');
    expect(client.didListenerEnd).toBe(false);
    handlers.dispatched[0]?.resolve(PRODUCED);
    await client.until(() => client.didListenerEnd);
    expect(responses(client).map(({ correlationId }) => correlationId)).toEqual([22, 21]);
    expect(metrics.malformedFramesTotal).toBe(1);
    expect(warnings).toHaveLength(1);
  });

  test('by a header that cannot be decoded is answered without an id, and ends', async () => {
    const { network } = await start();
    const client = network.connect();
    client.send(Buffer.concat([Buffer.from([0, 0, 0, 3, 0xff, 0xff, 0xff]), produce(9)]));
    await client.until(() => client.didListenerEnd);
    expect(responses(client).map(({ correlationId, error }) => [correlationId, error?.code])).toEqual([
      [0, 'INVALID_REQUEST'],
    ]);
  });

  test('closes for good a second after the end when the peer does not', async () => {
    const { network, clock } = await start();
    const client = network.connect();
    client.send(Buffer.alloc(64));
    await client.until(() => client.didListenerEnd);
    client.send(Buffer.alloc(100_000));
    expect(client.unreadBytes).toBe(0);
    await clock.advance(2000);
    expect(client.isClosed).toBe(true);
  });

  test('is logged a few times, then counted', async () => {
    const { network, warnings, clock } = await start();
    for (let index = 0; index < 100; index++) network.connect().send(Buffer.alloc(4));
    expect(warnings).toHaveLength(5);
    await clock.advance(20_000);
    network.connect().send(Buffer.alloc(4));
    expect(warnings[5]?.fields['suppressedLines']).toBe(95);
  });
});

describe('the end of a connection', () => {
  test('aborts what waits, whoever asks for the signal before or after', async () => {
    const { network, handlers, table } = await start();
    const client = network.connect();
    client.send(Buffer.concat([fetch(1), produce(2)]));
    const early = handlers.dispatched[0]?.context.signal;
    expect(early?.aborted).toBe(false);
    client.reset();
    expect(early?.aborted).toBe(true);
    expect(handlers.dispatched[1]?.context.signal.aborted).toBe(true);
    let released = 0;
    handlers.dispatched[0]?.resolve(fetched(Buffer.from('late'), () => released++));
    handlers.dispatched[1]?.resolve(PRODUCED);
    await new Promise(setImmediate);
    expect(released).toBe(1);
    expect(table.connectionCount).toBe(0);
    expect(table.outgoing.queuedBytes).toBe(0);
    expect(table.pool.usedBytes).toBeLessThanOrEqual(64 * KIB);
  });

  test('by a peer that stops sending comes after its requests were answered', async () => {
    const { network, handlers } = await start();
    const client = network.connect();
    client.send(produce(1));
    client.end();
    expect(client.didListenerEnd).toBe(false);
    handlers.dispatched[0]?.resolve(PRODUCED);
    await client.until(() => client.didListenerEnd);
    expect(responses(client)).toHaveLength(1);
  });

  test('by closing the listener comes after the requests in flight, which are answered', async () => {
    const { network, handlers, listener } = await start();
    const [busy, idle] = [network.connect(), network.connect()];
    busy.send(produce(1));
    const closed = listener.close({ graceMs: 5000 });
    expect(() => network.connect()).toThrow('nobody listens');
    expect([busy.didListenerEnd, idle.didListenerEnd]).toEqual([false, true]);
    idle.reset();
    handlers.dispatched[0]?.resolve(PRODUCED);
    await busy.until(() => busy.didListenerEnd);
    expect(responses(busy)).toHaveLength(1);
    busy.reset();
    await closed;
  });

  test('by closing the listener does not wait longer than its grace', async () => {
    const { network, listener, clock } = await start();
    const client = network.connect();
    client.send(produce(1));
    const closed = listener.close({ graceMs: 300 });
    await clock.advance(299);
    expect(client.isClosed).toBe(false);
    await clock.advance(1);
    await closed;
    expect(client.isClosed).toBe(true);
  });
});

describe('limits', () => {
  test('a connection beyond maxConnections is told so and closed; its place is free after a close', async () => {
    const { network, metrics, warnings } = await start({ maxConnections: 2 });
    const first = network.connect();
    network.connect();
    const third = network.connect();
    expect(third.isClosed).toBe(true);
    expect(responses(third)[0]?.error).toMatchObject({ code: 'THROTTLING_QUOTA_EXCEEDED' });
    expect(metrics).toMatchObject({ openConnections: 2, refusedConnectionsTotal: 1 });
    expect(warnings[0]?.message).toContain('maxConnections');
    first.reset();
    expect(network.connect().isClosed).toBe(false);
  });

  test('requests beyond those in flight wait in the socket and go on when one is answered', async () => {
    const { network, handlers } = await start({ maxInFlightRequestsPerConnection: 3 });
    const client = network.connect();
    client.send(Buffer.concat([1, 2, 3, 4, 5].map((id) => produce(id))));
    client.send(produce(6));
    expect(handlers.dispatched).toHaveLength(3);
    expect(client.isPaused).toBe(true);
    expect(client.unreadBytes).toBeGreaterThan(0);
    for (let index = 0; index < 6; index++) {
      await client.until(() => handlers.dispatched.length > index);
      handlers.dispatched[index]?.resolve(PRODUCED);
      await responsesOf(client, index + 1);
    }
    expect(responses(client).map(({ correlationId }) => correlationId)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(client.isPaused).toBe(false);
  });

  test('a large request counts as several, since it takes more memory decoded than it took to send', async () => {
    const { network, handlers } = await start({ maxInFlightRequestsPerConnection: 4 });
    const client = network.connect();
    const large = (correlationId: number): Buffer =>
      encode('METADATA', correlationId, { topicNames: Array.from({ length: 40 }, () => 'x'.repeat(600)) });
    client.send(Buffer.concat([large(1), large(2), large(3), produce(4, { records: Buffer.alloc(50_000) })]));
    expect(handlers.dispatched).toHaveLength(2);
    handlers.dispatched[0]?.resolve({ clusterId: '', controllerId: 1, brokers: [], topics: [] });
    await client.until(() => handlers.dispatched.length === 3);
    handlers.dispatched[1]?.resolve({ clusterId: '', controllerId: 1, brokers: [], topics: [] });
    await client.until(() => handlers.dispatched.length === 4);
    expect(handlers.dispatched[3]?.kind).toBe('produce');
  });

  test('a produce request of many batches counts as several, since each is an append under way', async () => {
    const { network, handlers } = await start({ maxInFlightRequestsPerConnection: 4 });
    const client = network.connect();
    const many = (correlationId: number): Buffer =>
      encode('PRODUCE', correlationId, {
        acks: -1,
        partitions: Array.from({ length: 20 }, (_, partition) => ({
          topicId: TOPIC_ID,
          partition,
          records: Buffer.alloc(100),
        })),
      });
    client.send(Buffer.concat([many(1), many(2), many(3)]));
    expect(handlers.dispatched).toHaveLength(2);
    handlers.dispatched[0]?.resolve(PRODUCED);
    await client.until(() => handlers.dispatched.length === 3);
  });

  test('a peer that never reads stops being read and fetched for, and is closed after its time', async () => {
    const { network, handlers, clock, table, warnings } = await start({
      maxOutgoingBytesPerConnection: 1024 * KIB,
      slowReaderTimeoutMs: 5000,
    });
    let held = 0;
    handlers.respond = (kind, request) => {
      if (kind !== 'fetch') return PRODUCED;
      const { maxBytes } = request as FetchRequest;
      expect(maxBytes).toBeLessThanOrEqual(256 * KIB);
      held += maxBytes;
      return fetched(Buffer.alloc(maxBytes), () => (held -= maxBytes));
    };
    const client = network.connect();
    client.isReading = false;
    for (let id = 0; id < 200; id++) client.send(fetch(id, { maxBytes: 50 * KIB * KIB }));
    for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
    expect(held).toBeGreaterThan(0);
    expect(held).toBeLessThanOrEqual(1280 * KIB);
    expect(table.outgoing.queuedBytes).toBeLessThanOrEqual(1290 * KIB);
    await clock.advance(7000);
    expect(client.isClosed).toBe(true);
    expect(held).toBe(0);
    expect(table.outgoing.queuedBytes).toBe(0);
    expect(warnings.at(-1)?.message).toContain('does not read its responses');
  });

  test('many peers that never read are bounded together', async () => {
    const { network, handlers, table } = await start({ maxInFlightBytes: 2 * KIB * KIB });
    handlers.respond = () => ({ clusterId: 'x'.repeat(20_000), controllerId: 1, brokers: [], topics: [] });
    const clients = Array.from({ length: 20 }, () => network.connect());
    const ask = Buffer.concat(Array.from({ length: 10 }, (_, id) => encode('METADATA', id, {})));
    for (const client of clients) client.isReading = false;
    for (let turn = 0; turn < 10; turn++) {
      for (const client of clients) client.send(ask);
      await new Promise(setImmediate);
    }
    expect(table.outgoing.queuedBytes).toBeGreaterThan(2 * KIB * KIB);
    const settledBytes = table.outgoing.queuedBytes;
    for (const client of clients) client.send(ask);
    for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
    expect(table.outgoing.queuedBytes).toBe(settledBytes);
    for (const client of clients) client.read();
    for (const client of clients) await responsesOf(client, 110);
    expect(table.outgoing.queuedBytes).toBe(0);
  });

  test('a peer that reads slowly gets everything', async () => {
    const { network, handlers } = await start({ maxOutgoingBytesPerConnection: 64 * KIB });
    handlers.respond = (_kind, request) => fetched(Buffer.alloc((request as FetchRequest).maxBytes));
    const client = network.connect();
    client.isReading = false;
    for (let id = 0; id < 40; id++) client.send(fetch(id, { maxBytes: KIB * KIB }));
    for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
    client.read();
    const heads = await responsesOf(client, 40);
    expect(heads.map(({ correlationId }) => correlationId)).toEqual(
      Array.from({ length: 40 }, (_, id) => id),
    );
  });

  test('a produce request is not held up by fetches that wait for room', async () => {
    const { network, handlers } = await start({ maxOutgoingBytesPerConnection: 64 * KIB });
    const client = network.connect();
    for (let id = 0; id < 8; id++) client.send(fetch(id, { maxBytes: KIB * KIB }));
    client.send(produce(100));
    expect(handlers.dispatched.map(({ kind }) => kind)).toEqual([
      ...Array.from({ length: 4 }, () => 'fetch'),
      'produce',
    ]);
    handlers.dispatched[4]?.resolve(PRODUCED);
    await responsesOf(client, 1);
  });

  test('when requests fill the memory, sockets are not read until some are answered', async () => {
    const { network, handlers, table } = await start({ maxInFlightBytes: 1024 * KIB });
    const clients = Array.from({ length: 40 }, () => network.connect());
    for (const client of clients) client.send(produce(1, { records: Buffer.alloc(60 * KIB, 1) }));
    expect(table.pool.isFull).toBe(true);
    expect(clients.every((client) => client.isPaused)).toBe(true);
    expect(table.pool.usedBytes).toBeLessThanOrEqual(1152 * KIB);
    expect(handlers.dispatched.length).toBeLessThan(40);
    for (let index = 0; index < 40; index++) {
      for (let turn = 0; handlers.dispatched.length <= index && turn < 10; turn++) {
        await new Promise(setImmediate);
      }
      handlers.dispatched[index]?.resolve(PRODUCED);
    }
    for (const client of clients) await responsesOf(client, 1);
    expect(clients.some((client) => client.isPaused)).toBe(false);
    expect(table.pool.usedBytes).toBeLessThanOrEqual(64 * KIB);
  });

  test('half-received requests that fill the memory are completed one after the other', async () => {
    const { network, handlers, table, clock } = await start({ maxInFlightBytes: 1024 * KIB });
    handlers.respond = () => PRODUCED;
    const clients = Array.from({ length: 8 }, () => network.connect());
    const frame = produce(1, { records: Buffer.alloc(800 * KIB, 1) });
    for (const client of clients) client.send(frame.subarray(0, 128 * KIB));
    for (const client of clients) client.send(frame.subarray(128 * KIB));
    for (let second = 0; second < 40; second++) {
      await clock.advance(1000);
      expect(table.pool.usedBytes).toBeLessThanOrEqual(3 * 1024 * KIB);
    }
    for (const client of clients) expect(responses(client)).toHaveLength(1);
    expect(table.pool.usedBytes).toBeLessThanOrEqual(64 * KIB);
  });

  test('a connection that is idle is closed after its time, one that waits for an answer is not', async () => {
    const { network, handlers, clock, metrics } = await start({ connectionIdleTimeoutMs: 60_000 });
    const [idle, waiting] = [network.connect(), network.connect()];
    waiting.send(fetch(1));
    await clock.advance(59_000);
    expect(idle.didListenerEnd).toBe(false);
    await clock.advance(5000);
    expect(idle.isClosed).toBe(true);
    expect(waiting.isClosed).toBe(false);
    expect(metrics.idleConnectionsClosedTotal).toBe(1);
    handlers.dispatched[0]?.resolve(fetched(Buffer.alloc(0)));
    await responsesOf(waiting, 1);
  });

  test('a request that arrives byte by byte is given up after its time, one that grows is not', async () => {
    const { network, clock, warnings } = await start({ partialRequestTimeoutMs: 10_000 });
    const [slow, growing] = [network.connect(), network.connect()];
    const frame = produce(1, { records: Buffer.alloc(10 * KIB * KIB) });
    let sent = 0;
    for (let second = 0; second < 20; second++) {
      slow.send(frame.subarray(second, second + 1));
      growing.send(frame.subarray(sent, (sent += 10 * KIB)));
      await clock.advance(1000);
    }
    expect([slow.isClosed, growing.isClosed]).toEqual([true, false]);
    expect(warnings[0]?.message).toContain('does not arrive');
  });
});

test('the timer that watches over connections runs only while there are some', async () => {
  const { network, clock } = await start();
  expect(clock.pendingTimerCount).toBe(0);
  const client = network.connect();
  await clock.advance(5000);
  expect(clock.pendingTimerCount).toBe(1);
  client.reset();
  expect(clock.pendingTimerCount).toBe(0);
});
