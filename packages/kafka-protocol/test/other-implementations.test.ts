/**
 * The definitions against an independent implementation, in both directions: its requests decode here and encode to
 * the same bytes, and it reads our responses to their last byte.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { requestHeaderVersion, responseHeaderVersion } from '../src/headers.ts';
import { MESSAGE_CASES, codecOf, messageArbitrary, type Message } from './message-arbitrary.ts';
import { peerHas, peerHeaders, peerRequest, peerResponse } from './platformatic-peer.ts';

const PEER_CASES = MESSAGE_CASES.filter(
  ({ api, version, direction }) => direction === 'request' && peerHas(api, version),
);

test('the other implementation knows most of what is defined', () => {
  expect(PEER_CASES.length).toBeGreaterThan(150);
});

describe.each(PEER_CASES)('$api v$version', ({ api, version }) => {
  test('has the same headers', () => {
    expect({
      request: requestHeaderVersion(api, version),
      response: responseHeaderVersion(api, version),
    }).toEqual(peerHeaders(api, version));
  });

  test('its request encodes to the same bytes', () => {
    const theirs = peerRequest(api, version);
    const codec = codecOf({ api, direction: 'request' });
    const value = codec.decode(version, theirs);
    expect(codec.encode(version, value).toString('hex')).toBe(theirs.toString('hex'));
  });

  test('our response is read to its end', () => {
    const codec = codecOf({ api, direction: 'response' });
    const arbitrary = messageArbitrary(codec.definition, version).map(asPeerReads);
    fc.assert(
      fc.property(arbitrary, (value) => {
        const bytes = codec.encode(version, value as never);
        expect(peerResponse(api, version, bytes).left, bytes.toString('hex')).toBe(0);
      }),
      { numRuns: 20 },
    );
  });
});

/** It throws where an answer has an error, and reads records at once. */
function asPeerReads(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asPeerReads);
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return value;
  const entries = Object.entries(value as Message).map(([name, field]) => {
    if (name.toLowerCase().endsWith('errorcode')) return [name, 0];
    if (name === 'records') return [name, null];
    if (name === 'recordErrors') return [name, []];
    return [name, asPeerReads(field)];
  });
  return Object.fromEntries(entries);
}
