import { request, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { silentLogger, systemClock } from '@tidelog/log';
import { ListenerMetrics } from '../../metrics.ts';
import type { Listener } from '../listener.ts';
import { startHttpListener } from './http-listener.ts';

const listeners: Listener[] = [];
afterEach(async () => {
  for (const listener of listeners.splice(0)) await listener.close({ graceMs: 0 });
});

interface StartOptions {
  isReady?: boolean;
  port?: number;
  render?: () => Promise<string>;
}

async function start({ isReady = true, port = 0, render }: StartOptions = {}): Promise<Listener> {
  const listener = await startHttpListener({
    host: '127.0.0.1',
    port,
    portOption: '--http-port',
    health: { isReady: () => isReady, describe: () => ({ brokerId: 7 }) },
    metricsPage: {
      contentType: 'text/plain; version=0.0.4',
      render: render ?? (() => Promise.resolve('tidelog_up 1\n')),
    },
    metrics: new ListenerMetrics(),
    clock: systemClock,
    logger: silentLogger,
  });
  listeners.push(listener);
  return listener;
}

interface Reply {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}

function ask(port: number, path: string, { method = 'GET' } = {}): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => (text += part));
      response.on('end', () =>
        resolve({ status: response.statusCode, headers: response.headers, body: text }),
      );
    });
    sent.on('error', reject);
    sent.end();
  });
}

/** What comes back for raw bytes until the listener closes. */
function sendRaw(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect({ host: '127.0.0.1', port }, () => socket.write(bytes));
    socket.setEncoding('latin1');
    socket.on('data', (part: string) => (text += part));
    socket.on('error', reject);
    socket.on('close', () => resolve(text));
  });
}

describe('paths', () => {
  test('/healthz answers while the process does', async () => {
    const { port } = await start({ isReady: false });
    expect(await ask(port, '/healthz')).toMatchObject({ status: 200, body: '{"status":"ok"}\n' });
  });

  test('/readyz says whether the broker serves requests, and what it is', async () => {
    const ready = await ask((await start()).port, '/readyz?verbose');
    expect([ready.status, JSON.parse(ready.body)]).toEqual([200, { status: 'ready', brokerId: 7 }]);
    const unready = await ask((await start({ isReady: false })).port, '/readyz');
    expect([unready.status, JSON.parse(unready.body)]).toEqual([503, { status: 'not ready', brokerId: 7 }]);
  });

  test('/metrics gives the page as it is', async () => {
    const reply = await ask((await start()).port, '/metrics');
    expect([reply.status, reply.headers['content-type'], reply.body]).toEqual([
      200,
      'text/plain; version=0.0.4',
      'tidelog_up 1\n',
    ]);
  });

  test('HEAD is GET without the body', async () => {
    const reply = await ask((await start()).port, '/metrics', { method: 'HEAD' });
    expect([reply.status, reply.headers['content-length'], reply.body]).toEqual([200, '13', '']);
  });

  test('an unknown path is told what there is', async () => {
    const reply = await ask((await start()).port, '/');
    expect([reply.status, reply.body]).toEqual([
      404,
      'There is nothing at this path. This listener has /healthz, /readyz, /metrics.\n',
    ]);
  });

  test('another method is told which are allowed', async () => {
    const reply = await ask((await start()).port, '/metrics', { method: 'DELETE' });
    expect([reply.status, reply.headers.allow]).toEqual([405, 'GET, HEAD']);
  });

  test('a page that fails is a 500, and the next request is served', async () => {
    const { port } = await start({ render: () => Promise.reject(new Error('no')) });
    expect((await ask(port, '/metrics')).status).toBe(500);
    expect((await ask(port, '/healthz')).status).toBe(200);
  });
});

describe('limits', () => {
  test('a request body is refused', async () => {
    const head = 'GET /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n';
    const reply = await sendRaw((await start()).port, head);
    expect(reply).toContain('413 Payload Too Large');
  });

  test('headers over 8 KiB are refused', async () => {
    const { port } = await start();
    const reply = await sendRaw(
      port,
      `GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(9000)}\r\n\r\n`,
    );
    expect(reply).toContain('431 Request Header Fields Too Large');
  });

  test('what is not HTTP gets a 400 and is closed', async () => {
    const { port } = await start();
    expect(await sendRaw(port, '\x00\x00\x00\x10 not http\r\n\r\n')).toContain('400 Bad Request');
  });
});

describe('listening', () => {
  test('on a port that is taken names the address and the flag', async () => {
    const { port } = await start();
    await expect(start({ port })).rejects.toMatchObject({
      code: 'PORT_IN_USE',
      message: expect.stringMatching(new RegExp(`127\\.0\\.0\\.1:${port}.*--http-port`)) as string,
    });
  });

  test('ends at once when connections are idle, and a second close waits for the first', async () => {
    const listener = await start();
    const socket = connect({ host: '127.0.0.1', port: listener.port });
    await new Promise((resolve) => socket.once('connect', resolve));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.resume();
    await Promise.all([listener.close({ graceMs: 50 }), listener.close()]);
    await closed;
  });
});
