/**
 * DescribeConfigs (key 32): the configs of topics and brokers, with where each value comes from.
 *
 * What versions changed: 1 has config sources and synonyms (KIP-226), 3 adds types and documentation (KIP-569), 4 is
 * flexible.
 */
import { defineApi } from '../api-definition.ts';
import { array, bool, int16, int32, int8, string, stringArray } from '../schema.ts';

export const DescribeConfigs = defineApi(
  { key: 32, name: 'DescribeConfigs', versions: '1-4', flexible: '4+' },
  {
    resources: array('0+', {
      /** 2 topic, 4 broker, 8 broker logger, 32 group (Kafka's ConfigResource). */
      resourceType: int8('0+'),
      resourceName: string('0+'),
      /** Null: all of them. */
      configurationKeys: stringArray('0+', { nullable: '0+' }),
    }),
    includeSynonyms: bool('1+', { default: false }),
    includeDocumentation: bool('3+', { default: false }),
  },
  {
    throttleTimeMs: int32('0+'),
    results: array('0+', {
      errorCode: int16('0+'),
      errorMessage: string('0+', { nullable: '0+' }),
      /** 2 topic, 4 broker, 8 broker logger, 32 group (Kafka's ConfigResource). */
      resourceType: int8('0+'),
      resourceName: string('0+'),
      configs: array('0+', {
        name: string('0+'),
        value: string('0+', { nullable: '0+' }),
        readOnly: bool('0+'),
        /** 1 topic, 2 dynamic of the broker, 3 dynamic default, 4 static of the broker, 5 default. */
        configSource: int8('1+', { default: -1 }),
        isSensitive: bool('0+'),
        synonyms: array(
          '1+',
          {
            name: string('1+'),
            value: string('1+', { nullable: '0+' }),
            source: int8('1+'),
          },
          { ignorable: true },
        ),
        /** 0 unknown, 1 boolean, 2 string, 3 int, 4 short, 5 long, 6 double, 7 list, 8 class, 9 password. */
        configType: int8('3+', { default: 0, ignorable: true }),
        documentation: string('3+', { nullable: '0+', ignorable: true }),
      }),
    }),
  },
);
