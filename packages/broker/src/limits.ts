/**
 * The bounds of what clients can make a broker hold in memory. Every one is finite by default; their defaults
 * and ranges are rows of the option table in options.ts.
 */
export interface Limits {
  /** The largest request frame that is read, in bytes; a larger one closes the connection. */
  readonly maxRequestBytes: number;
  /** Connections open at once over all listeners; the next one is closed at once. */
  readonly maxConnections: number;
  /** Request and response bytes held in memory over all connections; beyond, sockets are not read. */
  readonly maxInFlightBytes: number;
  /** Bytes that wait for one socket to take them; beyond, no more of its requests are read. */
  readonly maxOutgoingBytesPerConnection: number;
  /** Requests of one connection that are being worked on; beyond, its socket is not read. */
  readonly maxInFlightRequestsPerConnection: number;
  /** A connection that sends nothing and waits for nothing is closed after this long; 0: never. */
  readonly connectionIdleTimeoutMs: number;
}
