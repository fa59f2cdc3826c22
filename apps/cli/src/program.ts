/**
 * The command line as a whole: every command, its options and what they mean. The words are fixed, scripts rely
 * on them; docs/reference/cli.md is made from these definitions. A command's code is loaded only when it runs.
 */
import { CommanderError, Option, type Command } from 'commander';
import { readFileSync } from 'node:fs';
import { COUNT, hasProducer, PARTITION, talksToBroker, topicArgument } from './command-options.ts';
import type { BrokerOptions } from './connect.ts';
import type { BenchConsumeOptions } from './commands/bench-consume.ts';
import type { BenchProduceOptions } from './commands/bench-produce.ts';
import type { ConsumeOptions } from './commands/consume.ts';
import type { ConsumeGroupOptions } from './commands/consume-group.ts';
import type { ProduceOptions } from './commands/produce.ts';
import type { StartOptions } from './commands/start.ts';
import type { AlterOptions, CreateOptions, DeleteOptions, ListOptions } from './commands/topic.ts';
import { EXIT_DONE, EXIT_USAGE } from './exit-codes.ts';
import { reportFailure } from './failure.ts';
import { addGroup } from './group-commands.ts';
import { invocation } from './invocation.ts';
import * as parse from './option-parsers.ts';
import { isBrokenPipe, type Output } from './output.ts';
import { recordFormat } from './record-format.ts';
import { TidelogCommand } from './tidelog-command.ts';

type Streams = Pick<Output, 'stdout' | 'stderr'>;

/** Runs one command line (without node and script) and returns its exit code. */
export async function main(args: readonly string[], streams: Streams = process): Promise<number> {
  // A reader that closed the pipe shows up as a rejected write; without a listener it would end the process.
  const { stdout, stderr } = streams;
  stdout.on('error', () => undefined);
  stderr.on('error', () => undefined);
  const output: Output = { stdout, stderr, json: args.includes('--json'), program: invocation() };
  try {
    await createProgram(output).parseAsync(args, { from: 'user' });
    return EXIT_DONE;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_DONE : EXIT_USAGE;
    if (isBrokenPipe(error)) return EXIT_DONE;
    return reportFailure(error, output);
  }
}

function version(): string {
  const path = new URL('../package.json', import.meta.url);
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}

const PARTITION_COUNT = { min: 1, max: 100_000 };

/** The program with all its commands; nothing runs before `parseAsync`. */
export function createProgram(output: Output): Command {
  const program = new TidelogCommand('tidelog')
    .description('A distributed commit log: run a broker, manage topics, produce and consume.')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print what a command does and its options')
    .helpCommand('help [command]', 'print what a command does and its options')
    .addHelpText(
      'after',
      '\nResults go to standard output, everything else to standard error.\nExit codes: 0 done, 1 failed or interrupted, 2 wrong usage.',
    )
    .configureOutput({
      writeOut: (text) => output.stdout.write(text),
      writeErr: (text) => output.stderr.write(text),
    })
    .exitOverride();
  addStart(program, output);
  addTopic(program, output);
  addProduce(program, output);
  addConsume(program, output);
  addGroup(program, output);
  addBench(program, output);
  addDoctor(program, output);
  return program;
}

function addStart(program: Command, output: Output): void {
  program
    .command('start')
    .description('Run a broker until Ctrl-C.')
    .option('--data-dir <dir>', 'where topics are kept', parse.nonEmpty, './tidelog-data')
    .addOption(
      new Option('--ephemeral', 'keep nothing: a temporary directory, removed at the end').conflicts(
        'dataDir',
      ),
    )
    .option(
      '--host <host>',
      'address to listen on; 0.0.0.0 for every IPv4 address',
      parse.nonEmpty,
      '127.0.0.1',
    )
    .option('--port <port>', 'port of the native protocol; 0 for a free one', parse.port, 7650)
    .option('--kafka-port <port>', 'port for Kafka clients; 0 for a free one', parse.port, 9092)
    .option('--no-kafka', 'no listener for Kafka clients')
    .option(
      '--http-port <port>',
      'port of /healthz, /readyz and /metrics; 0 for a free one',
      parse.port,
      7651,
    )
    .option('--advertised-host <host>', 'host that clients are told to connect to', parse.nonEmpty)
    .option(
      '--advertised-port <port>',
      'port that clients are told to connect to',
      parse.integer({ min: 1, max: 65_535 }),
    )
    .option('--id <id>', "the broker's id in its cluster", parse.integer(PARTITION), 1)
    .addOption(
      new Option('--durability <mode>', 'what an acknowledged record survives: power loss, or a crash')
        .choices(['fsync', 'page-cache'])
        .default('fsync'),
    )
    .addOption(
      new Option('--log-level <level>', 'least level that is logged, as JSON on standard error')
        .choices(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
        .default('warn'),
    )
    .option('--json', 'what happens as JSON, one object per line')
    .action(async (options: StartOptions) => {
      const { start } = await import('./commands/start.ts');
      await start(options, output);
    });
}

function addTopic(program: Command, output: Output): void {
  const topic = program.command('topic').description('Create, list, describe, alter and delete topics.');
  const config = new Option('--config <key=value>', 'a topic config; may be repeated').argParser(
    parse.keyValue,
  );
  talksToBroker(topic.command('create').description('Create a topic.').addArgument(topicArgument('name')))
    .option('--partitions <n>', "number of partitions; else the broker's", parse.integer(PARTITION_COUNT))
    .option(
      '--replication-factor <n>',
      "replicas of each partition; else the broker's",
      parse.integer({ min: 1, max: 32 }),
    )
    .addOption(config)
    .option('--if-not-exists', 'do nothing when the topic exists')
    .action(async (name: string, options: CreateOptions) => {
      const { createTopic } = await import('./commands/topic.ts');
      await createTopic(name, options, output);
    });
  talksToBroker(topic.command('list').description('List topics, one name per line.'))
    .option('--internal', 'list internal topics too')
    .action(async (options: ListOptions) => {
      const { listTopics } = await import('./commands/topic.ts');
      await listTopics(options, output);
    });
  talksToBroker(
    topic
      .command('describe')
      .description("Show a topic's partitions, offsets and configs.")
      .addArgument(topicArgument('name')),
  ).action(async (name: string, options: BrokerOptions) => {
    const { describeTopic } = await import('./commands/topic.ts');
    await describeTopic(name, options, output);
  });
  talksToBroker(
    topic
      .command('alter')
      .description("Change a topic's configs or add partitions.")
      .addArgument(topicArgument('name')),
  )
    .option('--partitions <n>', 'new number of partitions; it only grows', parse.integer(PARTITION_COUNT))
    .addOption(config)
    .option('--delete-config <key>', 'set a config back to its default; may be repeated', parse.list)
    .action(async (name: string, options: AlterOptions, command: Command) => {
      checkAlter(options, command);
      const { alterTopic } = await import('./commands/topic.ts');
      await alterTopic(name, options, output);
    });
  talksToBroker(
    topic
      .command('delete')
      .description('Delete a topic and all its records.')
      .addArgument(topicArgument('name')),
  )
    .option('--if-exists', 'do nothing when the topic does not exist')
    .action(async (name: string, options: DeleteOptions) => {
      const { deleteTopic } = await import('./commands/topic.ts');
      await deleteTopic(name, options, output);
    });
}

function checkAlter({ partitions, config = {}, deleteConfig = [] }: AlterOptions, command: Command): void {
  if (partitions === undefined && Object.keys(config).length + deleteConfig.length === 0) {
    command.error('error: nothing to change; give --partitions, --config or --delete-config');
  }
  const twice = deleteConfig.find((name) => Object.hasOwn(config, name));
  if (twice !== undefined) {
    command.error(`error: --config and --delete-config both name ${twice}; give one of them`);
  }
}

function addProduce(program: Command, output: Output): void {
  hasProducer(
    talksToBroker(
      program
        .command('produce')
        .description('Send lines as records, from a file or standard input.')
        .addArgument(topicArgument('topic')),
    )
      .option('--file <file>', 'read lines from a file instead of standard input', parse.nonEmpty)
      .option(
        '--key-separator <text>',
        'split each line into key and value at the first one; knows \\t, \\n, \\xNN. A line without it has no key',
        parse.separator,
      )
      .option('--partition <n>', 'send everything to one partition', parse.integer(PARTITION)),
  )
    .option(
      '--delivery-timeout-ms <ms>',
      'give a record up after this time; 120000 unless given',
      parse.integer({ min: 1, max: 2 ** 31 - 1 }),
    )
    .action(async (topic: string, options: ProduceOptions) => {
      const { produce } = await import('./commands/produce.ts');
      await produce(topic, options, output);
    });
}

function addConsume(program: Command, output: Output): void {
  talksToBroker(
    program
      .command('consume')
      .description('Print records as they arrive, each partition in order, until Ctrl-C.')
      .addArgument(topicArgument('topic')),
  )
    .addOption(new Option('--from-beginning', 'start at the oldest record').conflicts('offset'))
    .option('--partition <n>', 'read one partition', parse.integer(PARTITION))
    .option(
      '--offset <position>',
      'start at beginning, end (the default), an offset, -N (the last N) or @MILLISECONDS, in each partition',
      parse.startPosition,
    )
    .option('--count <n>', 'stop after this many records', parse.integer(COUNT))
    .option('--exit-at-end', 'stop at the end that each partition had at the start')
    .addOption(
      new Option(
        '--format <format>',
        "how a record is printed; '%v\\n' unless given. %t topic, %p partition, %o offset, %T timestamp, %k key, %v value, %h headers",
      )
        .argParser(recordFormat)
        .conflicts('json'),
    )
    .addOption(
      new Option(
        '--group <id>',
        'read as a member of a consumer group and commit what is printed; goes on where the group is, or, where it has never been, at the end or --from-beginning',
      )
        .argParser(parse.groupId)
        .conflicts(['partition', 'offset']),
    )
    .action(async (topic: string, options: ConsumeOptions & Partial<ConsumeGroupOptions>) => {
      const { group } = options;
      if (group === undefined) {
        const { consume } = await import('./commands/consume.ts');
        await consume(topic, options, output);
      } else {
        const { consumeGroup } = await import('./commands/consume-group.ts');
        await consumeGroup(topic, { ...options, group }, output);
      }
    });
}

function addBench(program: Command, output: Output): void {
  const bench = program.command('bench').description('Measure a broker with generated records.');
  hasProducer(
    talksToBroker(
      bench
        .command('produce')
        .description('Send generated records as fast as the broker takes them.')
        .addArgument(topicArgument('topic')),
    )
      .option('--records <n>', 'how many', parse.integer({ min: 1, max: 1e12 }), 1_000_000)
      .option('--record-bytes <n>', 'size of a value', parse.integer({ min: 0, max: 2 ** 20 }), 100)
      .option('--key-bytes <n>', 'size of a key; 0 sends no keys', parse.integer({ min: 0, max: 1024 }), 10),
  ).action(async (topic: string, options: BenchProduceOptions) => {
    const { benchProduce } = await import('./commands/bench-produce.ts');
    await benchProduce(topic, options, output);
  });
  talksToBroker(
    bench
      .command('consume')
      .description('Read records from the oldest on, up to the end at the start, and count them.')
      .addArgument(topicArgument('topic')),
  )
    .option('--records <n>', 'stop after this many', parse.integer({ min: 1, max: 1e12 }))
    .option('--partition <n>', 'read one partition', parse.integer(PARTITION))
    .action(async (topic: string, options: BenchConsumeOptions) => {
      const { benchConsume } = await import('./commands/bench-consume.ts');
      await benchConsume(topic, options, output);
    });
}

function addDoctor(program: Command, output: Output): void {
  talksToBroker(
    program
      .command('doctor')
      .description(
        'Show how a broker is, which clients are connected and what they speak, and what they asked for that it does not have.',
      ),
  ).action(async (options: BrokerOptions) => {
    const { doctor } = await import('./commands/doctor.ts');
    await doctor(options, output);
  });
}
