/** `tidelog group …`: the commands and their options. */
import { Argument, Option, type Command } from 'commander';
import { canWatch, COUNT, groupArgument, intervalOf, talksToBroker } from './command-options.ts';
import type {
  DeleteGroupOptions,
  DescribeGroupOptions,
  ListGroupsOptions,
  ResetOptions,
} from './commands/group.ts';
import { resetTargetOf } from './commands/reset-target.ts';
import * as parse from './option-parsers.ts';
import type { Output } from './output.ts';

/** As brokers spell them. */
const GROUP_STATES = [
  'Empty',
  'Assigning',
  'Reconciling',
  'Stable',
  'Dead',
  'PreparingRebalance',
  'CompletingRebalance',
];

/** Adds the command and those below it. */
export function addGroup(program: Command, output: Output): void {
  const group = program.command('group').description('List, describe, reset and delete consumer groups.');
  addListAndDescribe(group, output);
  addReset(group, output);
  talksToBroker(
    group
      .command('delete')
      .description('Delete groups without members, and the offsets that they committed.')
      .addArgument(new Argument('<groups...>', 'ids of the groups').argParser(parse.groupIds)),
  )
    .option('--if-exists', 'do nothing for a group that does not exist')
    .action(async (groupIds: string[], options: DeleteGroupOptions) => {
      const { deleteGroups } = await import('./commands/group.ts');
      await deleteGroups(groupIds, options, output);
    });
}

interface WatchFlags {
  readonly watch?: boolean;
  readonly interval?: number;
}

function addListAndDescribe(group: Command, output: Output): void {
  canWatch(talksToBroker(group.command('list').description('List groups with their type and state.')))
    .addOption(new Option('--state <state...>', 'only groups in one of these states').choices(GROUP_STATES))
    .addOption(new Option('--type <type>', 'only groups of this type').choices(['consumer', 'classic']))
    .action(async (options: ListGroupsOptions & WatchFlags, command: Command) => {
      const interval = intervalOf(options, command);
      const { listGroups } = await import('./commands/group.ts');
      await listGroups({ ...options, ...interval }, output);
    });
  canWatch(
    talksToBroker(
      group
        .command('describe')
        .description('Show where a group is in each partition, how far behind, and who reads it.')
        .addArgument(groupArgument()),
    ),
  )
    .option('--members', 'list the members too')
    .action(async (groupId: string, options: DescribeGroupOptions & WatchFlags, command: Command) => {
      const interval = intervalOf(options, command);
      const { describeGroup } = await import('./commands/group.ts');
      await describeGroup(groupId, { ...options, ...interval }, output);
    });
}

function addReset(group: Command, output: Output): void {
  talksToBroker(
    group
      .command('reset')
      .description('Set where a group without members goes on.')
      .addArgument(groupArgument()),
  )
    .option(
      '--topic <topic[:partitions]>',
      'only this topic, or these partitions of it; may be repeated. Else what the group has committed',
      parse.topicPartitions,
    )
    .option('--to-earliest', 'to the oldest record')
    .option('--to-latest', 'to the end')
    .option('--to-offset <n>', 'to an offset', parse.integer(COUNT))
    .option('--to-timestamp <time>', 'to the first record at or after a time', parse.timestamp)
    .option(
      '--shift-by <n>',
      'so many records on, or back when negative, at most to an end of the partition',
      parse.integer({ min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }),
    )
    .option(
      '--to <topic:partition=offset>',
      'one partition to an offset; may be repeated',
      parse.partitionOffsets,
    )
    .option('--dry-run', 'only show what would be done')
    .action(async (groupId: string, options: ResetOptions, command: Command) => {
      const target = resetTargetOf(options);
      if (target === undefined) {
        command.error(
          'error: give exactly one of --to-earliest, --to-latest, --to-offset, --to-timestamp, --shift-by and --to',
        );
      }
      if (options.to !== undefined && options.topic !== undefined) {
        command.error('error: --to names its partitions; leave --topic out');
      }
      const { resetGroup } = await import('./commands/group.ts');
      await resetGroup(groupId, { ...options, target }, output);
    });
}
