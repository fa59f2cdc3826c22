/**
 * DescribeCluster (key 60): cluster id, controller and brokers (KIP-700).
 *
 * What versions changed: 1 adds the endpoint type: 1 brokers, 2 controllers (KIP-919).
 */
import { defineApi } from '../api-definition.ts';
import { array, bool, int16, int32, int8, string } from '../schema.ts';

export const DescribeCluster = defineApi(
  { key: 60, name: 'DescribeCluster', versions: '0-1', flexible: '0+' },
  {
    includeClusterAuthorizedOperations: bool('0+'),
    /** 1 brokers, 2 controllers. */
    endpointType: int8('1+', { default: 1 }),
  },
  {
    throttleTimeMs: int32('0+'),
    errorCode: int16('0+'),
    errorMessage: string('0+', { nullable: '0+', default: null }),
    /** 1 brokers, 2 controllers. */
    endpointType: int8('1+', { default: 1, ignorable: true }),
    clusterId: string('0+'),
    controllerId: int32('0+', { default: -1 }),
    brokers: array('0+', {
      brokerId: int32('0+'),
      host: string('0+'),
      port: int32('0+'),
      rack: string('0+', { nullable: '0+', default: null }),
    }),
    /** Bits by operation; the smallest int32: not asked for. */
    clusterAuthorizedOperations: int32('0+', { default: -2147483648 }),
  },
);
