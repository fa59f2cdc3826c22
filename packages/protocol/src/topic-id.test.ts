import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isTopicId, randomTopicId, topicIdFromBytes, topicIdToBytes, ZERO_TOPIC_ID } from './topic-id.ts';

describe('a topic id', () => {
  test('has 22 characters and gives its 16 bytes back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        const topicId = topicIdFromBytes(bytes);
        expect(topicId).toHaveLength(22);
        expect(isTopicId(topicId)).toBe(true);
        expect(topicIdToBytes(topicId)).toEqual(Buffer.from(bytes));
      }),
    );
  });

  test("is spelled as Kafka's Uuid spells it", () => {
    const bytes = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
    expect(topicIdFromBytes(bytes)).toBe('ABEiM0RVZneImaq7zN3u_w');
    expect(topicIdFromBytes(Buffer.alloc(16))).toBe(ZERO_TOPIC_ID);
  });

  test.each([0, 15, 17, 1000])('of %d bytes is malformed', (sizeBytes) => {
    expect(() => topicIdFromBytes(Buffer.alloc(sizeBytes))).toThrowError(
      expect.objectContaining({
        code: 'MALFORMED_FRAME',
        message: expect.stringContaining(`${sizeBytes} bytes`),
      }),
    );
  });

  test.each(['', 'AAAA', 'ABEiM0RVZneImaq7zN3u/w', 'ABEiM0RVZneImaq7zN3u_x', 'ABEiM0RVZneImaq7zN3u_w=='])(
    '%j is not one: every id has one spelling',
    (text) => {
      expect(isTopicId(text)).toBe(false);
      expect(() => topicIdToBytes(text)).toThrowError(expect.objectContaining({ code: 'INVALID_ARGUMENT' }));
    },
  );
});

describe('randomTopicId', () => {
  test('gives ids that are neither reserved nor start with a dash', () => {
    const dash = Buffer.alloc(16, 0xfb);
    const reserved = [Buffer.alloc(16), Buffer.from('00000000000000000000000000000001', 'hex')];
    const draws = [dash, ...reserved, Buffer.alloc(16, 1)];
    expect(randomTopicId(() => draws.shift() as Buffer)).toBe(topicIdFromBytes(Buffer.alloc(16, 1)));
    for (let i = 0; i < 500; i++) expect(randomTopicId(randomBytes)).not.toMatch(/^-/);
  });

  test('gives up on a source that is not random', () => {
    expect(() => randomTopicId((sizeBytes) => Buffer.alloc(sizeBytes))).toThrowError(/no usable topic id/);
  });
});
