import { Writable } from 'node:stream';
import { PRODUCER_OPTIONS } from '@tidelog/client';
import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { createProgram, main } from './program.ts';
import { fullName } from './tidelog-command.ts';

class Captured extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

async function run(...args: string[]): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const [stdout, stderr] = [new Captured(), new Captured()];
  const exitCode = await main(args, { stdout, stderr });
  return { exitCode, stdout: stdout.text, stderr: stderr.text };
}

function allCommands(): Command[] {
  const output = { json: false, program: 'tidelog', stdout: new Captured(), stderr: new Captured() };
  const program = createProgram(output);
  return [program, ...program.commands.flatMap((command) => [command, ...command.commands])];
}

describe('help', () => {
  test.each(allCommands().map((command) => [fullName(command), command] as const))(
    '%s --help names every option and says what it does',
    async (name, command) => {
      const { exitCode, stdout, stderr } = await run(...name.split(' ').slice(1), '--help');
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      expect(stdout).toContain(`Usage: ${name} `);
      expect(command.description()).not.toBe('');
      for (const option of command.options) {
        expect(stdout).toContain(option.flags);
        expect(option.description).not.toBe('');
      }
    },
  );

  test('the version is the one of the package', async () => {
    for (const flag of ['--version', '-V']) {
      expect(await run(flag)).toMatchObject({
        exitCode: 0,
        stdout: expect.stringMatching(/^\d+\.\d+\.\d+/) as string,
      });
    }
  });

  test.each([[[]], [['topic']], [['group']], [['bench']]])(
    'without a command (%j) it goes to standard error, with 2',
    async (args) => {
      const { exitCode, stdout, stderr } = await run(...args);
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
      expect(stderr).toContain('Commands:');
    },
  );
});

describe('wrong usage is one line on standard error, with 2, before anything is asked of a broker', () => {
  test.each([
    ['prodce x', "unknown command 'prodce'; did you mean produce? (tidelog --help says more)"],
    ['topic lst', "unknown command 'lst'; did you mean list? (tidelog topic --help says more)"],
    ['produce', "missing required argument 'topic' (tidelog produce --help says more)"],
    ['produce a b', "too many arguments for 'produce'"],
    ['produce a --compresion none', "unknown option '--compresion'; did you mean --compression?"],
    ['produce a --compression brotli', 'Allowed choices are none, gzip, snappy, lz4, zstd'],
    ['produce a --acks 2', 'It must be all, 1 or 0'],
    ['produce a --partition -1', 'It must be an integer from 0 to 2147483647'],
    ['produce a --partition', "option '--partition <n>' argument missing"],
    ['produce a --linger-ms 60001', 'It must be an integer from 0 to 60000'],
    ['produce a --broker host:port', '"host:port" is not host:port'],
    ['produce a --file=', 'It must not be empty'],
    ['produce a --key-separator=', 'It must not be empty'],
    ['consume a --offset soon', 'It must be beginning, end, an offset, -N (the last N) or @MILLISECONDS'],
    ['consume a --count 1.5', 'It must be an integer from 0 to'],
    ['consume a --format %x', '%x is not a field; there are %t %p %o %T %k %K %v %V %h and %%'],
    [
      'consume a --from-beginning --offset 3',
      "'--from-beginning' cannot be used with option '--offset <position>'",
    ],
    ['consume a --json --format %v', "'--format <format>' cannot be used with option '--json'"],
    ['consume a --group=', "option '--group <id>' argument '' is invalid. It must not be empty"],
    [`consume a --group ${'g'.repeat(256)}`, 'It must have at most 255 characters'],
    ['consume a --group g --partition 0', "'--group <id>' cannot be used with option '--partition <n>'"],
    ['consume a --group g --offset 0', "'--group <id>' cannot be used with option '--offset <position>'"],
    [
      'consume a --bootstrap-server b:1',
      "unknown option '--bootstrap-server'; did you mean --broker? (tidelog consume --help says more)",
    ],
    ['topic list --bootstrap-server=b:1', "unknown option '--bootstrap-server=b:1'; did you mean --broker?"],
    ['topic list -b b:1', "unknown option '-b'; did you mean --broker?"],
    ['consume a --max-messages 3', "unknown option '--max-messages'; did you mean --count?"],
    ['group descrbe g', "unknown command 'descrbe'; did you mean describe? (tidelog group --help says more)"],
    ['group list --state stable', 'Allowed choices are Empty, Assigning, Reconciling, Stable, Dead'],
    ['group list --type kafka', 'Allowed choices are consumer, classic'],
    ['group list --watch --interval 0', 'It must be an integer from 1 to 86400'],
    ['group list --interval 5', '--interval is for --watch; add it, or leave --interval out'],
    ['group describe', "missing required argument 'group' (tidelog group describe --help says more)"],
    ['group describe --interval 5 g', '--interval is for --watch'],
    ['group describe g h', "too many arguments for 'describe'"],
    ['group reset g', 'give exactly one of --to-earliest, --to-latest, --to-offset, --to-timestamp'],
    ['group reset g --to-earliest --to-latest', 'give exactly one of --to-earliest'],
    ['group reset g --to-offset -1', 'It must be an integer from 0 to'],
    ['group reset g --shift-by 1.5', 'It must be an integer from -9007199254740991 to'],
    [
      'group reset g --to-timestamp yesterday',
      'It must be milliseconds since 1970, or a date as 2026-01-31T12',
    ],
    ['group reset g --to a:0', 'It must be topic:partition=offset'],
    ['group reset g --to a:0=1 --to a:0=2', 'a:0 is given twice'],
    ['group reset g --to a:0=1 --topic a', '--to names its partitions; leave --topic out'],
    ['group reset g --to-latest --topic a:x', '"x" is not the number of a partition'],
    ['group reset g --to-latest --topic a:0:1', 'It must be topic or topic:0,1,2'],
    ['group delete', "missing required argument 'groups' (tidelog group delete --help says more)"],
    ['topic create a --partitions 0', 'It must be an integer from 1 to 100000'],
    ['topic create a --config retention.ms', 'It must be key=value'],
    ['topic create a --config x=1 --config x=2', 'x is given twice'],
    ['topic alter a', 'nothing to change; give --partitions, --config or --delete-config'],
    ['topic alter a --config x=1 --delete-config x', '--config and --delete-config both name x'],
    ['start --port 65536', 'It must be an integer from 0 to 65535'],
    ['start --durability always', 'Allowed choices are fsync, page-cache'],
    ['start --ephemeral --data-dir d', "'--ephemeral' cannot be used with option '--data-dir <dir>'"],
    ['start --data-dir=', 'It must not be empty'],
    ['start --prot 1', "unknown option '--prot'; did you mean --port?"],
    ['bench produce a --records 0', 'It must be an integer from 1'],
    ['bench consume', "missing required argument 'topic' (tidelog bench consume --help says more)"],
  ])('tidelog %s', async (line, message) => {
    const { exitCode, stdout, stderr } = await run(...line.split(' '));
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^tidelog: [^\n]+ --help says more\)\n$/);
    expect(stderr).toContain(message);
  });

  test('an empty name of a topic', async () => {
    expect((await run('consume', '')).stderr).toContain("argument 'topic'. It must not be empty");
  });

  test.each([['describe'], ['reset', '--to-latest'], ['delete', 'g']])(
    'an empty id of a group: group %s',
    async (...args) => {
      const { exitCode, stderr } = await run('group', ...args, '');
      expect(exitCode).toBe(2);
      expect(stderr).toMatch(/^tidelog: .*argument 'groups?'\. It must not be empty/);
    },
  );
});

test("flags of a producer have the ranges and defaults of the client's options", () => {
  const produce = allCommands().find((command) => fullName(command) === 'tidelog produce') as Command;
  const accepts = (flag: string, value: number): boolean => {
    const option = produce.options.find(({ long }) => long === flag);
    try {
      option?.parseArg?.(String(value), undefined);
      return true;
    } catch {
      return false;
    }
  };
  const { lingerMs, batchSizeBytes, deliveryTimeoutMs } = PRODUCER_OPTIONS;
  for (const [flag, { min, default: byDefault, ...rest }] of [
    ['--linger-ms', lingerMs],
    ['--batch-size-bytes', batchSizeBytes],
    ['--delivery-timeout-ms', deliveryTimeoutMs],
  ] as const) {
    expect([accepts(flag, min - 1), accepts(flag, min)], flag).toEqual([false, true]);
    const option = produce.options.find(({ long }) => long === flag);
    expect(option?.description).toMatch(new RegExp(`; ${byDefault} unless given$`));
    if (!('max' in rest)) continue;
    expect([accepts(flag, rest.max), accepts(flag, rest.max + 1)], flag).toEqual([true, false]);
  }
});
