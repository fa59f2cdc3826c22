/**
 * The network as the listeners see it: the seam behind which tests and the simulator put their own.
 * `node-network.ts` is the real one.
 *
 * What a network promises: the calls of one connection's handler never overlap and come in the order
 * `received`* , `ended`?, `closed` (exactly once); bytes arrive in order; after `closed` nothing is called.
 * A handler may call its connection from inside its own methods.
 */
import type { ListenAddress } from './listener.ts';

/** An accepted connection. */
export interface NetworkConnection {
  /** `host:port` of the peer, for logs. */
  readonly remoteAddress: string;
  /**
   * Sends the buffers back to back, in one gathered write where the system has one. They must stay unchanged
   * until `done` is called, which happens exactly once, never inside this call, with an error when the connection
   * broke. At most one write may be under way.
   */
  write(buffers: readonly Uint8Array[], done: (error: Error | undefined) => void): void;
  /** No `received` comes until `resumeReading`; the peer is slowed down by the transport's flow control. */
  pauseReading(): void;
  resumeReading(): void;
  /** Tells the peer that nothing more is coming, behind what was written. */
  end(): void;
  /** Closes at once, dropping what was not sent. */
  destroy(): void;
}

/** What a network calls as things happen to a connection. */
export interface NetworkHandler {
  /**
   * The buffer that the next read shall fill, not empty; undefined for one of the network's own. Asked once
   * before the first read and again after each `received`; the handler leaves that memory alone until then.
   */
  nextReadBuffer(): Buffer | undefined;
  /** Bytes arrived: the beginning of the buffer given last, or memory that is valid only during the call. */
  received(bytes: Buffer): void;
  /** The peer will send nothing more; it may still read. */
  ended(): void;
  /** The connection is gone, both ways. The error is there when it broke. */
  closed(error: Error | undefined): void;
}

/** What a network asks and tells about connections to one address. */
export interface NetworkAcceptor {
  /**
   * Asked about each new connection first. Buffers (which may be empty) refuse it: they are sent as far as the
   * system takes them at once, and the connection is closed. undefined admits it.
   */
  refusal(): readonly Uint8Array[] | undefined;
  /** An admitted connection. */
  connected(connection: NetworkConnection): NetworkHandler;
  /** A connection could not be accepted: out of file descriptors, for one. Listening goes on. */
  acceptFailed(error: Error): void;
}

/** An address that is listened on. */
export interface NetworkServer {
  readonly address: ListenAddress;
  /** Accepts no more. Connections stay as they are. */
  close(): Promise<void>;
}

export interface Network {
  /** Rejects with the system's own error (`code` EADDRINUSE, EACCES, …). */
  listen(address: ListenAddress, acceptor: NetworkAcceptor): Promise<NetworkServer>;
}
