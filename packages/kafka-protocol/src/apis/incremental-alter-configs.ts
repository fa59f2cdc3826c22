/**
 * IncrementalAlterConfigs (key 44): sets, deletes, appends to or subtracts from single configs (KIP-339).
 *
 * What versions changed: 1 is flexible.
 */
import { defineApi } from '../api-definition.ts';
import { array, bool, int16, int32, int8, string } from '../schema.ts';

export const IncrementalAlterConfigs = defineApi(
  { key: 44, name: 'IncrementalAlterConfigs', versions: '0-1', flexible: '1+' },
  {
    resources: array('0+', {
      /** 2 topic, 4 broker, 8 broker logger, 32 group (Kafka's ConfigResource). */
      resourceType: int8('0+'),
      resourceName: string('0+'),
      configs: array('0+', {
        name: string('0+'),
        /** 0 set, 1 delete, 2 append, 3 subtract. */
        configOperation: int8('0+'),
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
