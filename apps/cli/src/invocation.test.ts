import { expect, test } from 'vitest';
import { readEnvironment } from './env.ts';
import { brokerFlag, invocation, type ProcessFacts } from './invocation.ts';

function facts(given: Partial<ProcessFacts>): ProcessFacts {
  return {
    argv0: 'node',
    execArgv: [],
    script: '/clone/apps/cli/dist/main.js',
    cwd: '/clone',
    path: ['/usr/bin'],
    isNpx: false,
    exists: () => false,
    ...given,
  };
}

test('in a clone it is node and the file, as short as the working directory allows', () => {
  expect(invocation(facts({}))).toBe('node apps/cli/dist/main.js');
  expect(invocation(facts({ cwd: '/clone/apps/cli' }))).toBe('node dist/main.js');
  expect(invocation(facts({ cwd: '/elsewhere' }))).toBe('node /clone/apps/cli/dist/main.js');
});

test('the Node and the options that were typed are kept, quoted where a shell needs it', () => {
  const given = { argv0: 'node_modules/.bin/node', execArgv: ['--conditions=@tidelog/source'] };
  expect(invocation(facts({ ...given, cwd: '/', script: '/my code/main.ts' }))).toBe(
    "node_modules/.bin/node --conditions=@tidelog/source 'my code/main.ts'",
  );
});

test('in a clone that has the command it is npx tidelog, and elsewhere its path', () => {
  const exists = (path: string): boolean => path === '/clone/node_modules/.bin/tidelog';
  const argv0 = '/clone/node_modules/.bin/node';
  expect(invocation(facts({ argv0, exists }))).toBe('npx tidelog');
  expect(invocation(facts({ argv0, exists, cwd: '/clone/apps/cli' }))).toBe('npx tidelog');
  expect(invocation(facts({ argv0, exists, cwd: '/clone2' }))).toBe('/clone/node_modules/.bin/tidelog');
  const script = '/clone/apps/cli/src/main.ts';
  expect(invocation(facts({ exists, script, execArgv: ['--conditions=@tidelog/source'] }))).toBe(
    'node --conditions=@tidelog/source apps/cli/src/main.ts',
  );
});

test('installed for everybody it is tidelog', () => {
  const exists = (path: string): boolean => path === '/usr/bin/tidelog';
  expect(invocation(facts({ script: '/usr/bin/tidelog', exists }))).toBe('tidelog');
  expect(invocation(facts({ script: '/usr/lib/node_modules/tidelog/dist/main.js', exists }))).toBe('tidelog');
});

test('installed in a project it is npx tidelog, also where npx or npm run put the project on PATH', () => {
  const bin = '/project/node_modules/.bin';
  const script = `${bin}/tidelog`;
  expect(invocation(facts({ script, path: [bin, '/usr/bin'], exists: (path) => path === script }))).toBe(
    'npx tidelog',
  );
});

test('under npx it is npx tidelog, in a clone too, but not under the npx of another program', () => {
  const npx = (script: string): ProcessFacts =>
    facts(readEnvironment({ npm_lifecycle_event: 'npx', npm_lifecycle_script: script }));
  expect(invocation(npx("'tidelog' 'topic' 'list'"))).toBe('npx tidelog');
  expect(invocation(npx("'vitest' 'run'"))).toBe('node apps/cli/dist/main.js');
});

test('a suggested command names the broker unless it is the default', () => {
  expect(brokerFlag(['localhost:7650'])).toBe('');
  expect(brokerFlag(['127.0.0.1:7650'])).toBe('');
  expect(brokerFlag(['a:1', 'b:2'])).toBe(' --broker a:1,b:2');
});
