import { createServer, type AddressInfo, type Server, type Socket as NodeSocket } from 'node:net';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { nodeNetwork } from './node-transport.ts';
import type { Socket, SocketHandlers } from './transport.ts';

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Connects and collects what comes. */
function connect(port: number): {
  socket: Socket;
  connected: Promise<void>;
  closed: Promise<Error | undefined>;
  drained: Promise<void>;
  chunks: Buffer[];
  received(sizeBytes: number): Promise<void>;
} {
  const connected = Promise.withResolvers<void>();
  const closed = Promise.withResolvers<Error | undefined>();
  const drained = Promise.withResolvers<void>();
  const chunks: Buffer[] = [];
  let wait: { sizeBytes: number; resolve: () => void } | undefined;
  const sizeOf = (): number => chunks.reduce((sum, { length }) => sum + length, 0);
  const handlers: SocketHandlers = {
    onConnect: connected.resolve,
    onDrain: drained.resolve,
    onClose: closed.resolve,
    onData(chunk) {
      chunks.push(chunk);
      if (wait !== undefined && sizeOf() >= wait.sizeBytes) wait.resolve();
    },
  };
  const socket = nodeNetwork.connect({ host: '127.0.0.1', port }, handlers);
  return {
    socket,
    connected: connected.promise,
    closed: closed.promise,
    drained: drained.promise,
    chunks,
    received: (sizeBytes) =>
      new Promise((resolve) => {
        wait = { sizeBytes, resolve };
        if (sizeOf() >= sizeBytes) resolve();
      }),
  };
}

test('bytes go both ways, several buffers as one stream, and chunks stay as they came', async () => {
  const server = createServer((peer) => peer.pipe(peer));
  const { socket, connected, closed, chunks, received } = connect(await listening(server));
  await connected;
  const parts = Array.from({ length: 50 }, (_, index) => {
    const frame = Buffer.alloc(20_000, index);
    frame.writeUInt32BE(frame.length - 4);
    return frame;
  });
  socket.write(parts);
  await received(1_000_000);
  expect(Buffer.concat(chunks).equals(Buffer.concat(parts))).toBe(true);
  socket.destroy();
  expect(await closed).toBeUndefined();
  server.close();
});

test('a large frame comes as one chunk', async () => {
  const frame = Buffer.alloc(3_000_000);
  frame.writeUInt32BE(frame.length - 4);
  const server = createServer((peer) => peer.end(frame));
  const { closed, chunks } = connect(await listening(server));
  await closed;
  expect(chunks.map(({ length }) => length)).toEqual([3_000_000]);
  server.close();
});

test('end sends what was written first, however much it is', async () => {
  const got: number[] = [];
  const ended = Promise.withResolvers<void>();
  const server = createServer((peer) => {
    peer.on('data', (chunk) => got.push(chunk.length));
    peer.on('end', () => ended.resolve());
  });
  const { socket, connected, closed } = connect(await listening(server));
  await connected;
  socket.write([Buffer.alloc(20_000_000)]);
  socket.end();
  await ended.promise;
  expect(got.reduce((sum, sizeBytes) => sum + sizeBytes, 0)).toBe(20_000_000);
  expect(await closed).toBeUndefined();
  server.close();
});

test('a reader that does not read pushes back, and drains when it reads', async () => {
  const server = createServer({ pauseOnConnect: true });
  const accepted = once(server, 'connection');
  const { socket, connected, drained } = connect(await listening(server));
  await connected;
  const [peer] = (await accepted) as [NodeSocket];
  let isTaking = true;
  for (let count = 0; count < 2_000 && isTaking; count++) isTaking = socket.write([Buffer.alloc(65_536)]);
  expect(isTaking).toBe(false);
  peer.resume();
  await drained;
  socket.destroy();
  server.close();
});

test('a refused connection is told through onClose', async () => {
  const server = createServer();
  const port = await listening(server);
  await new Promise((resolve) => server.close(resolve));
  expect((await connect(port).closed)?.message).toContain('ECONNREFUSED');
});

test('a peer that ends its side ends the connection', async () => {
  const server = createServer((peer) => peer.end());
  expect(await connect(await listening(server)).closed).toBeUndefined();
  server.close();
});
