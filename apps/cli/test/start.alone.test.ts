import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test, onTestFinished } from 'vitest';
import { finished, jsonLines, outputOf, runCli, spawnCli, startCliBroker } from './cli-process.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tidelog-start-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const FREE_PORTS = ['--port', '0', '--kafka-port', '0', '--http-port', '0'];

/** `tidelog start` that is to serve; the lines that it prints, up to the one that `isLast` accepts. */
async function linesOfStart(
  args: readonly string[],
  o: { isLast: (line: string) => boolean; env?: Record<string, string> },
): Promise<{ lines: string[]; child: ReturnType<typeof spawnCli>; result: ReturnType<typeof finished> }> {
  const child = spawnCli(['start', ...FREE_PORTS, ...args], o.env === undefined ? {} : { env: o.env });
  // Of a test that fails on its way no broker is left.
  onTestFinished(() => void child.kill('SIGKILL'));
  const result = finished(child);
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    lines.push(line);
    if (o.isLast(line)) break;
  }
  return { lines, child, result };
}

describe('what it prints', () => {
  test('where it listens, and a next command that works as it is typed', async () => {
    const dataDir = join(directory, 'data');
    const { lines, child, result } = await linesOfStart(['--data-dir', dataDir], {
      isLast: (line) => line.startsWith('Try: '),
    });
    expect(lines[0]).toMatch(/^Tidelog broker 1 of cluster [\w-]{22} is ready \(\d+ ms\)\.$/);
    expect(lines[1]).toMatch(/^ {2}native {2}127\.0\.0\.1:\d+$/);
    expect(lines[2]).toMatch(/^ {2}kafka {3}127\.0\.0\.1:\d+$/);
    expect(lines[3]).toMatch(/^ {2}http {4}http:\/\/127\.0\.0\.1:\d+ \(\/healthz, \/readyz, \/metrics\)$/);
    expect(lines[4]).toBe(`  data    ${dataDir} (durability fsync)`);
    const next = (lines[5] as string).slice('Try: '.length);
    expect(await finished(spawn('sh', ['-c', next]))).toEqual({
      exitCode: 0,
      stdout: Buffer.from('Created topic hello with 3 partitions.\n'),
      stderr: '',
    });
    child.kill('SIGTERM');
    expect(await result).toMatchObject({ exitCode: 0 });
  });

  test('with --json one object per event, and nothing on standard error', async () => {
    const flags = ['--json', '--id', '7', '--durability', 'page-cache', '--advertised-host', 'example.org'];
    const args = ['--data-dir', join(directory, 'data'), ...flags, '--advertised-port', '1234'];
    const { lines, child, result } = await linesOfStart(args, { isLast: () => true });
    expect(jsonLines(lines.join('\n'))).toEqual([
      {
        event: 'listening',
        brokers: ['example.org:1234'],
        kafkaBrokers: [expect.stringMatching(/^example\.org:\d+$/) as string],
        httpUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string,
        brokerId: 7,
        clusterId: expect.any(String) as string,
        dataDir: join(directory, 'data'),
        startTimeMs: expect.any(Number) as number,
      },
    ]);
    const { httpUrl } = JSON.parse(lines[0] as string) as { httpUrl: string };
    expect((await fetch(`${httpUrl}/readyz`)).status).toBe(200);
    child.kill('SIGINT');
    const { exitCode, stdout } = await result;
    expect(exitCode).toBe(0);
    expect(jsonLines(stdout).at(-1)).toEqual({ event: 'closed' });
  });

  test('the log at --log-level, as JSON lines on standard error', async () => {
    const args = ['--data-dir', join(directory, 'data'), '--log-level', 'info', '--json'];
    const { child, result } = await linesOfStart(args, { isLast: () => true });
    child.kill('SIGTERM');
    const { stderr } = await result;
    const log = jsonLines(
      stderr
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .join('\n'),
    );
    expect(log).toContainEqual(expect.objectContaining({ level: 30, msg: 'the broker is ready' }));
  });
});

describe('how it ends', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('%s closes it cleanly, with 0', async (signal) => {
    const dataDir = join(directory, 'data');
    const { child, result } = await linesOfStart(['--data-dir', dataDir], {
      isLast: (line) => line.startsWith('Try: '),
    });
    expect(existsSync(join(dataDir, '.kafka_cleanshutdown'))).toBe(false);
    child.kill(signal);
    const { exitCode, stdout, stderr } = await result;
    expect(exitCode).toBe(0);
    expect(stdout.toString()).toMatch(/Closed cleanly\.\n$/);
    expect(stderr).toBe('tidelog: stopping; Ctrl-C again to leave at once\n');
    expect(existsSync(join(dataDir, '.kafka_cleanshutdown'))).toBe(true);
  });

  test('--ephemeral leaves nothing behind', async () => {
    const env = { TMPDIR: directory };
    const { child, lines, result } = await linesOfStart(['--ephemeral', '--json'], {
      isLast: () => true,
      env,
    });
    const [listening] = jsonLines(lines.join('\n')) as { dataDir: null; brokers: string[] }[];
    expect(listening?.dataDir).toBe(null);
    const at = ['--broker', (listening as { brokers: string[] }).brokers.join(',')];
    await outputOf(['topic', 'create', 'gone', ...at]);
    expect((await readdir(directory)).length).toBeGreaterThan(0);
    child.kill('SIGTERM');
    expect((await result).exitCode).toBe(0);
    expect(await readdir(directory)).toEqual([]);
  });
});

describe('a broker that cannot start says why in one line and what to do, with 1', () => {
  async function failing(...args: string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await runCli(['start', ...FREE_PORTS, ...args]);
    expect({ exitCode, stdout: stdout.toString() }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(/^tidelog: [^\n]+\n$/);
    return stderr;
  }

  test('a port that is taken, with its flag', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const port = String((server.address() as AddressInfo).port);
    const native = await failing('--ephemeral', '--port', port);
    expect(native).toContain(`PORT_IN_USE: native listener: cannot listen on 127.0.0.1:${port}`);
    expect(native).toContain('(--port)');
    const kafka = await failing('--ephemeral', '--kafka-port', port);
    expect(kafka).toContain(`PORT_IN_USE: kafka listener: cannot listen on 127.0.0.1:${port}`);
    expect(kafka).toContain('(--kafka-port)');
    const http = await failing('--ephemeral', '--http-port', port);
    expect(http).toContain(`PORT_IN_USE: http listener: cannot listen on 127.0.0.1:${port}`);
    expect(http).toContain('(--http-port)');
    server.close();
  });

  test('a data directory that another broker holds, which serves on', async () => {
    const dataDir = join(directory, 'data');
    await using first = await startCliBroker(dataDir);
    const stderr = await failing('--data-dir', dataDir);
    expect(stderr).toContain(
      `DATA_DIR_LOCKED: the data directory ${dataDir} is in use by the process with pid`,
    );
    expect(stderr).toContain('(--data-dir)');
    expect(await outputOf(['topic', 'list', '--broker', first.address])).toBe('');
  });

  test('a data directory that is a file, or below one', async () => {
    const file = join(directory, 'file');
    await writeFile(file, '');
    for (const path of [file, join(file, 'data')]) {
      const stderr = await failing('--data-dir', path);
      expect(stderr).toContain(
        `DATA_DIR_NOT_WRITABLE: the data directory ${path} cannot be made: it, or what`,
      );
    }
  });

  test('a data directory of a newer format', async () => {
    const dataDir = join(directory, 'data');
    await (await startCliBroker(dataDir)).kill('SIGTERM');
    const path = join(dataDir, 'meta.properties');
    await writeFile(path, (await readFile(path, 'utf8')).replace('version=1', 'version=2'));
    expect(await failing('--data-dir', dataDir)).toMatch(
      /DATA_DIR_FORMAT: .*meta\.properties:\d+: has version 2, newer than 1, .*use a newer release/,
    );
  });

  test('a directory with other things in it', async () => {
    await mkdir(join(directory, 'photos'));
    expect(await failing('--data-dir', directory)).toContain('is no data directory');
    expect(await readdir(directory)).not.toContain('meta.properties');
  });
});
