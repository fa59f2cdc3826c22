/**
 * What every listener of a broker has in common: what it is given, how it is closed, and how a failure to listen
 * is reported.
 */
import { TidelogError } from '@tidelog/record/errors';

/** A listener that accepts connections. */
export interface Listener {
  /** The port listened on; the one that the system chose when 0 was asked for. */
  readonly port: number;
  /** `host:port` as listened on; an IPv6 host in brackets. */
  readonly address: string;
  /**
   * Stops accepting at once, lets requests in flight finish for up to `graceMs` (5,000 unless given), then closes
   * what is left. Resolves when every connection is closed; a second call waits for the first.
   */
  close(options?: { graceMs: number }): Promise<void>;
}

/** How long `close` waits for requests in flight unless told otherwise. */
export const DEFAULT_CLOSE_GRACE_MS = 5000;

/** Where to listen. */
export interface ListenAddress {
  /** An address or a name of this machine; `0.0.0.0` and `::` are all of them. */
  readonly host: string;
  /** 0 … 65535; 0: one that is free. */
  readonly port: number;
}

/** The listener as its user knows it, for messages. */
export interface ListenerIdentity {
  /** `native`, `http`, or the name that the user gave. */
  readonly name: string;
  /** The option or flag that sets the port: `port`, `--http-port`. */
  readonly portOption: string;
}

/** `host:port`, with the brackets that an IPv6 address needs. */
export function formatAddress({ host, port }: ListenAddress): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/**
 * A failure to listen as the error that its user can act on: PORT_IN_USE when the port is taken, else
 * INVALID_ARGUMENT for an address or port that this process may not use.
 */
export function listenError(
  thrown: unknown,
  address: ListenAddress,
  identity: ListenerIdentity,
): TidelogError {
  const where = `${identity.name} listener: cannot listen on ${formatAddress(address)}`;
  const { portOption } = identity;
  const cause = { cause: thrown };
  switch ((thrown as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return new TidelogError(
        'PORT_IN_USE',
        `${where}: another process has the port; stop it, or choose another one with ${portOption}`,
        cause,
      );
    case 'EACCES':
    case 'EPERM':
      return new TidelogError(
        'INVALID_ARGUMENT',
        `${where}: this user may not use the port; choose one above 1023 with ${portOption}`,
        cause,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EINVAL':
      return new TidelogError(
        'INVALID_ARGUMENT',
        `${where}: this machine has no such address; set host to one of its addresses or names`,
        cause,
      );
    default:
      return TidelogError.from(thrown, 'CONNECTION_FAILED');
  }
}
