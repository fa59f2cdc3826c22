/**
 * An API of the protocol: its key and name, its versions, and the messages of request and response. Both have the
 * same versions, and are flexible in the same ones.
 */
import { messageCodec, type MessageCodec } from './message-codec.ts';
import { message, type Fields } from './schema.ts';
import { parseVersions, type Versions } from './version-range.ts';

/** What an API is called and which versions of it are defined. */
export interface ApiHead<Name extends string> {
  /** The number on the wire. */
  readonly key: number;
  /** Kafka's name. */
  readonly name: Name;
  readonly versions: Versions;
  /** The versions with compact lengths and tagged fields (KIP-482). */
  readonly flexible: Versions;
}

/** An API with its codecs. */
export interface ApiDefinition<
  Name extends string = string,
  Request extends Fields = Fields,
  Response extends Fields = Fields,
> {
  readonly key: number;
  readonly name: Name;
  /** The lowest version that is defined. */
  readonly minVersion: number;
  /** The highest version that is defined. */
  readonly maxVersion: number;
  /** The lowest flexible version; undefined when none is. */
  readonly flexibleSince: number | undefined;
  readonly request: MessageCodec<Request>;
  readonly response: MessageCodec<Response>;
}

/** Defines an API by the fields of its request and of its response. */
export function defineApi<
  const Name extends string,
  const Request extends Fields,
  const Response extends Fields,
>(
  { key, name, versions, flexible }: ApiHead<Name>,
  request: Request,
  response: Response,
): ApiDefinition<Name, Request, Response> {
  const { min: minVersion, max: maxVersion } = parseVersions(versions);
  return {
    key,
    name,
    minVersion,
    maxVersion,
    flexibleSince: flexible === 'none' ? undefined : Math.max(minVersion, parseVersions(flexible).min),
    request: messageCodec(message(`${name}Request`, { versions, flexible }, request)),
    response: messageCodec(message(`${name}Response`, { versions, flexible }, response)),
  };
}
