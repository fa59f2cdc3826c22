import { expect, test } from 'vitest';
import { ZERO_UUID, isUuid, uuidFromBytes, uuidToBytes } from './uuid.ts';

test('a uuid is 16 bytes and 22 characters, and one is the other', () => {
  const bytes = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex');
  expect(uuidFromBytes(bytes)).toBe('AAECAwQFBgcICQoLDA0ODw');
  expect(uuidToBytes('AAECAwQFBgcICQoLDA0ODw')).toEqual(bytes);
  expect(uuidFromBytes(new Uint8Array(16))).toBe(ZERO_UUID);
});

test('other spellings of the same bytes are no uuids', () => {
  expect(isUuid('AAECAwQFBgcICQoLDA0ODw')).toBe(true);
  for (const text of ['AAECAwQFBgcICQoLDA0ODx', 'AAECAwQFBgcICQoLDA0ODw==', 'AAECAwQFBgcICQoLDA0O+w', '']) {
    expect(isUuid(text)).toBe(false);
    expect(() => uuidToBytes(text)).toThrow(/22 characters/);
  }
  expect(() => uuidFromBytes(Buffer.alloc(15))).toThrow(/15 bytes/);
});
