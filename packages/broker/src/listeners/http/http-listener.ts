/**
 * The HTTP listener: is the broker alive, is it ready, what does it count.
 *
 *   GET /healthz   200 while the process answers.
 *   GET /readyz    200 when the broker serves requests, 503 with the reason while it does not.
 *   GET /metrics   Every metric in the Prometheus text format.
 *
 * HEAD is GET without the body. Anything else: 404 or 405, with a text that says what there is. Health is JSON.
 *
 * Limits: headers of 8 KiB (431), 10 s for a request to arrive (408), no request bodies (413), 100 connections.
 * node:http is loaded when the first listener starts, so that a broker without one does not pay for it.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Clock, Logger } from '@tidelog/log';
import type { ListenerMetrics } from '../../metrics.ts';
import type { MetricsPage } from '../../prometheus.ts';
import { DEFAULT_CLOSE_GRACE_MS, formatAddress, listenError, type Listener } from '../listener.ts';

const MAX_HEADER_BYTES = 8 * 1024;
const REQUEST_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_TIMEOUT_MS = 5000;
const MAX_CONNECTIONS = 100;

/** What the broker says about itself. */
export interface Health {
  isReady(): boolean;
  /** More about it, as JSON: why it is not ready, its id. */
  describe(): Readonly<Record<string, unknown>>;
}

export interface HttpListenerOptions {
  readonly host: string;
  /** 0 … 65535; 0: one that is free. */
  readonly port: number;
  /** How the user sets the port, for messages; `the option http.port (--http-port)` unless given. */
  readonly portOption?: string;
  readonly health: Health;
  readonly metricsPage: MetricsPage;
  readonly metrics: ListenerMetrics;
  readonly clock: Clock;
  readonly logger: Logger;
}

interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const PATHS = ['/healthz', '/readyz', '/metrics'];

/** Listens. Rejects with PORT_IN_USE, or INVALID_ARGUMENT when the address may not be used. */
export async function startHttpListener(options: HttpListenerOptions): Promise<Listener> {
  const { createServer } = await import('node:http');
  const server = createServer({
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: REQUEST_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    connectionsCheckingInterval: 1000,
  });
  server.maxConnections = MAX_CONNECTIONS;
  const listener = new HttpListener(server, options);
  await listener.listen();
  return listener;
}

class HttpListener implements Listener {
  readonly #server: Server;
  readonly #options: HttpListenerOptions;
  #port = 0;
  #closing: Promise<void> | undefined;

  constructor(server: Server, options: HttpListenerOptions) {
    this.#server = server;
    this.#options = options;
    const { metrics, logger } = options;
    server.on('request', (request, response) => void this.#serve(request, response));
    server.on('connection', (socket) => {
      metrics.acceptedConnectionsTotal++;
      metrics.openConnections++;
      socket.once('close', () => {
        metrics.openConnections--;
        metrics.receivedBytesTotal += socket.bytesRead;
        metrics.sentBytesTotal += socket.bytesWritten;
      });
    });
    server.on('drop', () => metrics.refusedConnectionsTotal++);
    server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
      metrics.malformedFramesTotal++;
      logger.debug({ reason: error.message }, 'an HTTP request was malformed');
      refuseMalformed(error, socket as Socket);
    });
  }

  get port(): number {
    return this.#port;
  }

  get address(): string {
    return formatAddress({ host: this.#options.host, port: this.#port });
  }

  async listen(): Promise<void> {
    const { host, port, portOption = 'the option http.port (--http-port)', logger } = this.#options;
    try {
      await new Promise<void>((resolve, reject) => {
        this.#server.once('error', reject);
        this.#server.listen({ host, port }, () => {
          this.#server.off('error', reject);
          resolve();
        });
      });
    } catch (error) {
      throw listenError(error, { host, port }, { name: 'http', portOption });
    }
    this.#server.on('error', (error) => {
      logger.warn({ listener: 'http', reason: error.message }, 'a connection could not be accepted');
    });
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  close({ graceMs }: { graceMs: number } = { graceMs: DEFAULT_CLOSE_GRACE_MS }): Promise<void> {
    this.#closing ??= new Promise((resolve) => {
      const timer = this.#options.clock.setTimer(graceMs, () => this.#server.closeAllConnections());
      this.#server.close(() => {
        timer.cancel();
        resolve();
      });
      this.#server.closeIdleConnections();
    });
    return this.#closing;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let answer: Answer;
    try {
      answer = await this.#answer(request);
    } catch (error) {
      this.#options.logger.error({ err: error, url: request.url }, 'an HTTP request failed');
      answer = plain(500, 'The broker failed in a way it did not expect; its log has the cause.');
    }
    const { status, contentType, body, headers } = answer;
    response.writeHead(status, {
      'Content-Type': contentType,
      'Content-Length': Buffer.byteLength(body),
      'Cache-Control': 'no-store',
      ...headers,
      ...((hasBody(request) || this.#closing !== undefined) && { Connection: 'close' }),
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    if (!PATHS.includes(path)) {
      return plain(404, `There is nothing at this path. This listener has ${PATHS.join(', ')}.`);
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return { ...plain(405, `${path} is read with GET or HEAD.`), headers: { Allow: 'GET, HEAD' } };
    }
    if (hasBody(request)) return plain(413, `${path} takes no request body.`);
    const { health, metricsPage } = this.#options;
    switch (path) {
      case '/healthz':
        return json(200, { status: 'ok' });
      case '/readyz': {
        const isReady = health.isReady();
        return json(isReady ? 200 : 503, { status: isReady ? 'ready' : 'not ready', ...health.describe() });
      }
      default:
        return { status: 200, contentType: metricsPage.contentType, body: await metricsPage.render() };
    }
  }
}

function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers['content-length'];
  return headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}

function plain(status: number, text: string): Answer {
  return { status, contentType: 'text/plain; charset=utf-8', body: `${text}\n` };
}

function json(status: number, value: object): Answer {
  return { status, contentType: 'application/json; charset=utf-8', body: `${JSON.stringify(value)}\n` };
}

/** Answers what node's parser refused, and closes: behind it the request boundaries are lost. */
function refuseMalformed(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, text] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? ['431 Request Header Fields Too Large', `The request's headers are over ${MAX_HEADER_BYTES} bytes.`]
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? ['408 Request Timeout', `The request did not arrive within ${REQUEST_TIMEOUT_MS} ms.`]
        : ['400 Bad Request', 'This is not an HTTP/1.1 request that can be read.'];
  const body = `${text}\n`;
  socket.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
