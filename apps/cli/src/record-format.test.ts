import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  ByteSink,
  recordFormat,
  writeJsonLine,
  writeValueLine,
  type FormattedRecord,
} from './record-format.ts';

const record: FormattedRecord = {
  topic: 'orders',
  partition: 3,
  offset: 42,
  timestampMs: 1_700_000_000_000,
  key: Buffer.from('k1'),
  value: Buffer.from('v1'),
  headers: [
    { key: 'a', value: Buffer.from('1') },
    { key: 'b', value: null },
  ],
};

function formatted(writer: ReturnType<typeof recordFormat>, input = record): string {
  const sink = new ByteSink(4);
  writer(sink, input);
  return sink.take().toString('latin1');
}

test("every field of kcat's format prints, and escapes are bytes", () => {
  expect(formatted(recordFormat('%t %p %o %T %k %K %v %V %s %S %h 100%%\\n\\t\\x41'))).toBe(
    'orders 3 42 1700000000000 k1 2 v1 2 v1 2 a=1,b= 100%\n\tA',
  );
});

test('a null key prints nothing and has length -1', () => {
  expect(formatted(recordFormat('[%k %K]'), { ...record, key: null })).toBe('[ -1]');
});

test('text beyond ASCII in a format comes out as it was written', () => {
  const sink = new ByteSink();
  recordFormat('→ %v')(sink, record);
  expect(sink.take().toString('utf8')).toBe('→ v1');
});

test('an unknown field is refused by name', () => {
  expect(() => recordFormat('%x')).toThrow(/%x is not a field/);
  expect(() => recordFormat('50%')).toThrow(/is not a field/);
});

test('bytes that are not UTF-8 come out unchanged, and as base64 in JSON', () => {
  const value = Buffer.from([0xff, 0x00, 0xfe]);
  expect(formatted(writeValueLine, { ...record, value })).toBe('\xff\x00\xfe\n');
  expect(JSON.parse(formatted(writeJsonLine, { ...record, value, key: null }))).toEqual({
    topic: 'orders',
    partition: 3,
    offset: 42,
    timestampMs: 1_700_000_000_000,
    key: null,
    valueBase64: '/wD+',
    headers: [
      { key: 'a', value: '1' },
      { key: 'b', value: null },
    ],
  });
});

test('a JSON line holds any text as JSON does', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), (key, value) => {
      const keyed = { ...record, key: Buffer.from(key), value: Buffer.from(value) };
      const line = Buffer.from(formatted(writeJsonLine, keyed), 'latin1').toString('utf8');
      expect(JSON.parse(line)).toMatchObject({ key: keyed.key.toString(), value: keyed.value.toString() });
    }),
  );
});

test('the sink grows by what is written and starts again empty', () => {
  const sink = new ByteSink(1);
  sink.text('häuser');
  sink.bytes(Buffer.alloc(1000, 'x'));
  expect(sink.take().length).toBe(7 + 1000);
  expect(sink.length).toBe(0);
});
