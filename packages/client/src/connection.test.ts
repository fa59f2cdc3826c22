import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { encodeResponse } from '@tidelog/protocol';
import { describe, expect, test } from 'vitest';
import { FakeCluster } from '../test/fake-broker.ts';
import { FakeNetwork, type FakeServer } from '../test/fake-network.ts';
import { ManualClock, quiesce } from '../test/manual-clock.ts';
import { failureOf } from '../test/outcomes.ts';
import { resolveClientOptions } from './client-options.ts';
import { Connection, type ConnectionHandlers } from './connection.ts';
import type { ConnectionTrace } from './tracing.ts';

const ENDPOINT = { host: 'broker-1', port: 7650 };

function setUp(server?: FakeServer): {
  network: FakeNetwork;
  clock: ManualClock;
  cluster: FakeCluster;
  connect(handlers?: ConnectionHandlers): Connection;
} {
  const network = new FakeNetwork();
  const clock = new ManualClock();
  const cluster = new FakeCluster(network, server === undefined ? [1] : []);
  if (server !== undefined) network.listen('broker-1:7650', server);
  const settings = resolveClientOptions({
    brokers: ['broker-1:7650'],
    network,
    clock,
    requestTimeoutMs: 1_000,
  });
  return { network, clock, cluster, connect: (handlers) => new Connection(ENDPOINT, settings, handlers) };
}

/** A server that accepts and then answers every chunk with `bytes`. */
const answering =
  (bytes: Buffer): FakeServer =>
  (socket) => ({ onData: () => socket.write([bytes]), onClose: () => undefined });

describe('opening', () => {
  test('greets the broker and learns who it is', async () => {
    const env = setUp();
    const connection = env.connect();
    await connection.opened;
    expect(connection).toMatchObject({ brokerId: 1, clusterId: 'fake', isOpen: true, canWrite: true });
    connection.close();
  });

  test('fails with the address when nothing listens there', async () => {
    const env = setUp();
    env.cluster.stopBroker(1);
    const error = await failureOf(env.connect().opened);
    expect(error.code).toBe('CONNECTION_FAILED');
    expect(error.message).toBe('cannot connect to broker broker-1:7650: connect ECONNREFUSED broker-1:7650');
  });

  test('fails when the greeting takes longer than connectionTimeoutMs', async () => {
    const env = setUp((_socket) => ({ onData: () => undefined, onClose: () => undefined }));
    const failing = failureOf(env.connect().opened);
    await env.clock.advance(1_100);
    const error = await failing;
    expect(error.code).toBe('CONNECTION_FAILED');
    expect(error.message).toMatch(/a request was not answered within 1000 ms|no greeting within/);
  });

  test('fails when something else answers', async () => {
    const env = setUp(answering(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')));
    const error = await failureOf(env.connect().opened);
    expect(error.message).toMatch(/cannot connect to broker broker-1:7650: .*look like HTTP/);
  });

  test('fails with the error that the broker gives', async () => {
    const env = setUp();
    env.cluster.onRequest = () => 'UNSUPPORTED_VERSION';
    const error = await failureOf(env.connect().opened);
    expect(error.message).toBe('cannot connect to broker broker-1:7650: hook says UNSUPPORTED_VERSION');
  });
});

describe('an open connection', () => {
  test('rejects what is in flight when it breaks, and tells its owner once', async () => {
    const env = setUp();
    const closes: (string | undefined)[] = [];
    const connection = env.connect({ onClose: (error) => closes.push(error?.code) });
    await connection.opened;
    env.cluster.onRequest = () => 'drop';
    const answers = [connection.send('METADATA', {}), connection.send('METADATA', {})].map(failureOf);
    env.network.disconnect();
    expect((await Promise.all(answers)).map(({ code }) => code)).toEqual([
      'NETWORK_EXCEPTION',
      'NETWORK_EXCEPTION',
    ]);
    await quiesce();
    expect(closes).toEqual(['NETWORK_EXCEPTION']);
    expect((await failureOf(connection.send('METADATA', {}))).code).toBe('NETWORK_EXCEPTION');
  });

  test('closes when a request is not answered in time', async () => {
    const env = setUp();
    const closes: (string | undefined)[] = [];
    const connection = env.connect({ onClose: (error) => closes.push(error?.code) });
    await connection.opened;
    env.cluster.onRequest = (api) => (api === 'METADATA' ? 'drop' : undefined);
    const late = failureOf(connection.send('METADATA', {}));
    const other = failureOf(connection.send('METADATA', {}, { extraTimeMs: 5_000 }));
    await env.clock.advance(1_001);
    expect((await late).code).toBe('REQUEST_TIMED_OUT');
    expect((await other).code).toBe('NETWORK_EXCEPTION');
    expect(closes).toEqual(['REQUEST_TIMED_OUT']);
  });

  test('closes when it receives an answer to nothing', async () => {
    let chunkCount = 0;
    const env = setUp((socket) => ({
      onData() {
        // The greeting has correlation id 1; nothing has 99.
        const correlationId = ++chunkCount === 1 ? 1 : 99;
        socket.write(encodeResponse(correlationId, 'HELLO', { brokerId: 4 }));
      },
      onClose: () => undefined,
    }));
    const closes: (string | undefined)[] = [];
    const connection = env.connect({ onClose: (error) => closes.push(error?.code) });
    await connection.opened;
    expect((await failureOf(connection.send('METADATA', {}))).code).toBe('NETWORK_EXCEPTION');
    expect(closes).toEqual(['MALFORMED_FRAME']);
  });

  test('that the client closes sends first what waits for the end of the turn', async () => {
    const received: Buffer[] = [];
    const env = setUp((socket) => ({
      onData(chunk) {
        received.push(chunk);
        if (received.length === 1) socket.write(encodeResponse(1, 'HELLO', { brokerId: 1 }));
      },
      onClose: () => undefined,
    }));
    const connection = env.connect();
    await connection.opened;
    connection.sendOneWay('PRODUCE', { acks: 0, partitions: [] });
    connection.close();
    await quiesce();
    expect(received).toHaveLength(2);
  });

  test('writes the requests of one turn together', async () => {
    const writes: number[] = [];
    const network = new FakeNetwork();
    const cluster = new FakeCluster(network);
    const counting = {
      connect: (...args: Parameters<FakeNetwork['connect']>) => {
        const socket = network.connect(...args);
        return {
          ...socket,
          end: () => socket.end(),
          destroy: () => socket.destroy(),
          write: (buffers: readonly Buffer[]) => {
            writes.push(buffers.length);
            return socket.write(buffers);
          },
        };
      },
    };
    const settings = resolveClientOptions({ brokers: cluster.addresses, network: counting });
    const connection = new Connection(ENDPOINT, settings);
    await connection.opened;
    writes.length = 0;
    await Promise.all(Array.from({ length: 5 }, () => connection.send('METADATA', {})));
    expect(writes).toEqual([5]);
    connection.close();
  });

  test('says when it may not be written to', async () => {
    const env = setUp();
    let drains = 0;
    const connection = env.connect({ onWritable: () => (drains += 1) });
    await connection.opened;
    env.network.isPushingBack = true;
    await connection.send('METADATA', {});
    expect(connection.canWrite).toBe(false);
    env.network.releaseBackPressure();
    expect(connection.canWrite).toBe(true);
    expect(drains).toBe(1);
  });

  test('is published when it opens and closes', async () => {
    const env = setUp();
    const traces: ConnectionTrace[] = [];
    const listen = (message: unknown): unknown => traces.push(message as ConnectionTrace);
    subscribe('tidelog.client.connection', listen);
    const connection = env.connect();
    await connection.opened;
    connection.close();
    unsubscribe('tidelog.client.connection', listen);
    expect(traces).toEqual([
      { state: 'opened', endpoint: 'broker-1:7650', brokerId: 1, error: undefined },
      { state: 'closed', endpoint: 'broker-1:7650', brokerId: 1, error: undefined },
    ]);
  });
});
