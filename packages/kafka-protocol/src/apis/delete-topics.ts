/**
 * DeleteTopics (key 20): by name, from version 6 on also by id.
 *
 * What versions changed: 3 may answer TOPIC_DELETION_DISABLED, 4 is flexible, 5 adds error messages, 6 names topics
 * in structs of name and id (KIP-516).
 */
import { defineApi } from '../api-definition.ts';
import { array, int16, int32, string, stringArray, uuid } from '../schema.ts';

export const DeleteTopics = defineApi(
  { key: 20, name: 'DeleteTopics', versions: '1-6', flexible: '4+' },
  {
    topics: array(
      '6+',
      {
        name: string('6+', { nullable: '6+', default: null }),
        topicId: uuid('6+'),
      },
      { default: [] },
    ),
    topicNames: stringArray('0-5', { ignorable: true }),
    timeoutMs: int32('0+'),
  },
  {
    throttleTimeMs: int32('1+', { ignorable: true }),
    responses: array('0+', {
      name: string('0+', { nullable: '6+' }),
      topicId: uuid('6+', { ignorable: true }),
      errorCode: int16('0+'),
      errorMessage: string('5+', { nullable: '5+', default: null, ignorable: true }),
    }),
  },
);
