import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { afterEach, describe, expect, test } from 'vitest';
import { silentLogger, systemClock } from '@tidelog/log';
import { crc32c } from '@tidelog/record';
import {
  decodeResponseBody,
  decodeResponseHeader,
  encodeRequest,
  FrameDecoder,
  type ResponseHead,
} from '@tidelog/protocol';
import { ListenerMetrics } from '../../metrics.ts';
import type { ProduceRequest } from '../../requests.ts';
import type { Router } from '../../router.ts';
import { ConnectionTable } from '../connection-table.ts';
import { resolveLimits, type LimitsInput } from '../limits.ts';
import type { Listener } from '../listener.ts';
import { startNativeListener } from './native-listener.ts';

const MIB = 1024 * 1024;
const listeners: Listener[] = [];
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const listener of listeners.splice(0)) await listener.close({ graceMs: 0 });
});

/** What a produce request waits for before it is answered; nothing unless a test sets it. */
let gate: Promise<void> = Promise.resolve();

/** Answers a produce request with the CRC of its record bytes as the offset. */
const checkingRouter = {
  async dispatch(_kind: string, request: ProduceRequest) {
    await gate;
    return {
      partitions: request.partitions.map(({ records }) => ({
        baseOffset: crc32c(records),
        logAppendTimeMs: -1,
        logStartOffset: 0,
      })),
    };
  },
} as unknown as Router;

async function start(
  limits?: LimitsInput & { port?: number },
): Promise<{ listener: Listener; table: ConnectionTable; metrics: ListenerMetrics }> {
  const { port = 0, ...given } = limits ?? {};
  const table = new ConnectionTable({
    limits: resolveLimits(given),
    clock: systemClock,
    logger: silentLogger,
  });
  const metrics = new ListenerMetrics();
  const options = { host: '127.0.0.1', port, portOption: '--port', table, router: checkingRouter, metrics };
  const listener = await startNativeListener(options);
  listeners.push(listener);
  return { listener, table, metrics };
}

async function dial(port: number): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  sockets.push(socket);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

/** Collects responses until there are `count` of them or the listener ends. */
function collect(socket: Socket, count: number): Promise<ResponseHead[]> {
  const decoder = new FrameDecoder({ maxFrameBytes: MIB });
  const heads: ResponseHead[] = [];
  return new Promise((resolve) => {
    socket.on('data', (bytes: Buffer) => {
      decoder.push(bytes);
      for (let frame = decoder.next(); frame !== undefined; frame = decoder.next()) {
        heads.push(decodeResponseHeader(frame));
      }
      if (heads.length >= count) resolve(heads);
    });
    socket.on('close', () => resolve(heads));
  });
}

function produceFrame(correlationId: number, records: Buffer): Buffer {
  const partition = { topicId: Buffer.alloc(16, 1), partition: 0, records };
  return Buffer.concat(encodeRequest('PRODUCE', correlationId, { acks: 1, partitions: [partition] }));
}

describe('over TCP', () => {
  test('requests of every size arrive whole, on many connections at once', { timeout: 30_000 }, async () => {
    const { listener, table } = await start();
    const payloads = [1, 500, 20_000, 70_000, 300_000, 2 * MIB, 5 * MIB].map((sizeBytes) =>
      Buffer.alloc(sizeBytes, `payload of ${sizeBytes} bytes `),
    );
    const payloadOf = (client: number, id: number): Buffer =>
      payloads[(id * 3 + client) % payloads.length] as Buffer;
    await Promise.all(
      Array.from({ length: 4 }, async (_, client) => {
        const socket = await dial(listener.port);
        const answers = collect(socket, 14);
        for (let id = 0; id < 14; id++) socket.write(produceFrame(id, payloadOf(client, id)));
        const heads = await answers;
        for (const { correlationId, body } of heads) {
          const [row] = decodeResponseBody('PRODUCE', body).partitions;
          expect(Number(row?.baseOffset)).toBe(crc32c(payloadOf(client, correlationId)));
        }
        expect(heads.map(({ correlationId }) => correlationId).sort((a, b) => a - b)).toEqual(
          Array.from({ length: 14 }, (__, id) => id),
        );
      }),
    );
    expect(table.pool.usedBytes).toBeLessThanOrEqual(MIB * 3);
  });

  test('requests that want more memory than there is are all answered', { timeout: 30_000 }, async () => {
    const { listener, table } = await start({
      maxInFlightBytes: 2 * MIB,
      maxInFlightRequestsPerConnection: 3,
    });
    const records = Buffer.alloc(150_000, 'record bytes ');
    let peakBytes = 0;
    await Promise.all(
      Array.from({ length: 20 }, async () => {
        const socket = await dial(listener.port);
        const answers = collect(socket, 20);
        for (let id = 0; id < 20; id++) socket.write(produceFrame(id, records));
        socket.on('data', () => (peakBytes = Math.max(peakBytes, table.pool.usedBytes)));
        const heads = await answers;
        expect(heads).toHaveLength(20);
        for (const { body } of heads) {
          expect(Number(decodeResponseBody('PRODUCE', body).partitions[0]?.baseOffset)).toBe(crc32c(records));
        }
      }),
    );
    expect(peakBytes).toBeLessThanOrEqual(3 * MIB);
  });

  test('a declared length of 2 GB gets an error response, then the end', async () => {
    const { listener, table } = await start();
    const socket = await dial(listener.port);
    const answers = collect(socket, 2);
    socket.write(Buffer.from([0x7f, 0xff, 0xff, 0xff, 1, 2, 3]));
    const [refused] = await answers;
    expect(refused?.error).toMatchObject({ code: 'INVALID_REQUEST' });
    expect(table.pool.usedBytes).toBeLessThanOrEqual(1024);
  });

  test('one connection too many is told why', async () => {
    const { listener } = await start({ maxConnections: 1 });
    await dial(listener.port);
    const [refused] = await collect(await dial(listener.port), 1);
    expect(refused?.error?.message).toContain('maxConnections');
  });

  test('a peer that sends and never reads does not grow the broker', { timeout: 30_000 }, async () => {
    const { listener, table } = await start({ maxOutgoingBytesPerConnection: 64 * 1024 });
    const socket = await dial(listener.port);
    socket.pause();
    const frame = Buffer.concat(new Array<Buffer>(2000).fill(produceFrame(1, Buffer.alloc(1))));
    // The kernel's buffers are filled first; then the listener stops reading and the socket takes no more.
    for (let round = 0; round < 400 && socket.writableLength < 4 * MIB; round++) {
      socket.write(frame);
      await new Promise(setImmediate);
    }
    expect(table.outgoing.queuedBytes).toBeLessThanOrEqual(192 * 1024);
    expect(table.pool.usedBytes).toBeLessThanOrEqual(4 * MIB);
    const [other] = await Promise.all([dial(listener.port)]);
    const answers = collect(other, 1);
    other.write(produceFrame(5, Buffer.alloc(10)));
    expect((await answers)[0]?.correlationId).toBe(5);
  });

  test('closing waits for the request in flight and answers it', async () => {
    const { listener, metrics } = await start();
    const socket = await dial(listener.port);
    const answers = collect(socket, 2);
    let openGate: () => void = () => undefined;
    gate = Promise.resolve();
    socket.write(produceFrame(3, Buffer.alloc(10)));
    await new Promise((resolve) => socket.once('data', resolve));
    gate = new Promise((resolve) => (openGate = resolve));
    const before = metrics.receivedBytesTotal;
    socket.write(produceFrame(4, Buffer.alloc(100)));
    while (metrics.receivedBytesTotal === before) await new Promise(setImmediate);
    const closed = listener.close({ graceMs: 5000 });
    openGate();
    expect((await answers).map(({ correlationId }) => correlationId)).toEqual([3, 4]);
    await closed;
    await expect(dialFails(listener.port)).resolves.toBe('ECONNREFUSED');
  });
});

async function dialFails(port: number): Promise<string | undefined> {
  const socket = connect({ host: '127.0.0.1', port });
  const [error] = (await once(socket, 'error').catch((thrown: unknown) => [thrown])) as [
    NodeJS.ErrnoException,
  ];
  return error.code;
}

describe('listening', () => {
  test('on a port that is taken names the address and the flag', async () => {
    const { listener } = await start();
    await expect(start({ port: listener.port })).rejects.toMatchObject({
      code: 'PORT_IN_USE',
      message: `native listener: cannot listen on 127.0.0.1:${listener.port}: another process has the port; stop it, or choose another one with --port`,
    });
  });

  test('on an address that this machine does not have says so', async () => {
    const table = new ConnectionTable({ limits: resolveLimits(), clock: systemClock, logger: silentLogger });
    const options = {
      host: '192.0.2.1',
      port: 0,
      table,
      router: checkingRouter,
      metrics: new ListenerMetrics(),
    };
    await expect(startNativeListener(options)).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      message: expect.stringContaining('192.0.2.1:0: this machine has no such address') as string,
    });
  });
});
