import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { readAcceptedSocket } from './accepted-socket.ts';

/** What the reader of an accepted socket gets of 300,000 bytes, reading into a buffer of 1,000 every other time. */
async function readAll(
  prepare: (accepted: Socket) => void,
): Promise<{ bytes: Buffer; ownReads: number; isSame: boolean }> {
  const sent = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251));
  const received: Buffer[] = [];
  const own = Buffer.alloc(1000);
  let turn = 0;
  let ownReads = 0;
  let isSame = false;
  const server = createServer({ pauseOnConnect: true, allowHalfOpen: true }, (accepted) => {
    prepare(accepted);
    const socket = readAcceptedSocket(accepted, {
      nextReadBuffer: () => (turn++ % 2 === 0 ? undefined : own),
      received: (bytes) => {
        if (bytes.buffer === own.buffer && bytes.byteOffset === own.byteOffset) ownReads++;
        received.push(Buffer.from(bytes));
      },
    });
    isSame = socket === accepted;
    socket.on('end', () => socket.end('bye'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect({ host: '127.0.0.1', port: (server.address() as AddressInfo).port });
  client.end(sent);
  const [last] = (await once(client, 'data')) as [Buffer];
  expect(last.toString()).toBe('bye');
  await new Promise((resolve) => server.close(resolve));
  expect(Buffer.concat(received).equals(sent)).toBe(true);
  return { bytes: Buffer.concat(received), ownReads, isSame };
}

describe('an accepted socket', () => {
  test('is read into the buffers that its owner gives, and still writes and ends', async () => {
    const { ownReads, isSame } = await readAll(() => undefined);
    expect(isSame).toBe(false);
    expect(ownReads).toBeGreaterThan(0);
  });

  test('whose handle cannot read into user buffers is read through data events, with the same result', async () => {
    const { ownReads, isSame } = await readAll((accepted) => {
      (accepted as unknown as { _handle: { useUserBuffer: unknown } })._handle.useUserBuffer = undefined;
    });
    expect(isSame).toBe(true);
    expect(ownReads).toBeGreaterThan(0);
  });
});
