/**
 * Generates gen/wire.js and gen/wire.d.ts from proto/*.proto with protobufjs's static target.
 *
 *   node scripts/generate.js            write the files
 *   node scripts/generate.js --check    write nothing; exit 1 when the committed files differ
 *
 * The output depends on the .proto files and the pinned protobufjs-cli alone, so a fresh run gives the same
 * bytes. gen/ is committed and lies beside src and dist: '../gen/wire.js' is right from both.
 *
 * Three things are changed in what pbjs writes:
 * - `import Long = require("long")` becomes a default import: the former is not allowed in an ES module.
 * - `bytes` members of the message classes are typed Buffer: the package decodes from Buffers only, and then
 *   they are Buffers. What an encoder takes (`$Properties`) stays Uint8Array.
 * - the package's namespace is exported under the short name `wire` too.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const OUTPUTS = ['wire.js', 'wire.d.ts'];
const NAMESPACE = 'tidelog.v1';
const PBJS_OPTIONS = [
  ...[
    '--target',
    'static-module',
    '--wrap',
    'esm',
    '--dependency',
    'protobufjs/minimal.js',
    '--root',
    'tidelog',
  ],
  ...['--no-verify', '--no-delimited', '--no-service', '--no-typeurl', '--no-convert', '--no-create'],
  // 64-bit integers as Long only; proto3 defaults for absent fields; `//` comments become docstrings.
  ...['--force-long', '--null-semantics', '--alt-comment', '--dts'],
];

function generate(directory) {
  const pbjs = createRequire(import.meta.url).resolve('protobufjs-cli/bin/pbjs');
  const sources = readdirSync(join(root, 'proto'))
    .filter((name) => name.endsWith('.proto'))
    .sort()
    .map((name) => `proto/${name}`);
  execFileSync(process.execPath, [pbjs, ...PBJS_OPTIONS, '--out', join(directory, 'wire.js'), ...sources], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const script = readFileSync(join(directory, 'wire.js'), 'utf8');
  const types = readFileSync(join(directory, 'wire.d.ts'), 'utf8');
  return {
    'wire.js': `${script.trimEnd()}\n\nexport const wire = ${NAMESPACE};\n`,
    'wire.d.ts': `${rewriteTypes(types).trimEnd()}\n\nexport import wire = ${NAMESPACE};\n`,
  };
}

function rewriteTypes(types) {
  const required = 'import Long = require("long");';
  if (!types.includes(required)) throw new Error(`wire.d.ts has no line ${required}: has pbjs changed?`);
  return types
    .replace(required, 'import Long from "long";')
    .replace(/^( +\w+): Uint8Array(\[\])?;$/gm, '$1: Buffer$2;');
}

function differences(generated) {
  return OUTPUTS.filter((name) => {
    try {
      return readFileSync(join(root, 'gen', name), 'utf8') !== generated[name];
    } catch {
      return true;
    }
  });
}

const temporary = mkdtempSync(join(tmpdir(), 'tidelog-generate-'));
try {
  const generated = generate(temporary);
  if (process.argv.includes('--check')) {
    const stale = differences(generated);
    if (stale.length > 0) {
      console.error(`packages/protocol/gen: ${stale.join(' and ')} differ from proto/; run pnpm generate.`);
      process.exitCode = 1;
    }
  } else {
    mkdirSync(join(root, 'gen'), { recursive: true });
    for (const name of OUTPUTS) writeFileSync(join(root, 'gen', name), generated[name]);
  }
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
