/**
 * How what went wrong inside the broker is told to a client: the one place where local errors and exceptions
 * become errors with a number on the wire. Messages are kept.
 */
import { isWireErrorCode, TidelogError } from '@tidelog/record/errors';
import type { ErrorCode, WireErrorCode } from '@tidelog/record/errors';

/** What an error of the broker's own process means to a client. */
const WIRE_CODES: Partial<Record<ErrorCode, WireErrorCode>> = {
  DISK_FULL: 'KAFKA_STORAGE_ERROR',
  STORAGE_FAILED: 'KAFKA_STORAGE_ERROR',
  LOG_CORRUPT: 'KAFKA_STORAGE_ERROR',
  DATA_DIR_FORMAT: 'KAFKA_STORAGE_ERROR',
  DATA_DIR_NOT_WRITABLE: 'KAFKA_STORAGE_ERROR',
  INVALID_ARGUMENT: 'INVALID_REQUEST',
  MALFORMED_FRAME: 'INVALID_REQUEST',
  FRAME_TOO_LARGE: 'INVALID_REQUEST',
  CODEC_UNAVAILABLE: 'UNSUPPORTED_COMPRESSION_TYPE',
  // What was asked for is closing: another broker, or this one after its restart, will serve it.
  CLOSED: 'NOT_LEADER_OR_FOLLOWER',
  ABORTED: 'REQUEST_TIMED_OUT',
};

/** Errors of the operating system that mean that the disk, and not the broker, is at fault. */
const DISK_ERRNOS: ReadonlySet<string> = new Set([
  'ENOSPC',
  'EDQUOT',
  'EIO',
  'EROFS',
  'EMFILE',
  'ENFILE',
  'EACCES',
]);

export interface WireFailure {
  /** Its code has a number on the wire. */
  readonly error: TidelogError;
  /** True when nothing foresaw it: a fault of the broker, to be logged. */
  readonly isUnexpected: boolean;
}

/** Anything thrown, as the error that a client is told. */
export function toWireFailure(thrown: unknown): WireFailure {
  if (thrown instanceof TidelogError) {
    if (thrown.code === 'UNKNOWN_SERVER_ERROR') return { error: thrown, isUnexpected: true };
    if (isWireErrorCode(thrown.code)) return { error: thrown, isUnexpected: false };
    const code = WIRE_CODES[thrown.code];
    if (code !== undefined) return { error: withCode(code, thrown), isUnexpected: false };
    return { error: withCode('UNKNOWN_SERVER_ERROR', thrown), isUnexpected: true };
  }
  const errno = (thrown as NodeJS.ErrnoException | null | undefined)?.code;
  if (thrown instanceof Error && errno !== undefined && DISK_ERRNOS.has(errno)) {
    return {
      error: new TidelogError('KAFKA_STORAGE_ERROR', thrown.message, { cause: thrown }),
      isUnexpected: false,
    };
  }
  return { error: TidelogError.from(thrown), isUnexpected: true };
}

function withCode(code: WireErrorCode, error: TidelogError): TidelogError {
  return new TidelogError(code, error.message, {
    cause: error,
    ...(error.topic === undefined ? {} : { topic: error.topic }),
    ...(error.partition === undefined ? {} : { partition: error.partition }),
    ...(error.offset === undefined ? {} : { offset: error.offset }),
  });
}
