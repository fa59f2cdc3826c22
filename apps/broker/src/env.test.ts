import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSettings, variableOf } from './env.ts';
import { SETTINGS, startOptionsOf } from './settings.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidelog-env-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function configFile(text: string): string {
  const path = join(folder, 'broker.json');
  writeFileSync(path, text);
  return path;
}

test('a variable is the setting in capitals with underscores', () => {
  expect(variableOf('httpPort')).toBe('TIDELOG_HTTP_PORT');
  expect(variableOf('host')).toBe('TIDELOG_HOST');
});

test('no two settings share a variable, and none takes the one of the config file', () => {
  const variables = Object.keys(SETTINGS).map(variableOf);
  expect(new Set(variables).size).toBe(variables.length);
  expect(variables).not.toContain('TIDELOG_CONFIG_FILE');
});

test('an empty environment gives the defaults: 7650, 9092, 7651, fsync', () => {
  expect(readSettings({})).toMatchObject({
    dataDir: 'tidelog-data',
    port: 7650,
    kafka: true,
    kafkaPort: 9092,
    httpPort: 7651,
    durability: 'fsync',
    logLevel: 'info',
  });
});

test('variables of others are none of its business', () => {
  expect(() => readSettings({ PATH: '/bin', tidelog_port: 'x' })).not.toThrow();
});

test('a variable wins over the config file, and the file over the default', () => {
  const path = configFile('{"port": 1, "httpPort": 2}');
  const settings = readSettings({ TIDELOG_CONFIG_FILE: path, TIDELOG_PORT: '3' });
  expect(settings).toMatchObject({ port: 3, httpPort: 2, durability: 'fsync' });
});

test('the settings become the options of startBroker', () => {
  const options = startOptionsOf(readSettings({ TIDELOG_DATA_DIR: '/data', TIDELOG_HTTP_PORT: '0' }));
  expect(options).toMatchObject({ dataDir: '/data', port: 7650, kafka: { port: 9092 }, http: { port: 0 } });
  expect(startOptionsOf(readSettings({ TIDELOG_KAFKA: 'false' })).kafka).toBe(false);
  expect(options).not.toHaveProperty('httpPort');
  expect(options).not.toHaveProperty('logLevel');
});

describe('an error names what is wrong, where, and what it may be', () => {
  test.each([
    [{ TIDELOG_PROT: '1' }, 'environment: unknown variable TIDELOG_PROT; did you mean TIDELOG_PORT?'],
    [
      { TIDELOG_PORT: '99999' },
      'environment: TIDELOG_PORT is "99999"; it must be an integer from 0 to 65535',
    ],
    [{ TIDELOG_PORT: '' }, 'environment: TIDELOG_PORT is ""; it must be an integer from 0 to 65535'],
    [
      { TIDELOG_DURABILITY: 'maybe' },
      'environment: TIDELOG_DURABILITY is "maybe"; it must be one of fsync, page-cache',
    ],
    [
      { TIDELOG_CONFIG_FILE: '/no/such/file' },
      /^TIDELOG_CONFIG_FILE=\/no\/such\/file: cannot be read: ENOENT/,
    ],
  ])('%j', (variables, message) => {
    expect(() => readSettings(variables)).toThrow(message);
  });

  test('all that is wrong is said at once, of the file and of the variables', () => {
    const path = configFile('{"port": "7650", "durabilty": "fsync", "httpPort": 1}');
    const variables = {
      TIDELOG_CONFIG_FILE: path,
      TIDELOG_PROT: '1',
      TIDELOG_HOST: 'h',
      TIDELOG_KAFKA: 'no',
    };
    expect(() => readSettings(variables)).toThrow(
      [
        '4 settings are wrong:',
        `  ${path}: port is "7650"; it must be an integer from 0 to 65535`,
        `  ${path}: unknown option "durabilty"; did you mean "durability"?`,
        '  environment: unknown variable TIDELOG_PROT; did you mean TIDELOG_PORT?',
        '  environment: TIDELOG_KAFKA is "no"; it must be true or false',
      ].join('\n'),
    );
  });

  test.each([
    ['{"port": "7650"}', 'broker.json: port is "7650"; it must be an integer from 0 to 65535'],
    ['{"durabilty": "fsync"}', 'broker.json: unknown option "durabilty"; did you mean "durability"?'],
    ['{"port": 1', 'is not JSON'],
    ['[]', 'must hold one JSON object'],
  ])('config file %s', (text, message) => {
    expect(() => readSettings({ TIDELOG_CONFIG_FILE: configFile(text) })).toThrow(message);
  });
});
