/**
 * Frames of real clients: they decode, and encode to the same bytes. testdata/README.md says where they come from.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { API_VERSIONS, type ApiName } from '../src/apis.ts';
import { decodeRequest, encodeRequest } from '../src/request-frame.ts';
import { decodeResponse, encodeResponse } from '../src/response-frame.ts';

interface GoldenFrame {
  readonly client: string;
  readonly api: ApiName;
  readonly version: number;
  readonly request: string;
  readonly response: string | null;
}

const FRAMES = readFileSync(new URL('../testdata/golden-frames.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as GoldenFrame);

const withoutSize = (pieces: readonly Buffer[]): Buffer => Buffer.concat(pieces).subarray(4);

describe.each(FRAMES)('$client $api v$version', ({ api, version, request }) => {
  test('the request encodes to the bytes that it came in', () => {
    const frame = Buffer.from(request, 'base64');
    const decoded = decodeRequest(frame);
    expect(decoded).toMatchObject({ api, header: { api, apiVersion: version, isKnown: true } });
    const again = withoutSize(encodeRequest(api, decoded.header, decoded.body as never));
    expect(again.toString('hex')).toBe(frame.toString('hex'));
  });
});

describe.each(FRAMES.filter(({ response }) => response !== null))('$client $api v$version', (golden) => {
  test('the response encodes to the bytes that the client accepted', () => {
    const { api, version, response } = golden;
    const frame = Buffer.from(response!, 'base64');
    const { body, correlationId, apiVersion } = decodeResponse(api, version, frame);
    const again = withoutSize(encodeResponse(api, { apiVersion, correlationId }, body as never));
    expect(again.toString('hex')).toBe(frame.toString('hex'));
  });
});

test('the frames come from six clients, and every API and version that is defined has one of its own', () => {
  expect(new Set(FRAMES.map(({ client }) => client.split(' ')[0])).size).toBe(6);
  const answered = FRAMES.filter(({ response }) => response !== null);
  const seen = new Set(answered.map(({ api, version }) => `${api} v${version}`));
  const missing: string[] = [];
  for (const { name, minVersion, maxVersion } of API_VERSIONS) {
    for (let version = minVersion; version <= maxVersion; version++) {
      if (!seen.has(`${name} v${version}`)) missing.push(`${name} v${version}`);
    }
  }
  expect(missing).toEqual([]);
});
