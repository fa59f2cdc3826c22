/**
 * ApiVersions (key 18): which requests and versions a broker speaks.
 *
 * Clients send their highest version first. A broker that does not know it answers in the layout of version 0 with
 * UNSUPPORTED_VERSION and the versions that it has (KIP-511). The header of the response is never flexible, so that
 * a client can read it before it knows anything.
 *
 * What versions changed: 1 adds the throttle time, 3 is flexible and adds name and version of the client, and
 * features in the response (KIP-584), 4 allows a supported feature's lowest version to be 0 (KAFKA-17011).
 */
import { defineApi } from '../api-definition.ts';
import { array, bool, int16, int32, int64, string } from '../schema.ts';

export const ApiVersions = defineApi(
  { key: 18, name: 'ApiVersions', versions: '0-4', flexible: '3+' },
  {
    clientSoftwareName: string('3+', { ignorable: true }),
    clientSoftwareVersion: string('3+', { ignorable: true }),
  },
  {
    errorCode: int16('0+'),
    apiKeys: array('0+', {
      apiKey: int16('0+'),
      minVersion: int16('0+'),
      maxVersion: int16('0+'),
    }),
    throttleTimeMs: int32('1+', { ignorable: true }),
    supportedFeatures: array(
      '3+',
      {
        name: string('3+'),
        minVersion: int16('3+'),
        maxVersion: int16('3+'),
      },
      { ignorable: true, tag: 0 },
    ),
    /** −1: not known. */
    finalizedFeaturesEpoch: int64('3+', { default: -1, ignorable: true, tag: 1 }),
    finalizedFeatures: array(
      '3+',
      {
        name: string('3+'),
        maxVersionLevel: int16('3+'),
        minVersionLevel: int16('3+'),
      },
      { ignorable: true, tag: 2 },
    ),
    /** Of controllers only. */
    zkMigrationReady: bool('3+', { default: false, ignorable: true, tag: 3 }),
  },
);
