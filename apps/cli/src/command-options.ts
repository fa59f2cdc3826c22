/** Options and arguments that several commands share. */
import { Argument, Option, type Command } from 'commander';
import * as parse from './option-parsers.ts';

/** The number of a partition. */
export const PARTITION = { min: 0, max: 2 ** 31 - 1 } as const;
/** Records, or an offset. */
export const COUNT = { min: 0, max: Number.MAX_SAFE_INTEGER } as const;
const INTERVAL_SECONDS = { min: 1, max: 86_400 } as const;
const COMPRESSION = ['none', 'gzip', 'snappy', 'lz4', 'zstd'];

/** The options of every command that talks to a broker. */
export function talksToBroker(command: Command): Command {
  return command
    .addOption(
      new Option('--broker <host:port,...>', 'brokers to start from; a missing port is 7650')
        .default(['localhost:7650'], 'localhost:7650')
        .argParser(parse.brokers),
    )
    .option('--json', 'results as JSON, one object per line');
}

/** The name of a topic, not empty. */
export function topicArgument(name: string): Argument {
  return new Argument(`<${name}>`, 'name of the topic').argParser(parse.nonEmpty);
}

/** The id of one group. */
export function groupArgument(): Argument {
  return new Argument('<group>', 'id of the group').argParser(parse.groupId);
}

/** The options of commands that have a producer. */
export function hasProducer(command: Command): Command {
  return command
    .addOption(
      new Option('--acks <level>', 'who must have a record: all (in-sync replicas), 1 (leader) or 0 (nobody)')
        .default('all')
        .argParser(parse.acks),
    )
    .addOption(
      new Option('--compression <codec>', 'codec of the batches').choices(COMPRESSION).default('none'),
    )
    .option(
      '--no-idempotence',
      'allow duplicates when a batch has to be sent again; always so with --acks 1 or 0',
    )
    .option(
      '--linger-ms <ms>',
      'how long a record waits for others to share its batch; 5 unless given',
      parse.integer({ min: 0, max: 60_000 }),
    )
    .option(
      '--batch-size-bytes <n>',
      'largest batch before compression; 65536 unless given',
      parse.integer({ min: 1, max: 104_857_600 }),
    );
}

/** The options of commands that can look again and again. */
export function canWatch(command: Command): Command {
  return command
    .option('--watch', 'look again and again, in place on a terminal, until Ctrl-C')
    .option(
      '--interval <seconds>',
      'how long --watch waits between two looks; 2 unless given',
      parse.integer(INTERVAL_SECONDS),
    );
}

const DEFAULT_INTERVAL_SECONDS = 2;

/** What `canWatch` added, as `watch` takes it. Ends the command when there is an interval and nothing to watch. */
export function intervalOf(
  { watch, interval }: { readonly watch?: boolean; readonly interval?: number },
  command: Command,
): { readonly intervalSeconds?: number } {
  if (watch === true) return { intervalSeconds: interval ?? DEFAULT_INTERVAL_SECONDS };
  if (interval !== undefined)
    command.error('error: --interval is for --watch; add it, or leave --interval out');
  return {};
}
