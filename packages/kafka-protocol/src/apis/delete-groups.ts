/**
 * DeleteGroups (key 42): removes groups without members, with their offsets.
 *
 * What versions changed: 2 is flexible.
 */
import { defineApi } from '../api-definition.ts';
import { array, int16, int32, string, stringArray } from '../schema.ts';

export const DeleteGroups = defineApi(
  { key: 42, name: 'DeleteGroups', versions: '0-2', flexible: '2+' },
  {
    groupsNames: stringArray('0+'),
  },
  {
    throttleTimeMs: int32('0+'),
    results: array('0+', {
      groupId: string('0+'),
      errorCode: int16('0+'),
    }),
  },
);
