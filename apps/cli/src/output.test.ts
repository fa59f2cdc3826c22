import { PassThrough, Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { BrokenPipe, isBrokenPipe, table, visible, warn, writeThrough } from './output.ts';

describe('writing through', () => {
  test('resolves when the system has taken the bytes, not before', async () => {
    const taken: (() => void)[] = [];
    const stream = new Writable({ write: (_chunk, _encoding, done) => taken.push(done) });
    let isWritten = false;
    const written = writeThrough(stream, 'x').then(() => (isWritten = true));
    await new Promise(setImmediate);
    expect(isWritten).toBe(false);
    taken[0]?.();
    await written;
    expect(isWritten).toBe(true);
  });

  test('rejects with the failure of the bytes themselves, and after it', async () => {
    const failure = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
    const stream = new Writable({ write: (_chunk, _encoding, done) => done(failure) });
    stream.on('error', () => undefined);
    await expect(writeThrough(stream, 'x')).rejects.toBe(failure);
    const later = await writeThrough(stream, 'y').catch((error: unknown) => error);
    expect(isBrokenPipe(later)).toBe(true);
    const destroyed = new PassThrough();
    destroyed.destroy();
    await expect(writeThrough(destroyed, 'z')).rejects.toBeInstanceOf(BrokenPipe);
  });

  test('an aborted signal ends the wait', async () => {
    const stream = new Writable({ write: () => undefined });
    const interrupt = new AbortController();
    const written = writeThrough(stream, 'x', { signal: interrupt.signal });
    interrupt.abort(new Error('interrupted'));
    await expect(written).rejects.toThrow('interrupted');
    await expect(writeThrough(stream, 'x', { signal: interrupt.signal })).rejects.toThrow('interrupted');
  });
});

test('names that others chose cannot move the cursor or begin a line', () => {
  expect(visible('a\u001b[2Jb\nc\u009bd→ä')).toBe('a\\x1b[2Jb\\x0ac\\x9bd→ä');
  expect(table(['group', 'lag'], [['x\r\ny', 7]])).toBe('group       lag\nx\\x0d\\x0ay    7');
});

test('a warning is a line of text, with --json a JSON line', () => {
  const stderr = new PassThrough();
  const output = { program: 'tidelog', stdout: new PassThrough(), stderr };
  warn({ ...output, json: false }, 'look here');
  warn({ ...output, json: true }, 'look here');
  expect(String(stderr.read())).toBe('tidelog: look here\n{"event":"warning","message":"look here"}\n');
});
