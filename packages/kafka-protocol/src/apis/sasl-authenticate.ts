/**
 * SaslAuthenticate (key 36): one step of a SASL exchange (KIP-152).
 *
 * What versions changed: response 1 adds the lifetime of the session (KIP-368), 2 is flexible.
 */
import { defineApi } from '../api-definition.ts';
import { bytes, int16, int64, string } from '../schema.ts';

export const SaslAuthenticate = defineApi(
  { key: 36, name: 'SaslAuthenticate', versions: '0-2', flexible: '2+' },
  {
    authBytes: bytes('0+'),
  },
  {
    errorCode: int16('0+'),
    errorMessage: string('0+', { nullable: '0+' }),
    authBytes: bytes('0+'),
    /** After this the client has to authenticate again; 0: never. */
    sessionLifetimeMs: int64('1+', { default: 0, ignorable: true }),
  },
);
