/**
 * FindCoordinator (key 10): the broker that coordinates a group (key type 0) or a transactional id (1).
 *
 * What versions changed: 1 adds the key type, the throttle time and the error message, 3 is flexible, 4 asks for
 * several keys (KIP-699), 5 may answer TRANSACTION_ABORTABLE (KIP-890).
 */
import { defineApi } from '../api-definition.ts';
import { array, int16, int32, int8, string, stringArray } from '../schema.ts';

export const FindCoordinator = defineApi(
  { key: 10, name: 'FindCoordinator', versions: '0-5', flexible: '3+' },
  {
    key: string('0-3', { default: '' }),
    /** 0: group, 1: transactional id. */
    keyType: int8('1+', { default: 0 }),
    coordinatorKeys: stringArray('4+', { default: [] }),
  },
  {
    throttleTimeMs: int32('1+', { ignorable: true }),
    errorCode: int16('0-3', { default: 0 }),
    errorMessage: string('1-3', { nullable: '1-3', ignorable: true }),
    nodeId: int32('0-3', { default: 0 }),
    host: string('0-3', { default: '' }),
    port: int32('0-3', { default: 0 }),
    coordinators: array(
      '4+',
      {
        key: string('4+'),
        nodeId: int32('4+'),
        host: string('4+'),
        port: int32('4+'),
        errorCode: int16('4+'),
        errorMessage: string('4+', { nullable: '4+', ignorable: true }),
      },
      { default: [] },
    ),
  },
);
