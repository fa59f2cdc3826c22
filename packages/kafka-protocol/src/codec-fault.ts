/**
 * What goes wrong inside the interpreter, on its way out: each level that it passes puts its field in front of the
 * path, and the top turns it into a `TidelogError` that names message, version and path. Nothing is tracked while
 * all is well.
 */
import { TidelogError, type ErrorCode } from '@tidelog/record/errors';

export class CodecFault extends Error {
  readonly code: ErrorCode;
  /** Outermost first; grows while the fault travels outward. */
  path = '';

  constructor(code: ErrorCode, message: string) {
    super(message);
    this.code = code;
  }

  /** The thrown value with a field in front of its path; anything but a fault stays as it is. */
  static within(thrown: unknown, field: string): unknown {
    if (thrown instanceof CodecFault) {
      thrown.path =
        thrown.path === '' || thrown.path.startsWith('[') ? field + thrown.path : `${field}.${thrown.path}`;
    }
    return thrown;
  }

  /** The thrown value as an error for the outside. */
  static outside(thrown: unknown, where: string): unknown {
    if (!(thrown instanceof CodecFault)) return thrown;
    const place = thrown.path === '' ? where : `${where}, ${thrown.path}`;
    return new TidelogError(thrown.code, `${place}: ${thrown.message}`);
  }
}

/** Bytes that cannot be what they claim to be. */
export function malformed(reason: string): CodecFault {
  return new CodecFault('MALFORMED_FRAME', reason);
}

/** A value given for encoding that the field cannot hold. */
export function unencodable(reason: string): CodecFault {
  return new CodecFault('INVALID_ARGUMENT', reason);
}
