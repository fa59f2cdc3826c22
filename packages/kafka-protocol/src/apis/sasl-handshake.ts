/**
 * SaslHandshake (key 17): the choice of a SASL mechanism.
 *
 * What versions changed: after version 0 bare SASL tokens follow on the connection, after 1 SaslAuthenticate
 * requests. Never flexible.
 */
import { defineApi } from '../api-definition.ts';
import { int16, string, stringArray } from '../schema.ts';

export const SaslHandshake = defineApi(
  { key: 17, name: 'SaslHandshake', versions: '0-1', flexible: 'none' },
  {
    mechanism: string('0+'),
  },
  {
    errorCode: int16('0+'),
    mechanisms: stringArray('0+'),
  },
);
