/**
 * The only file of this program that reads the environment. Each setting of settings.ts that text can express
 * has a variable (`httpPort`: TIDELOG_HTTP_PORT), and each is a key of the optional JSON file that
 * TIDELOG_CONFIG_FILE names; a variable wins over the file.
 *
 * Invariant: what it returns holds every setting with a valid value. A variable that begins with TIDELOG_ and
 * a key that no setting has are errors, so that a typing error never goes unnoticed. All that is wrong is said at
 * once.
 */
import { TidelogError } from '@tidelog/record/errors';
import { nearestName, parseOption, resolveOptions } from '@tidelog/record/options';
import { readFileSync } from 'node:fs';
import { SETTINGS, hasVariable, type Settings } from './settings.ts';

const PREFIX = 'TIDELOG_';
const CONFIG_FILE = `${PREFIX}CONFIG_FILE`;

/** The variable of a setting: `httpPort` → `TIDELOG_HTTP_PORT`. */
export function variableOf(setting: string): string {
  return PREFIX + setting.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

/** Every variable that this program knows, with its setting; the one of the config file has none. */
export function settingsByVariable(): Map<string, keyof typeof SETTINGS | undefined> {
  const names = (Object.keys(SETTINGS) as (keyof typeof SETTINGS)[]).filter((name) =>
    hasVariable(SETTINGS[name]),
  );
  return new Map([[CONFIG_FILE, undefined], ...names.map((name) => [variableOf(name), name] as const)]);
}

/**
 * Reads the settings from `variables` (the environment of the process unless given) and the file that they may
 * name. Throws TidelogError INVALID_ARGUMENT that names each variable or key that is wrong, what it was and what it
 * may be.
 */
export function readSettings(
  variables: Readonly<Record<string, string | undefined>> = process.env,
): Settings {
  const problems = new Problems();
  const values: Record<string, unknown> = {
    ...readConfigFile(variables[CONFIG_FILE], problems),
    ...readVariables(variables, problems),
  };
  problems.throwIfAny();
  return resolveOptions(SETTINGS, values, { where: 'settings' });
}

/** What is wrong with the settings, gathered. */
class Problems {
  readonly #errors: TidelogError[] = [];

  /** What `read` returns; undefined when it throws. */
  of<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (thrown) {
      this.#errors.push(TidelogError.from(thrown));
      return undefined;
    }
  }

  /** Throws the one error as it is, several as one of them all. */
  throwIfAny(): void {
    const [first, ...others] = this.#errors;
    if (first === undefined) return;
    if (others.length === 0) throw first;
    const lines = this.#errors.map(({ message }) => `  ${message}`).join('\n');
    throw new TidelogError('INVALID_ARGUMENT', `${this.#errors.length} settings are wrong:\n${lines}`, {
      cause: first,
    });
  }
}

function readVariables(
  variables: Readonly<Record<string, string | undefined>>,
  problems: Problems,
): Record<string, unknown> {
  const known = settingsByVariable();
  const values: Record<string, unknown> = {};
  for (const [variable, text] of Object.entries(variables)) {
    if (!variable.startsWith(PREFIX) || text === undefined) continue;
    problems.of(() => {
      if (!known.has(variable)) throw unknownVariable(variable, known.keys());
      const setting = known.get(variable);
      if (setting === undefined) return;
      values[setting] = parseOption(variable, SETTINGS[setting], text, { where: 'environment' });
    });
  }
  return values;
}

function unknownVariable(variable: string, known: Iterable<string>): TidelogError {
  const nearest = nearestName(variable, known);
  const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`;
  return new TidelogError('INVALID_ARGUMENT', `environment: unknown variable ${variable}${hint}`);
}

/** The settings of the file, checked one by one; an empty object when no file is named. */
function readConfigFile(path: string | undefined, problems: Problems): Record<string, unknown> {
  if (path === undefined) return {};
  const values = problems.of(() => parseConfigFile(path)) ?? {};
  for (const [key, value] of Object.entries(values)) {
    problems.of(() => resolveOptions(SETTINGS, { [key]: value }, { where: path }));
  }
  return values;
}

function parseConfigFile(path: string): Record<string, unknown> {
  const fail = (reason: string, cause?: unknown): never => {
    throw new TidelogError('INVALID_ARGUMENT', `${CONFIG_FILE}=${path}: ${reason}`, { cause });
  };
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return fail(`cannot be read: ${(error as Error).message}`, error);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return fail(`is not JSON: ${(error as Error).message}`, error);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return fail('must hold one JSON object, for example {"port": 7650}');
  }
  return value as Record<string, unknown>;
}
