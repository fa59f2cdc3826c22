/**
 * Option tables: one row per option, from which come the TypeScript type, the validation and the reference
 * page. Each package states its options once, in such a table.
 *
 * Invariant: `resolveOptions` returns every option of the table with a value of its type and inside its range,
 * or throws INVALID_ARGUMENT (or the code that the caller names) that says which option, what it was and what
 * it may be. An option that the table does not know is an error, never ignored.
 */
import { TidelogError, type ErrorCode } from './errors.ts';

interface OptionBase<T> {
  /** One or two sentences for the reference page. The unit is in the option's name. */
  readonly doc: string;
  /** Absent: the option has no default and resolves to undefined unless `required`. */
  readonly default?: T;
  readonly required?: boolean;
  /** Kafka's dotted name of the same option, where there is one. */
  readonly kafka?: string;
}
export interface IntegerOption extends OptionBase<number> {
  readonly type: 'integer';
  /** Inclusive; 0 unless given. */
  readonly min?: number;
  /** Inclusive; 2^53 − 1 unless given. */
  readonly max?: number;
}
export interface NumberOption extends OptionBase<number> {
  readonly type: 'number';
  readonly min?: number;
  readonly max?: number;
}
export interface BooleanOption extends OptionBase<boolean> {
  readonly type: 'boolean';
}
export interface StringOption extends OptionBase<string> {
  readonly type: 'string';
  readonly pattern?: RegExp;
  readonly maxLength?: number;
}
export interface EnumOption<V extends string = string> extends OptionBase<V> {
  readonly type: 'enum';
  readonly values: readonly V[];
}
/** Several of a set of words, each at most once; none at all is a value too. As text: with commas between them. */
export interface ListOption<V extends string = string> extends OptionBase<readonly V[]> {
  readonly type: 'list';
  readonly values: readonly V[];
}
/** A value that the table cannot describe (a function, an object): checked by `check`, typed by `as`. */
export interface CustomOption<T = unknown> extends OptionBase<T> {
  readonly type: 'custom';
  /** What it may be, in words, for messages and the reference page. */
  readonly shape: string;
  readonly check: (value: unknown) => boolean;
  /** Only for its type; never read. */
  readonly as?: T;
}
export type OptionDefinition =
  | IntegerOption
  | NumberOption
  | BooleanOption
  | StringOption
  | EnumOption
  | ListOption
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- any custom option fits a table
  | CustomOption<any>;
export type OptionTable = Readonly<Record<string, OptionDefinition>>;

type ValueOf<D> = D extends { type: 'integer' | 'number' }
  ? number
  : D extends { type: 'boolean' }
    ? boolean
    : D extends { type: 'string' }
      ? string
      : D extends { type: 'enum'; values: readonly (infer V)[] }
        ? V
        : D extends { type: 'list'; values: readonly (infer V)[] }
          ? readonly V[]
          : D extends CustomOption<infer T>
            ? T
            : never;
type IsPresent<D> = D extends { default: unknown } | { required: true } ? true : false;

/** What a caller may pass for a table: every option optional unless required. */
export type OptionsInput<T extends OptionTable> = {
  readonly [K in keyof T as T[K] extends { required: true } ? K : never]: ValueOf<T[K]>;
} & {
  readonly [K in keyof T as T[K] extends { required: true } ? never : K]?: ValueOf<T[K]> | undefined;
};
/** What the code works with: defaults filled in. */
export type ResolvedOptions<T extends OptionTable> = {
  readonly [K in keyof T]: IsPresent<T[K]> extends true ? ValueOf<T[K]> : ValueOf<T[K]> | undefined;
};

/** A number that JavaScript spells with thousands of digits is of no use in a message: cut it. */
function show(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** What an option accepts, in words: `an integer from 1 to 100`. */
export function describeOption(option: OptionDefinition): string {
  switch (option.type) {
    case 'integer':
      return `an integer from ${option.min ?? 0} to ${option.max ?? Number.MAX_SAFE_INTEGER}`;
    case 'number':
      return `a number from ${option.min ?? 0} to ${option.max ?? Number.MAX_VALUE}`;
    case 'boolean':
      return 'true or false';
    case 'string':
      return [
        option.pattern === undefined ? 'a string' : `a string that matches ${option.pattern.source}`,
        ...(option.maxLength === undefined ? [] : [`of at most ${option.maxLength} characters`]),
      ].join(option.pattern === undefined ? ' ' : ', ');
    case 'enum':
      return `one of ${option.values.join(', ')}`;
    case 'list':
      return `any of ${option.values.join(', ')}, separated by commas`;
    case 'custom':
      return option.shape;
  }
}

function accepts(option: OptionDefinition, value: unknown): boolean {
  switch (option.type) {
    case 'integer':
      return (
        Number.isSafeInteger(value) &&
        (value as number) >= (option.min ?? 0) &&
        (value as number) <= (option.max ?? Number.MAX_SAFE_INTEGER)
      );
    case 'number':
      return (
        typeof value === 'number' && value >= (option.min ?? 0) && value <= (option.max ?? Number.MAX_VALUE)
      );
    case 'boolean':
      return typeof value === 'boolean';
    case 'string':
      return (
        typeof value === 'string' &&
        value.length <= (option.maxLength ?? Infinity) &&
        (option.pattern?.test(value) ?? true)
      );
    case 'enum':
      return typeof value === 'string' && option.values.includes(value);
    case 'list':
      return (
        Array.isArray(value) &&
        new Set(value).size === value.length &&
        value.every((item) => (option.values as readonly unknown[]).includes(item))
      );
    case 'custom':
      return option.check(value);
  }
}

/** The name in `names` nearest to `name` by edit distance, when it is near enough to be a typing error. */
export function nearestName(name: string, names: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of names) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(substitution, (previous[j] as number) + 1, (current[j - 1] as number) + 1));
    }
    previous = current;
  }
  return previous[b.length] as number;
}

export interface ResolveContext {
  /** Where the options come from, for messages: `producer options`, `tidelog.json`. */
  readonly where: string;
  /** The code of the error thrown; INVALID_ARGUMENT unless given. */
  readonly code?: ErrorCode;
}

/**
 * Checks `input` against the table and fills in defaults. An option whose value is undefined counts as absent.
 * Throws TidelogError (INVALID_ARGUMENT or `context.code`) for an unknown option, a wrong type or a value
 * outside its range.
 */
export function resolveOptions<T extends OptionTable>(
  table: T,
  input: Readonly<Record<string, unknown>> | undefined,
  context: ResolveContext,
): ResolvedOptions<T> {
  const code = context.code ?? 'INVALID_ARGUMENT';
  const given = input ?? {};
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(table, name) || given[name] === undefined) continue;
    const nearest = nearestName(name, Object.keys(table));
    throw new TidelogError(
      code,
      `${context.where}: unknown option ${show(name)}${nearest === undefined ? '' : `; did you mean ${JSON.stringify(nearest)}?`}`,
    );
  }
  const resolved: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(table)) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (value === undefined) {
      if (option.required === true) {
        throw new TidelogError(code, `${context.where}: ${name} is required: ${describeOption(option)}`);
      }
      resolved[name] = option.default;
      continue;
    }
    if (!accepts(option, value)) {
      throw new TidelogError(
        code,
        `${context.where}: ${name} is ${show(value)}; it must be ${describeOption(option)}`,
      );
    }
    resolved[name] = value;
  }
  return resolved as ResolvedOptions<T>;
}

/** `0.5`, `-12`, `1e3`; no spaces, no hexadecimal, no Infinity. */
const DECIMAL = /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/**
 * Reads one option from text (an environment variable, a flag, a topic config). Integers are decimal digits,
 * numbers decimal with or without a fraction and an exponent, booleans `true` or `false`, lists have commas. Returns the value, or
 * throws like `resolveOptions`; `name` is the spelling that the user wrote.
 */
export function parseOption(
  name: string,
  option: OptionDefinition,
  text: string,
  context: ResolveContext,
): unknown {
  let value: unknown = text;
  if (option.type === 'integer') value = /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
  if (option.type === 'number') value = DECIMAL.test(text) ? Number(text) : undefined;
  if (option.type === 'list') value = listItems(text);
  if (option.type === 'boolean') value = text === 'true' ? true : text === 'false' ? false : undefined;
  if (value === undefined || !accepts(option, value)) {
    throw new TidelogError(
      context.code ?? 'INVALID_ARGUMENT',
      `${context.where}: ${name} is ${show(text)}; it must be ${describeOption(option)}`,
    );
  }
  return value;
}

/** The items of a list in text form, as `parseOption` reads them; none in an empty text. */
export function listItems(text: string): string[] {
  return text.trim() === '' ? [] : text.split(',').map((item) => item.trim());
}

/** The table as a Markdown reference: one row per option. */
export function optionsMarkdown(table: OptionTable): string {
  const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
  const rows = Object.entries(table).map(([name, option]) => {
    const byDefault =
      option.required === true
        ? 'required'
        : option.default === undefined
          ? '–'
          : typeof option.default === 'function'
            ? 'built in'
            : `\`${typeof option.default === 'object' && option.type !== 'list' ? JSON.stringify(option.default) : String(option.default)}\``;
    const kafka = option.kafka === undefined ? '–' : `\`${option.kafka}\``;
    return `| \`${name}\` | ${cell(describeOption(option))} | ${byDefault} | ${kafka} | ${cell(option.doc)} |`;
  });
  return [
    '| option | accepts | default | Kafka | meaning |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}
