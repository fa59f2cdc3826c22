import { describe, expect, expectTypeOf, test } from 'vitest';
import {
  describeOption,
  nearestName,
  optionsMarkdown,
  parseOption,
  resolveOptions,
  type OptionDefinition,
  type OptionsInput,
  type OptionTable,
} from './options.ts';

const TABLE = {
  lingerMs: { type: 'integer', min: 0, max: 1000, default: 5, kafka: 'linger.ms', doc: 'How long to wait.' },
  retentionMs: { type: 'integer', min: -1, doc: 'How long to keep.' },
  ratio: { type: 'number', max: 1, default: 0.5, doc: 'A share.' },
  idempotent: { type: 'boolean', default: true, doc: 'No duplicates.' },
  clientId: { type: 'string', required: true, pattern: /^[a-z]+$/, maxLength: 8, doc: 'A name.' },
  acks: { type: 'enum', values: ['all', '1', '0'], default: 'all', doc: 'Who answers | when.\nAlways.' },
  partitioner: {
    type: 'custom',
    shape: 'a function',
    check: (value: unknown) => typeof value === 'function',
    as: undefined as unknown as (key: string) => number,
    doc: 'Chooses.',
  },
} as const satisfies OptionTable;

const where = { where: 'producer options' };
const refusal = (message: string, code = 'INVALID_ARGUMENT'): unknown =>
  expect.objectContaining({ name: 'TidelogError', code, message });

describe('resolveOptions', () => {
  test('fills in defaults and leaves options without one undefined', () => {
    const options = resolveOptions(TABLE, { clientId: 'shop', lingerMs: undefined }, where);
    expect(options).toEqual({
      lingerMs: 5,
      retentionMs: undefined,
      ratio: 0.5,
      idempotent: true,
      clientId: 'shop',
      acks: 'all',
      partitioner: undefined,
    });
    expectTypeOf(options.lingerMs).toEqualTypeOf<number>();
    expectTypeOf(options.retentionMs).toEqualTypeOf<number | undefined>();
    expectTypeOf(options.acks).toEqualTypeOf<'all' | '1' | '0'>();
    expectTypeOf(options.clientId).toEqualTypeOf<string>();
    expectTypeOf<OptionsInput<typeof TABLE>>().toExtend<{
      clientId: string;
      lingerMs?: number | undefined;
    }>();
  });

  test('accepts values at both ends of a range', () => {
    const options = { clientId: 'x', lingerMs: 0, retentionMs: -1, ratio: 1 };
    expect(resolveOptions(TABLE, options, where)).toMatchObject(options);
    expect(resolveOptions(TABLE, { clientId: 'x', lingerMs: 1000 }, where).lingerMs).toBe(1000);
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['below the range', { lingerMs: -1 }, 'lingerMs is -1; it must be an integer from 0 to 1000'],
    ['above the range', { lingerMs: 1001 }, 'lingerMs is 1001; it must be an integer from 0 to 1000'],
    ['with a fraction', { lingerMs: 1.5 }, 'lingerMs is 1.5; it must be an integer from 0 to 1000'],
    [
      'beyond 2^53',
      { retentionMs: 2 ** 53 },
      'retentionMs is 9007199254740992; it must be an integer from -1 to 9007199254740991',
    ],
    ['of text for a number', { lingerMs: '5' }, 'lingerMs is "5"; it must be an integer from 0 to 1000'],
    ['that is null', { lingerMs: null }, 'lingerMs is null; it must be an integer from 0 to 1000'],
    ['that is no number', { ratio: NaN }, 'ratio is NaN; it must be a number from 0 to 1'],
    ['of text for a boolean', { idempotent: 'yes' }, 'idempotent is "yes"; it must be true or false'],
    [
      'outside the pattern',
      { clientId: 'A b' },
      'clientId is "A b"; it must be a string that matches ^[a-z]+$, of at most 8 characters',
    ],
    [
      'too long',
      { clientId: 'abcdefghi' },
      'clientId is "abcdefghi"; it must be a string that matches ^[a-z]+$, of at most 8 characters',
    ],
    ['outside the values', { acks: 'most' }, 'acks is "most"; it must be one of all, 1, 0'],
    ['that the check refuses', { partitioner: 5 }, 'partitioner is 5; it must be a function'],
  ])('refuses a value %s', (_, input, reason) => {
    expect(() => resolveOptions(TABLE, { clientId: 'shop', ...input }, where)).toThrow(
      refusal(`producer options: ${reason}`),
    );
  });

  test('refuses an unknown option and names the nearest one', () => {
    expect(() => resolveOptions(TABLE, { clientId: 'x', lingerMS: 1 }, where)).toThrow(
      refusal('producer options: unknown option "lingerMS"; did you mean "lingerMs"?'),
    );
    expect(() => resolveOptions(TABLE, { clientId: 'x', zzz: 1 }, where)).toThrow(
      refusal('producer options: unknown option "zzz"'),
    );
    expect(() => resolveOptions(TABLE, { clientId: 'x', constructor: 1 }, where)).toThrow('unknown option');
    expect(() => resolveOptions(TABLE, { clientId: 'x', toString: 1 }, where)).toThrow('unknown option');
  });

  test('requires what is required and takes nothing from prototypes', () => {
    const missing = refusal(
      'producer options: clientId is required: a string that matches ^[a-z]+$, of at most 8 characters',
    );
    expect(() => resolveOptions(TABLE, {}, where)).toThrow(missing);
    expect(() => resolveOptions(TABLE, undefined, where)).toThrow(missing);
    const inherits = Object.create({ clientId: 'inherited' }) as Record<string, unknown>;
    expect(() => resolveOptions(TABLE, inherits, where)).toThrow(missing);
  });

  test('throws the code that the caller names, and cuts long values', () => {
    const context = { where: 'topic configs', code: 'INVALID_CONFIG' } as const;
    expect(() => resolveOptions(TABLE, { clientId: 'X'.repeat(5000) }, context)).toThrow(
      expect.objectContaining({ code: 'INVALID_CONFIG', message: expect.stringMatching(/^.{1,250}$/) }),
    );
  });
});

describe('parseOption reads', () => {
  const parse = (name: keyof typeof TABLE, text: string): unknown =>
    parseOption(`LINGER_${name}`, TABLE[name], text, { where: 'environment' });

  test('integers in decimal digits', () => {
    expect(parse('lingerMs', '12')).toBe(12);
    expect(parse('retentionMs', '-1')).toBe(-1);
    expect(parse('retentionMs', '+7')).toBe(7);
    for (const text of ['', ' 1', '1 ', '0x10', '1e2', '1.0', 'x', '1001', '-1', '9'.repeat(30)]) {
      expect(() => parse('lingerMs', text)).toThrow(
        expect.objectContaining({
          message: `environment: LINGER_lingerMs is ${JSON.stringify(text)}; it must be an integer from 0 to 1000`,
        }),
      );
    }
  });

  test('numbers, booleans, text and enum values', () => {
    expect(parse('ratio', '0.25')).toBe(0.25);
    expect(parse('idempotent', 'false')).toBe(false);
    expect(parse('clientId', 'shop')).toBe('shop');
    expect(parse('acks', '1')).toBe('1');
    for (const text of ['', ' ', 'NaN', '2', 'Infinity', '1x', '0x1', ' 0.5']) {
      expect(() => parse('ratio', text)).toThrow('it must be a number from 0 to 1');
    }
    expect(() => parse('idempotent', 'TRUE')).toThrow('it must be true or false');
    expect(() => parse('acks', '2')).toThrow('it must be one of all, 1, 0');
  });
});

test('nearestName forgives a typing error, whatever the capitals, and nothing more', () => {
  const names = ['lingerMs', 'batchSizeBytes', 'acks'];
  expect(nearestName('LINGERMS', names)).toBe('lingerMs');
  expect(nearestName('lingrMs', names)).toBe('lingerMs');
  expect(nearestName('batchSize', names)).toBeUndefined();
  expect(nearestName('ack', names)).toBe('acks');
  expect(nearestName('completelyDifferent', names)).toBeUndefined();
  expect(nearestName('x', [])).toBeUndefined();
});

test('each type of option says in words what it accepts', () => {
  const words: readonly (readonly [OptionDefinition, string])[] = [
    [{ type: 'integer', doc: '' }, 'an integer from 0 to 9007199254740991'],
    [{ type: 'number', min: -1, doc: '' }, `a number from -1 to ${Number.MAX_VALUE}`],
    [{ type: 'string', doc: '' }, 'a string'],
    [{ type: 'string', maxLength: 5, doc: '' }, 'a string of at most 5 characters'],
    [{ type: 'boolean', doc: '' }, 'true or false'],
    [{ type: 'enum', values: ['a', 'b'], doc: '' }, 'one of a, b'],
    [{ type: 'list', values: ['a', 'b'], doc: '' }, 'any of a, b, separated by commas'],
  ];
  for (const [option, expected] of words) expect(describeOption(option)).toBe(expected);
});

test('the reference page has a row for each option, with cells that stay in their column', () => {
  const rows = optionsMarkdown(TABLE).split('\n');
  expect(rows.length).toBe(2 + Object.keys(TABLE).length);
  expect(rows[2]).toBe('| `lingerMs` | an integer from 0 to 1000 | `5` | `linger.ms` | How long to wait. |');
  expect(rows[3]).toContain('| – | – | How long to keep. |');
  expect(rows[6]).toContain('| required |');
  expect(rows[7]).toContain('Who answers \\| when. Always.');
});

test('a list is read from text with commas; words that are unknown or appear twice are refused', () => {
  const option = { type: 'list', values: ['a', 'b'], doc: '' } as const;
  const parse = (text: string): unknown => parseOption('letters', option, text, { where: 'here' });
  expect(parse('b, a')).toEqual(['b', 'a']);
  expect(parse('')).toEqual([]);
  for (const text of ['a,a', 'c', 'a,', ',']) {
    expect(() => parse(text)).toThrow('letters is');
  }
});
