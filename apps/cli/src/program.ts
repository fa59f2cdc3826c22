/**
 * The command line as a whole: every command, its options and what they mean. The words are fixed, scripts rely
 * on them. A command's code is loaded only when it runs.
 */
import { Command, CommanderError, Option } from 'commander';
import { readFileSync } from 'node:fs';
import { TidelogError } from '@tidelog/record/errors';
import { EXIT_DONE, EXIT_FAILED, EXIT_USAGE } from './exit-codes.ts';
import * as parse from './option-parsers.ts';
import { isBrokenPipe, type Output } from './output.ts';
import { recordFormat } from './record-format.ts';

interface Streams {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

/** Runs one command line (without node and script) and returns its exit code. */
export async function main(args: readonly string[], streams: Streams = process): Promise<number> {
  // A reader that closed the pipe shows up as a rejected write; without a listener it would end the process.
  streams.stdout.on('error', () => undefined);
  try {
    await createProgram(streams).parseAsync(args, { from: 'user' });
    return EXIT_DONE;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_DONE : EXIT_USAGE;
    if (isBrokenPipe(error)) return EXIT_DONE;
    streams.stderr.write(`tidelog: ${describeError(error)}\n`);
    return EXIT_FAILED;
  }
}

function describeError(error: unknown): string {
  if (error instanceof TidelogError) return `${error.code}: ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}

function version(): string {
  const path = new URL('../package.json', import.meta.url);
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}

const PARTITION = { min: 0, max: 2 ** 31 - 1 };
const COUNT = { min: 0, max: Number.MAX_SAFE_INTEGER };

export function createProgram(streams: Streams): Command {
  const output = (options: { json?: boolean }): Output => ({
    json: options.json === true,
    stdout: streams.stdout,
    stderr: streams.stderr,
  });
  const program = new Command('tidelog')
    .description('A distributed commit log: run a broker, manage topics, produce and consume.')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print what a command does and its options')
    .showHelpAfterError('(tidelog COMMAND --help lists the options)')
    .configureOutput({
      writeOut: (text) => streams.stdout.write(text),
      writeErr: (text) => streams.stderr.write(text),
    })
    .exitOverride();

  addStart(program, output);
  addTopic(program, output);
  addProduce(program, output);
  addConsume(program, output);
  addBench(program, output);
  return program;
}

type OutputOf = (options: { json?: boolean }) => Output;

/** The options of every command that talks to a broker. */
function talksToBroker(command: Command): Command {
  return command
    .addOption(
      new Option('--broker <host:port,...>', 'brokers to start from')
        .default(['localhost:7650'], 'localhost:7650')
        .argParser(parse.brokers),
    )
    .option('--json', 'results as JSON, one object per line');
}

function addStart(program: Command, output: OutputOf): void {
  program
    .command('start')
    .description('Run a broker until Ctrl-C.')
    .option('--data-dir <dir>', 'where topics are kept', './tidelog-data')
    .option('--ephemeral', 'keep nothing: a temporary directory, removed at the end')
    .option('--host <host>', 'address to listen on', '127.0.0.1')
    .option('--advertised-host <host>', 'address that clients are told to connect to')
    .option('--port <port>', 'port of the native protocol', parse.port, 7650)
    .option('--kafka-port <port>', 'port of the Kafka protocol', parse.port)
    .option('--http-port <port>', 'port of /healthz, /readyz and /metrics', parse.port, 7651)
    .option('--id <id>', "the broker's id in its cluster", parse.integer(PARTITION), 1)
    .addOption(
      new Option('--durability <mode>', 'what an acknowledgement promises')
        .choices(['fsync', 'page-cache'])
        .default('fsync'),
    )
    .addOption(
      new Option('--log-level <level>', 'least level that is logged, as JSON on standard error')
        .choices(['trace', 'debug', 'info', 'warn', 'error', 'silent'])
        .default('warn'),
    )
    .option('--json', 'the listening line as JSON')
    .action(async (options) => {
      const { start } = await import('./commands/start.ts');
      await start(options, output(options));
    });
}

function addTopic(program: Command, output: OutputOf): void {
  const topic = program.command('topic').description('Create, list, describe, alter and delete topics.');
  const config = new Option('--config <key=value>', 'a topic config; may be repeated').argParser(
    parse.keyValue,
  );
  talksToBroker(topic.command('create <name>').description('Create a topic.'))
    .option('--partitions <n>', 'number of partitions', parse.integer({ min: 1, max: 100_000 }))
    .option('--replication-factor <n>', 'replicas of each partition', parse.integer({ min: 1, max: 32_767 }))
    .addOption(config)
    .option('--if-not-exists', 'do nothing when the topic exists')
    .action(async (name, options) => {
      const { createTopic } = await import('./commands/topic.ts');
      await createTopic(name, options, output(options));
    });
  talksToBroker(topic.command('list').description('List topics.'))
    .option('--internal', 'list internal topics too')
    .action(async (options) => {
      const { listTopics } = await import('./commands/topic.ts');
      await listTopics(options, output(options));
    });
  talksToBroker(
    topic.command('describe <name>').description("Show a topic's partitions, offsets and configs."),
  ).action(async (name, options) => {
    const { describeTopic } = await import('./commands/topic.ts');
    await describeTopic(name, options, output(options));
  });
  talksToBroker(topic.command('alter <name>').description("Change a topic's configs or add partitions."))
    .option(
      '--partitions <n>',
      'new number of partitions; it only grows',
      parse.integer({ min: 1, max: 100_000 }),
    )
    .addOption(config)
    .option('--delete-config <key>', 'set a config back to its default; may be repeated', parse.list)
    .action(async (name, options) => {
      const { alterTopic } = await import('./commands/topic.ts');
      await alterTopic(name, options, output(options));
    });
  talksToBroker(topic.command('delete <name>').description('Delete a topic and all its records.'))
    .option('--if-exists', 'do nothing when the topic does not exist')
    .action(async (name, options) => {
      const { deleteTopic } = await import('./commands/topic.ts');
      await deleteTopic(name, options, output(options));
    });
}

const COMPRESSION = ['none', 'gzip', 'snappy', 'lz4', 'zstd'];

function addProduce(program: Command, output: OutputOf): void {
  talksToBroker(
    program.command('produce <topic>').description('Send lines as records, from a file or standard input.'),
  )
    .option('--file <file>', 'read lines from a file instead of standard input')
    .option('--key-separator <text>', 'split each line into key and value at the first one', parse.separator)
    .option('--partition <n>', 'send everything to one partition', parse.integer(PARTITION))
    .addOption(
      new Option('--acks <level>', 'who must have a record: all, 1 or 0')
        .default('all')
        .argParser(parse.acks),
    )
    .addOption(
      new Option('--compression <codec>', 'codec of the batches').choices(COMPRESSION).default('none'),
    )
    .option('--no-idempotence', 'allow duplicates when a send is retried')
    .option(
      '--linger-ms <ms>',
      'how long a batch waits for more records',
      parse.integer({ min: 0, max: 900_000 }),
    )
    .option(
      '--batch-size-bytes <n>',
      'largest batch before compression',
      parse.integer({ min: 1, max: 2 ** 30 }),
    )
    .option(
      '--delivery-timeout-ms <ms>',
      'give a record up after this time',
      parse.integer({ min: 1, max: 2 ** 31 - 1 }),
    )
    .action(async (topic, options) => {
      const { produce } = await import('./commands/produce.ts');
      await produce(topic, options, output(options));
    });
}

function addConsume(program: Command, output: OutputOf): void {
  talksToBroker(program.command('consume <topic>').description('Print records as they arrive.'))
    .option('--from-beginning', 'start at the oldest record')
    .option('--partition <n>', 'read one partition', parse.integer(PARTITION))
    .option(
      '--offset <position>',
      'beginning, end, an offset, -N (the last N) or @MILLISECONDS',
      parse.startPosition,
    )
    .option('--count <n>', 'stop after this many records', parse.integer(COUNT))
    .option('--exit-at-end', 'stop at the end that each partition had at the start')
    .option('--format <format>', "for example '%t %p %o %T %k %v %h\\n'", recordFormat)
    .option('--group <id>', 'read as a member of a consumer group')
    .action(async (topic, options, command: Command) => {
      if (options.fromBeginning === true && options.offset !== undefined) {
        command.error('error: --from-beginning and --offset contradict each other; give one of them');
      }
      if (options.json === true && options.format !== undefined) {
        command.error('error: --json and --format contradict each other; give one of them');
      }
      const { consume } = await import('./commands/consume.ts');
      await consume(topic, options, output(options));
    });
}

function addBench(program: Command, output: OutputOf): void {
  const bench = program.command('bench').description('Measure a broker with generated records.');
  talksToBroker(
    bench.command('produce <topic>').description('Send generated records as fast as the broker takes them.'),
  )
    .option('--records <n>', 'how many', parse.integer({ min: 1, max: 1e12 }), 1_000_000)
    .option('--record-bytes <n>', 'value size', parse.integer({ min: 0, max: 2 ** 20 }), 100)
    .option('--key-bytes <n>', 'key size; 0 sends no keys', parse.integer({ min: 0, max: 1024 }), 10)
    .addOption(new Option('--acks <level>', 'all, 1 or 0').default('all').argParser(parse.acks))
    .addOption(
      new Option('--compression <codec>', 'codec of the batches').choices(COMPRESSION).default('none'),
    )
    .option(
      '--linger-ms <ms>',
      'how long a batch waits for more records',
      parse.integer({ min: 0, max: 900_000 }),
    )
    .option(
      '--batch-size-bytes <n>',
      'largest batch before compression',
      parse.integer({ min: 1, max: 2 ** 30 }),
    )
    .option('--no-idempotence', 'allow duplicates when a send is retried')
    .action(async (topic, options) => {
      const { benchProduce } = await import('./commands/bench-produce.ts');
      await benchProduce(topic, options, output(options));
    });
  talksToBroker(
    bench.command('consume <topic>').description('Read records from the beginning and count them.'),
  )
    .option('--records <n>', 'stop after this many', parse.integer({ min: 1, max: 1e12 }))
    .option('--partition <n>', 'read one partition', parse.integer(PARTITION))
    .action(async (topic, options) => {
      const { benchConsume } = await import('./commands/bench-consume.ts');
      await benchConsume(topic, options, output(options));
    });
}
