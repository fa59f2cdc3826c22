/**
 * The bounds of what clients can make the listeners of a broker hold or wait for, as rows of an option table:
 * their names, defaults and ranges. Every bound is finite by default.
 *
 * Memory: requests take at most `maxInFlightBytes` (plus one read of a socket), responses that wait for sockets
 * as much again, and so do lookups by time; a connection that is idle takes nothing but its socket.
 */
import { resolveOptions, type OptionsInput, type ResolvedOptions } from '@tidelog/record/options';

const KIB = 1024;
const MIB = 1024 * KIB;

/** The rows for the option table of the broker. */
export const LIMITS = {
  maxRequestBytes: {
    type: 'integer',
    default: 100 * MIB,
    min: KIB,
    max: 2047 * MIB,
    kafka: 'socket.request.max.bytes',
    doc: 'The largest request frame that is read. A larger one is answered with an error and its connection is closed.',
  },
  maxUnauthenticatedRequestBytes: {
    type: 'integer',
    default: 64 * KIB,
    min: KIB,
    max: 2047 * MIB,
    doc: 'The largest request frame that is read from a connection that has yet to authenticate.',
  },
  maxConnections: {
    type: 'integer',
    default: 10_000,
    min: 1,
    max: 1_000_000,
    kafka: 'max.connections',
    doc: 'Connections open at once over all listeners. The next one is answered with an error and closed.',
  },
  maxInFlightBytes: {
    type: 'integer',
    default: 256 * MIB,
    min: MIB,
    kafka: 'queued.max.request.bytes',
    doc: 'Request bytes held in memory over all connections; beyond, sockets are not read. Response bytes that wait for sockets are bounded by as much again, and so are batches that are decompressed to find records by time.',
  },
  maxOutgoingBytesPerConnection: {
    type: 'integer',
    default: 32 * MIB,
    min: 64 * KIB,
    doc: 'Response bytes that wait for one socket to take them; beyond, none of its requests are read or fetched for. One fetch is answered with at most a quarter of it, or with one batch.',
  },
  maxInFlightRequestsPerConnection: {
    type: 'integer',
    default: 256,
    min: 1,
    max: 100_000,
    doc: 'Requests of one connection that are worked on at once, each 8 KiB beside record bytes and each ten batches counted as one more; beyond, its socket is not read.',
  },
  connectionIdleTimeoutMs: {
    type: 'integer',
    default: 600_000,
    max: 0x7fff_ffff,
    kafka: 'connections.max.idle.ms',
    doc: 'A connection that sends nothing and waits for nothing is closed after this long; 0: never.',
  },
  partialRequestTimeoutMs: {
    type: 'integer',
    default: 30_000,
    min: 1000,
    max: 0x7fff_ffff,
    doc: 'A request that has begun to arrive must, in each span of this length, be completed or grow by 64 KiB; else its connection is closed.',
  },
  slowReaderTimeoutMs: {
    type: 'integer',
    default: 30_000,
    min: 1000,
    max: 0x7fff_ffff,
    doc: 'A connection whose peer takes none of the response bytes that wait for it is closed after this long.',
  },
} as const;

/** The limits with their defaults filled in. */
export type ResolvedLimits = ResolvedOptions<typeof LIMITS>;
/** Limits as a caller gives them: each one optional. */
export type LimitsInput = OptionsInput<typeof LIMITS>;

/** Fills in defaults. Throws INVALID_ARGUMENT for an unknown limit or a value outside its range. */
export function resolveLimits(input?: LimitsInput): ResolvedLimits {
  return resolveOptions(LIMITS, input, { where: 'broker limits' });
}

/** An append under way takes a few kilobytes beside its batch. */
const BATCHES_PER_WEIGHT = 10;

/** As how many requests in flight a produce request counts; the bytes of its batches are counted by themselves. */
export function produceWeight(batchCount: number): number {
  return 1 + Math.floor(batchCount / BATCHES_PER_WEIGHT);
}
