import { expect, test } from 'vitest';
import { silentLogger } from '@tidelog/log';
import { ManualClock } from '@tidelog/log/testing';
import { MemoryNetwork } from '../../test/memory-network.ts';
import { ListenerMetrics } from '../metrics.ts';
import { ConnectionTable } from './connection-table.ts';
import type { FramedConnection } from './framed-connection.ts';
import { startFramedListener } from './framed-listener.ts';
import { resolveLimits } from './limits.ts';

/** A protocol whose frames are answered by their size; the word `password` authenticates. */
async function startSizes(network: MemoryNetwork): Promise<ConnectionTable> {
  const table = new ConnectionTable({
    limits: resolveLimits({ maxUnauthenticatedRequestBytes: 2000, maxRequestBytes: 1_000_000 }),
    clock: new ManualClock(),
    logger: silentLogger,
  });
  await startFramedListener({
    identity: { name: 'sizes', portOption: '--port' },
    address: { host: 'memory', port: 0 },
    network,
    table,
    metrics: new ListenerMetrics(),
    refusal: () => [],
    protocol: (connection: FramedConnection) => ({
      onFrame: (frame) => {
        if (frame.toString() === 'password') connection.authenticated();
        connection.send([Buffer.from(`${frame.length} `)]);
      },
      lastWords: (error) => [Buffer.from(error.code)],
      onProgress: () => undefined,
      onEnding: () => undefined,
      onPeerGone: () => undefined,
    }),
  });
  return table;
}

function framed(payload: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(payload.length);
  return Buffer.concat([length, payload]);
}

test('a connection that has yet to authenticate may send small requests only', async () => {
  const network = new MemoryNetwork();
  await startSizes(network);
  const [stranger, friend] = [network.connect(), network.connect()];
  stranger.send(Buffer.concat([framed(Buffer.alloc(2000)), framed(Buffer.alloc(2001))]));
  friend.send(Buffer.concat([framed(Buffer.from('password')), framed(Buffer.alloc(900_000))]));
  await stranger.until(() => stranger.didListenerEnd);
  await friend.until(() => friend.received.toString().includes('900000'));
  expect(stranger.received.toString()).toBe('2000 FRAME_TOO_LARGE');
  expect(friend.received.toString()).toBe('8 900000 ');
});

test('each connection has an id of its own, and leaves the table when it closes', async () => {
  const network = new MemoryNetwork();
  const table = await startSizes(network);
  const clients = [network.connect(), network.connect()];
  expect(table.connectionCount).toBe(2);
  expect(table.nextConnectionId()).toBe('c3');
  for (const client of clients) client.reset();
  expect(table.connectionCount).toBe(0);
});
