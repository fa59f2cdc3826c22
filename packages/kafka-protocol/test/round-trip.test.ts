/**
 * Every message in every version: what is encoded decodes to the same, and encodes to the same bytes again.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeRequest, encodeRequest } from '../src/request-frame.ts';
import { decodeResponse, encodeResponse } from '../src/response-frame.ts';
import { ConsumerProtocolAssignment, ConsumerProtocolSubscription } from '../src/consumer-protocol.ts';
import { GROUP_RECORD_SCHEMAS } from '../src/group-records.ts';
import type { MessageCodec } from '../src/message-codec.ts';
import type { Fields } from '../src/schema.ts';
import { MESSAGE_CASES, codecOf, messageArbitrary, type Message } from './message-arbitrary.ts';

const NUM_RUNS = process.env['CI'] === undefined ? 50 : 200;

describe.each(MESSAGE_CASES)('$api v$version $direction', ({ api, direction, version }) => {
  const { definition } = codecOf({ api, direction });

  test('comes back as it was', () => {
    fc.assert(
      fc.property(messageArbitrary(definition, version), fc.integer(), (body, correlationId) => {
        const head = { apiVersion: version, correlationId };
        const encode = (value: unknown): Buffer =>
          Buffer.concat(
            direction === 'request'
              ? encodeRequest(api, { ...head, clientId: 'client' }, value as never)
              : encodeResponse(api, head, value as never),
          );
        // An ApiVersions response that refuses the version is in version 0, whatever was asked for.
        if (api === 'ApiVersions' && body.errorCode === 35) return;
        const frame = encode(body);
        expect(frame.readInt32BE(0)).toBe(frame.length - 4);
        const payload = frame.subarray(4);
        const decoded =
          direction === 'request' ? decodeRequest(payload).body : decodeResponse(api, version, payload).body;
        expect(decoded).toEqual(body);
        expect(encode(decoded)).toEqual(frame);
      }),
      { numRuns: NUM_RUNS },
    );
  });
});

const MESSAGES = [
  ...Object.values(GROUP_RECORD_SCHEMAS).flatMap(({ key, value }) => [key, value]),
  ConsumerProtocolSubscription,
  ConsumerProtocolAssignment,
].flatMap((codec) => {
  const versions = Array.from(
    { length: codec.maxVersion - codec.minVersion + 1 },
    (_, index) => codec.minVersion + index,
  );
  const plain = codec as unknown as MessageCodec<Fields>;
  return versions.map((version) => ({ name: codec.definition.name, version, codec: plain }));
});

test.each(MESSAGES)(
  '$name v$version comes back as it was, with its version in front',
  ({ codec, version }) => {
    fc.assert(
      fc.property(messageArbitrary(codec.definition, version), (value: Message) => {
        const bytes = codec.encodeVersioned(version, value);
        expect(codec.decodeVersioned(bytes)).toEqual({ version, value });
        expect(codec.encodeVersioned(version, value)).toEqual(bytes);
      }),
      { numRuns: NUM_RUNS },
    );
  },
);
