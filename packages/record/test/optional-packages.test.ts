/**
 * What is left without the optional native packages: the sources run in a directory from which no package can be
 * found, in a process of their own.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { crc32c } from '../src/index.ts';

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'tidelog-record-'));
  cpSync(new URL('../src', import.meta.url), join(directory, 'src'), { recursive: true });
  writeFileSync(join(directory, 'package.json'), '{ "type": "module" }');
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Runs a module there; returns what it wrote to stdout, as JSON. */
function run(source: string): unknown {
  const path = join(directory, 'main.ts');
  writeFileSync(path, source);
  return JSON.parse(execFileSync(process.execPath, [path], { encoding: 'utf8', env: {}, stdio: 'pipe' }));
}

test('CRC-32C works in JavaScript, with one process warning', () => {
  const result = run(`
    import { crc32c } from './src/index.ts';
    const warnings: string[] = [];
    process.on('warning', (warning) => warnings.push(\`\${warning.name} \${Reflect.get(warning, 'code')}: \${warning.message}\`));
    const text = Buffer.from('123456789'.repeat(100));
    const crcs = [crc32c(text), crc32c(text), crc32c(Buffer.from('123456789'))];
    setImmediate(() => console.log(JSON.stringify({ warnings, crcs })));
  `) as { warnings: string[]; crcs: number[] };
  const native = crc32c(Buffer.from('123456789'.repeat(100)));
  expect(result.crcs).toEqual([native, native, 0xe306_9283]);
  expect(result.warnings).toEqual([
    expect.stringMatching(
      /^TidelogWarning TIDELOG_CRC32C_JS: .*@node-rs\/crc32.* \w+-\w+; CRC-32C runs in JavaScript/,
    ),
  ]);
});

test('a small batch needs no native package and causes no warning', () => {
  const result = run(`
    import { BatchBuilder, RecordBatch, validateBatch } from './src/index.ts';
    const warnings: unknown[] = [];
    process.on('warning', (warning) => warnings.push(warning));
    const builder = new BatchBuilder();
    builder.append(1, 'key', 'value');
    const bytes = builder.buildSync({ compression: 'zstd' });
    const batch = RecordBatch.read(bytes);
    batch.decompressSync();
    validateBatch(bytes);
    setImmediate(() => console.log(JSON.stringify({ warnings, records: [...batch] })));
  `);
  expect(result).toEqual({
    warnings: [],
    records: [{ offset: 0, timestampMs: 1, key: 'key', value: 'value' }],
  });
});

test('lz4 and snappy fail with an error that names package and platform', () => {
  const result = run(`
    import { compress, compressSync, decompress, decompressSync } from './src/compression/index.ts';
    const frame = Buffer.from('04224d1860408205000080' + '68656c6c6f' + '00000000', 'hex');
    const errors: unknown[] = [];
    for (const attempt of [
      () => compress('lz4', Buffer.from('x')),
      () => compressSync('lz4', Buffer.from('x')),
      () => decompress('lz4', frame, { maxOutputBytes: 100 }),
      () => compress('snappy', Buffer.from('x')),
      () => decompressSync('snappy', Buffer.from([1, 0, 97]), { maxOutputBytes: 100 }),
    ]) {
      try {
        await attempt();
      } catch (error) {
        errors.push({ code: Reflect.get(error, 'code'), message: error.message });
      }
    }
    console.log(JSON.stringify(errors));
  `) as { code: string; message: string }[];
  const platform = `${process.platform}-${process.arch}`;
  const named = (name: string): unknown => ({
    code: 'CODEC_UNAVAILABLE',
    message: expect.stringMatching(
      new RegExp(`needs the optional package ${name}, .* on ${platform}; install ${name}`),
    ),
  });
  expect(result).toEqual([
    named('lz4-napi'),
    named('lz4-napi'),
    named('lz4-napi'),
    named('snappy'),
    named('snappy'),
  ]);
});
