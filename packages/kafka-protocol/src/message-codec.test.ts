/**
 * The interpreter: what it accepts, what it refuses and how it says so.
 */
import { TidelogError } from '@tidelog/record/errors';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { messageCodec } from './message-codec.ts';
import {
  array,
  bigint64,
  bool,
  bytes,
  clampedInt64,
  int16,
  int32,
  int32Array,
  int64,
  int8,
  message,
  records,
  string,
  stringArray,
  struct,
  uuid,
  type InputOf,
  type ValueOf,
} from './schema.ts';
import { BY_REFERENCE_BYTES, WireWriter } from './wire-writer.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

const PLAIN = message(
  'Sample',
  { versions: '0-3', flexible: '2+' },
  {
    name: string('0+'),
    alias: string('1+', { nullable: '1+', default: null }),
    count: int32('1+', { default: -1, ignorable: true }),
    topics: array('0+', { id: uuid('0+'), partitions: int32Array('0+') }, { nullable: '3+' }),
    extra: struct('3+', { level: int16('3+', { default: 7 }) }, { tag: 5 }),
    note: string('2+', { tag: 1, nullable: '2+', default: null }),
  },
);
const sample = messageCodec(PLAIN);

function errorOf(run: () => unknown): TidelogError {
  try {
    run();
  } catch (error) {
    if (error instanceof TidelogError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('types', () => {
  test('a decoded value has all fields, an input may leave out those with a default', () => {
    expectTypeOf<ValueOf<typeof PLAIN>['alias']>().toEqualTypeOf<string | null>();
    expectTypeOf<ValueOf<typeof PLAIN>['count']>().toEqualTypeOf<number>();
    const input: InputOf<typeof PLAIN> = { name: 'a', topics: null };
    // @ts-expect-error the name has no default
    const incomplete: InputOf<typeof PLAIN> = { topics: [] };
    // @ts-expect-error there is no such field
    const excessive: InputOf<typeof PLAIN> = { name: 'a', topics: [], other: 1 };
    expect([input, incomplete, excessive]).toHaveLength(3);
  });
});

describe('versions', () => {
  const value = { name: 'ab', topics: [] };

  test('a version has the fields of its range; the others decode to their defaults', () => {
    expect(sample.encode(0, value)).toEqual(hex('0002 6162 00000000'));
    expect(sample.encode(1, value)).toEqual(hex('0002 6162 ffff ffffffff 00000000'));
    expect(sample.decode(0, hex('0002 6162 00000000'))).toEqual({
      name: 'ab',
      alias: null,
      count: -1,
      topics: [],
      extra: { level: 7 },
      note: null,
    });
  });

  test('a flexible version has compact lengths and ends every struct with its tagged fields', () => {
    const topics = [{ id: 'AAECAwQFBgcICQoLDA0ODw', partitions: [1] }];
    const bytesOfTopic = '000102030405060708090a0b0c0d0e0f 02 00000001 00';
    expect(sample.encode(2, { name: 'ab', topics })).toEqual(
      hex(`03 6162 00 ffffffff 02 ${bytesOfTopic} 00`),
    );
  });

  test('null is written only in versions that allow it', () => {
    expect(sample.encode(3, { name: '', topics: null })).toEqual(hex('01 00 ffffffff 00 00'));
    const error = errorOf(() => sample.encode(2, { name: '', topics: null }));
    expect(error.code).toBe('INVALID_ARGUMENT');
    expect(error.message).toBe('Sample v2, topics: is null, which it may not be in this version');
    expect(errorOf(() => sample.decode(2, hex('01 00 ffffffff 00 00'))).code).toBe('MALFORMED_FRAME');
  });

  test('a value that a version cannot express is refused, unless its field is ignorable', () => {
    expect(sample.encode(0, { ...value, count: 5 })).toEqual(sample.encode(0, value));
    expect(sample.encode(0, { ...value, alias: null, extra: { level: 7 } })).toEqual(sample.encode(0, value));
    for (const lost of [{ alias: 'x' }, { extra: { level: 8 } }, { note: '' }]) {
      const error = errorOf(() => sample.encode(0, { ...value, ...lost }));
      expect(error.code).toBe('UNSUPPORTED_VERSION');
      expect(error.message).toContain(`Sample v0, ${Object.keys(lost)[0]}:`);
    }
  });

  test('a version that is not defined is refused', () => {
    for (const version of [-1, 4, 1.5]) {
      expect(errorOf(() => sample.encode(version, value)).code).toBe('UNSUPPORTED_VERSION');
      expect(errorOf(() => sample.decode(version, hex('00'))).code).toBe('UNSUPPORTED_VERSION');
    }
  });
});

describe('tagged fields', () => {
  test('they are written in the order of their tags, between unknown ones', () => {
    const value = {
      name: '',
      topics: null,
      extra: { level: 1 },
      note: 'n',
      unknownTaggedFields: [
        { tag: 9, data: hex('ff') },
        { tag: 3, data: hex('') },
      ],
    };
    const encoded = hex('01 00 ffffffff 00 04  01 02 026e  03 00  05 03 0001 00  09 01 ff');
    expect(sample.encode(3, value)).toEqual(encoded);
    expect(sample.decode(3, encoded)).toMatchObject({ extra: { level: 1 }, note: 'n' });
    expect(sample.encode(3, sample.decode(3, encoded))).toEqual(encoded);
  });

  test.each([
    ['that do not ascend', '02 09 00 03 00'],
    ['given twice', '02 09 00 09 00'],
    ['longer than what is left', '01 09 05 00'],
    ['longer than their content', '01 01 03 026e00'],
    ['shorter than their content', '01 01 01 026e'],
    ['more than there are bytes', 'ffffffff0f'],
  ])('tagged fields %s are refused', (_name, tags) => {
    expect(errorOf(() => sample.decode(3, hex(`01 00 ffffffff 00 ${tags}`))).code).toBe('MALFORMED_FRAME');
  });

  test('the same tag cannot be given twice, and not in a version without tags', () => {
    const twice = { name: '', topics: [], unknownTaggedFields: [{ tag: 1, data: hex('00') }] };
    expect(errorOf(() => sample.encode(2, { ...twice, note: 'n' })).code).toBe('INVALID_ARGUMENT');
    expect(errorOf(() => sample.encode(1, twice)).code).toBe('UNSUPPORTED_VERSION');
  });
});

describe('hostile lengths', () => {
  test('an array that the rest of the bytes cannot hold is refused before it is read', () => {
    const error = errorOf(() => sample.decode(0, hex('0000 0000ffff 0000')));
    expect(error.message).toBe(
      'Sample v0, topics: an array of 65535 elements needs at least 1310700 bytes, 2 are left',
    );
  });

  test('an array of more than a million elements is refused', () => {
    const codec = messageCodec(
      message('Many', { versions: '0', flexible: 'none' }, { all: stringArray('0+') }),
    );
    const input = Buffer.alloc(4 + 2 * 1_000_001);
    input.writeInt32BE(1_000_001);
    expect(errorOf(() => codec.decode(0, input)).message).toContain('at most 1000000');
  });

  test('all arrays of a message share one budget', () => {
    const definition = message(
      'Nested',
      { versions: '0', flexible: 'none' },
      { outer: array('0+', { inner: int32Array('0+') }) },
    );
    const codec = messageCodec(definition);
    const input = codec.encode(0, {
      outer: Array.from({ length: 10 }, () => ({ inner: Array(100).fill(1) })),
    });
    expect(codec.decode(0, input, { maxElements: 1_010 }).outer).toHaveLength(10);
    expect(errorOf(() => codec.decode(0, input, { maxElements: 1_009 })).message).toContain(
      'Nested v0, outer[9].inner: the message has more array elements',
    );
  });

  test.each([
    ['a string', '7fff 61'],
    ['a negative length', 'fffe'],
    ['null where it may not be', 'ffff'],
    ['no bytes at all', ''],
  ])('%s is refused with its place', (_name, input) => {
    const error = errorOf(() => sample.decode(0, hex(input)));
    expect(error.code).toBe('MALFORMED_FRAME');
    expect(error.message).toMatch(/^Sample v0, name: /);
  });

  test('the path leads through arrays and structs to the field', () => {
    const input = hex('01 00 ffffffff 03 000102030405060708090a0b0c0d0e0f 01 00 00');
    expect(errorOf(() => sample.decode(2, input)).message).toMatch(/^Sample v2, topics: an array of 2/);
    const deeper = hex('01 00 ffffffff 02 000102030405060708090a0b0c0d0e0f 09 00');
    expect(errorOf(() => sample.decode(2, deeper)).message).toMatch(/^Sample v2, topics\[0\]\.partitions: /);
  });

  test('bytes behind the message are refused unless they are allowed', () => {
    const input = hex('0000 00000000 00');
    expect(errorOf(() => sample.decode(0, input)).message).toBe('Sample v0: 1 bytes are left over');
    expect(sample.decode(0, input, { allowTrailingBytes: true }).name).toBe('');
  });

  test.each(['ffffffff10', 'ffffffffff01'])('the varint %s exceeds 32 bits', (varint) => {
    expect(errorOf(() => sample.decode(2, hex(varint))).message).toContain('exceeds 32 bits');
  });
});

describe('values', () => {
  const TYPES = message(
    'Types',
    { versions: '0-1', flexible: '1' },
    {
      small: int8('0+', { default: 0 }),
      middle: int16('0+', { default: 0 }),
      large: int64('0+', { default: 0 }),
      hash: bigint64('0+', { default: 0n }),
      flag: bool('0+', { default: false }),
      id: uuid('0+', { default: 'AAAAAAAAAAAAAAAAAAAAAA' }),
      text: string('0+', { default: '' }),
      data: bytes('0+', { nullable: '0+', default: null }),
      batches: records('0+', { nullable: '0+', default: null }),
    },
  );
  const types = messageCodec(TYPES);

  test.each([
    { large: Number.MAX_SAFE_INTEGER },
    { large: -Number.MAX_SAFE_INTEGER },
    { large: -(2 ** 32) },
    { hash: -(2n ** 63n) },
    { small: -128, middle: 32767, flag: true },
    { text: 'é'.repeat(60) },
    { text: 'long enough not to be copied character by character, and plain' },
    { text: '𝄞' },
  ])('%o comes back as it was', (value) => {
    for (const version of [0, 1]) {
      expect(types.decode(version, types.encode(version, value))).toMatchObject(value);
    }
  });

  test.each([
    { large: 2 ** 53 },
    { large: 0.5 },
    { small: 128 },
    { middle: -32769 },
    { middle: Number.NaN },
    { hash: 2n ** 63n },
    { id: 'short' },
    { text: 'x'.repeat(32768) },
  ])('%o is refused with its place', (value) => {
    const error = errorOf(() => types.encode(1, value));
    expect(error.code).toBe('INVALID_ARGUMENT');
    expect(error.message).toMatch(new RegExp(`^Types v1, ${Object.keys(value)[0]}: `));
  });

  test('a value of another type is refused, not written as something else', () => {
    for (const value of [
      { text: 7 },
      { large: '7' },
      { data: 'text' },
      { hash: 7 },
      { flag: 1 },
      { small: null },
    ]) {
      expect(errorOf(() => types.encode(0, value as never)).code).toBe('INVALID_ARGUMENT');
    }
    expect(errorOf(() => sample.encode(0, { name: 'a', topics: {} } as never)).code).toBe('INVALID_ARGUMENT');
    expect(errorOf(() => sample.encode(0, { name: 'a', topics: [null] } as never)).message).toContain(
      'topics[0]',
    );
  });

  test('an int64 that is only asked about is cut to the safe integers', () => {
    const place = messageCodec(
      message('Place', { versions: '0', flexible: 'none' }, { offset: clampedInt64('0+') }),
    );
    const decoded = (offset: bigint): number => {
      const encoded = Buffer.alloc(8);
      encoded.writeBigInt64BE(offset);
      return place.decode(0, encoded).offset;
    };
    expect(decoded(2n ** 63n - 1n)).toBe(Number.MAX_SAFE_INTEGER);
    expect(decoded(-(2n ** 63n))).toBe(Number.MIN_SAFE_INTEGER);
    for (const offset of [0, -1, 2 ** 40 + 7, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]) {
      expect(decoded(BigInt(offset))).toBe(offset);
      expect(place.decode(0, place.encode(0, { offset })).offset).toBe(offset);
    }
  });

  test('an int64 beyond the safe integers is refused when decoded', () => {
    const input = types.encode(0, {});
    input.writeBigInt64BE(2n ** 53n, 3);
    expect(errorOf(() => types.decode(0, input)).message).toContain('9007199254740992');
  });

  test('bytes are views of the input', () => {
    const input = types.encode(1, { data: hex('0102'), batches: hex('03') });
    const { data, batches } = types.decode(1, input);
    expect([data?.buffer, batches?.buffer]).toEqual([input.buffer, input.buffer]);
    expect(data).toEqual(hex('0102'));
  });

  test('large ranges are written by reference, several of them as one field', () => {
    const ranges = [
      Buffer.alloc(BY_REFERENCE_BYTES, 1),
      hex('02'),
      new Uint8Array(BY_REFERENCE_BYTES).fill(3),
    ];
    const writer = new WireWriter();
    types.write(writer, 1, { batches: ranges });
    const pieces = writer.finish();
    expect(pieces).toContain(ranges[0]);
    expect(types.decode(1, Buffer.concat(pieces)).batches).toEqual(Buffer.concat(ranges));
  });

  test('what was encoded does not change when more is encoded', () => {
    const first = types.encode(0, { text: 'first' });
    const copy = Buffer.from(first);
    for (let turn = 0; turn < 2_000; turn++) types.encode(0, { text: `turn ${turn}` });
    expect(first).toEqual(copy);
  });

  test('what was begun and failed leaves nothing in the next message', () => {
    const expected = types.encode(0, { text: 'next' });
    errorOf(() => types.encode(0, { large: 1, text: 7 } as never));
    expect(types.encode(0, { text: 'next' })).toEqual(expected);
  });

  test('a message larger than the memory of the writer comes in several pieces', () => {
    const topics = Array.from({ length: 3_000 }, (_, index) => ({
      id: 'AAECAwQFBgcICQoLDA0ODw',
      partitions: [index],
    }));
    const bytesOfAll = sample.encode(2, { name: 'many', topics });
    expect(bytesOfAll.length).toBeGreaterThan(16 * 1024);
    expect(sample.decode(2, bytesOfAll).topics).toEqual(topics);
  });

  test('defaults that decoded messages share cannot be changed', () => {
    const { extra, topics } = sample.decode(0, hex('0000 00000000'));
    expect(Object.isFrozen(extra)).toBe(true);
    expect(topics).toEqual([]);
  });
});
