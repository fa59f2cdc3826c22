/**
 * What stands before every request and response (https://kafka.apache.org/protocol#protocol_messages).
 *
 * Request header 1: key and version of the API, correlation id, client id. 2, before flexible requests, adds tagged
 * fields; its client id keeps the old form, so that a broker can read the header of an ApiVersions request of any
 * version. Version 0, without a client id, belonged to ControlledShutdown alone and is not defined.
 *
 * Response header 0: the correlation id. 1, before flexible responses, adds tagged fields. The response of
 * ApiVersions always has header 0 (KIP-511): a client must read it before it knows what the broker speaks.
 */
import { isFlexibleVersion, type ApiName } from './apis.ts';
import { messageCodec } from './message-codec.ts';
import { int16, int32, message, string, type InputOf, type ValueOf } from './schema.ts';

export const RequestHeader = messageCodec(
  message(
    'RequestHeader',
    { versions: '1-2', flexible: '2+' },
    {
      requestApiKey: int16('0+'),
      requestApiVersion: int16('0+'),
      correlationId: int32('0+'),
      clientId: string('1+', { nullable: '1+', default: null, flexible: 'none' }),
    },
  ),
);

export const ResponseHeader = messageCodec(
  message('ResponseHeader', { versions: '0-1', flexible: '1+' }, { correlationId: int32('0+') }),
);

export type RequestHeaderValue = ValueOf<typeof RequestHeader.definition>;
export type RequestHeaderInput = InputOf<typeof RequestHeader.definition>;
export type ResponseHeaderValue = ValueOf<typeof ResponseHeader.definition>;

/** The header version of a request. */
export function requestHeaderVersion(name: ApiName, apiVersion: number): 1 | 2 {
  return isFlexibleVersion(name, apiVersion) ? 2 : 1;
}

/** The header version of a response. */
export function responseHeaderVersion(name: ApiName, apiVersion: number): 0 | 1 {
  return name !== 'ApiVersions' && isFlexibleVersion(name, apiVersion) ? 1 : 0;
}
