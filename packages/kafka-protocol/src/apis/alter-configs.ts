/**
 * AlterConfigs (key 33): replaces all configs of a resource; what is not named goes back to its default.
 *
 * What versions changed: 2 is flexible.
 */
import { defineApi } from '../api-definition.ts';
import { array, bool, int16, int32, int8, string } from '../schema.ts';

export const AlterConfigs = defineApi(
  { key: 33, name: 'AlterConfigs', versions: '0-2', flexible: '2+' },
  {
    resources: array('0+', {
      /** 2 topic, 4 broker, 8 broker logger, 32 group (Kafka's ConfigResource). */
      resourceType: int8('0+'),
      resourceName: string('0+'),
      configs: array('0+', {
        name: string('0+'),
        value: string('0+', { nullable: '0+' }),
      }),
    }),
    validateOnly: bool('0+'),
  },
  {
    throttleTimeMs: int32('0+'),
    responses: array('0+', {
      errorCode: int16('0+'),
      errorMessage: string('0+', { nullable: '0+' }),
      /** 2 topic, 4 broker, 8 broker logger, 32 group (Kafka's ConfigResource). */
      resourceType: int8('0+'),
      resourceName: string('0+'),
    }),
  },
);
