/**
 * ListGroups (key 16): the groups that a broker coordinates.
 *
 * What versions changed: 1 adds the throttle time, 3 is flexible, 4 adds states and a filter by them (KIP-518),
 * 5 types and a filter by them (KIP-848).
 */
import { defineApi } from '../api-definition.ts';
import { array, int16, int32, string, stringArray } from '../schema.ts';

export const ListGroups = defineApi(
  { key: 16, name: 'ListGroups', versions: '0-5', flexible: '3+' },
  {
    statesFilter: stringArray('4+', { default: [] }),
    typesFilter: stringArray('5+', { default: [] }),
  },
  {
    throttleTimeMs: int32('1+', { ignorable: true }),
    errorCode: int16('0+'),
    groups: array('0+', {
      groupId: string('0+'),
      protocolType: string('0+'),
      groupState: string('4+', { ignorable: true }),
      groupType: string('5+', { ignorable: true }),
    }),
  },
);
