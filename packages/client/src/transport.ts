/**
 * The network as the client sees it: streams of bytes to a host and port. `node-transport.ts` is the real one;
 * a simulator or a test gives its own.
 *
 * Contract of a socket: handlers are called from the event loop, never from inside a call of `write` or
 * `close`; `onClose` is called exactly once, also when connecting failed, and nothing is called after it.
 */

export interface Endpoint {
  /** A name or an address, without brackets. */
  readonly host: string;
  /** 1 … 65535. */
  readonly port: number;
}

export interface SocketHandlers {
  /** The connection stands; bytes may be written from now on. */
  onConnect(): void;
  /** Bytes that arrived. The memory belongs to the receiver: the transport never reuses it. */
  onData(chunk: Buffer): void;
  /** The transport's own buffer is empty again after a `write` that returned false. */
  onDrain(): void;
  /** The end, whoever caused it; `error` says why when it was not asked for. */
  onClose(error: Error | undefined): void;
}

export interface Socket {
  /**
   * Sends the buffers as one gathered write. They must stay unchanged until the peer has answered.
   * False: the transport holds more than it likes; write no more until `onDrain`.
   */
  write(buffers: readonly Buffer[]): boolean;
  /**
   * Closes when the bytes given to `write` are sent, or after a few seconds when the peer does not take them.
   * `onClose` follows.
   */
  end(): void;
  /** Gives up the connection at once; unsent bytes are lost. `onClose` follows. */
  destroy(): void;
}

export interface Network {
  /** Starts to connect. Failures come through `onClose`, never as an exception. */
  connect(endpoint: Endpoint, handlers: SocketHandlers): Socket;
}

/** `host:port`, with brackets around an IPv6 address. */
export function formatEndpoint(endpoint: Endpoint): string {
  return endpoint.host.includes(':')
    ? `[${endpoint.host}]:${endpoint.port}`
    : `${endpoint.host}:${endpoint.port}`;
}

const ENDPOINT_PATTERN = /^(?:\[([0-9a-fA-F:.%a-z]+)\]|([^\s:[\]/]+))(?::(\d{1,5}))?$/;

/** Tidelog's port for native clients where an address names none. */
export const DEFAULT_PORT = 7650;

/** Reads `host:port`, `host` or `[ipv6]:port`; undefined when it is none of them. The port is 7650 unless given. */
export function parseEndpoint(text: string): Endpoint | undefined {
  const match = ENDPOINT_PATTERN.exec(text.trim());
  if (match === null) return undefined;
  const port = match[3] === undefined ? DEFAULT_PORT : Number(match[3]);
  if (port < 1 || port > 65535) return undefined;
  return { host: (match[1] ?? match[2]) as string, port };
}
