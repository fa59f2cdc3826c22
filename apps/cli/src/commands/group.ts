/**
 * `tidelog group list | describe | reset | delete`.
 *
 * A group with members keeps its place by itself: reset and delete are for groups whose members have stopped, and
 * say who is left otherwise.
 */
import type {
  Admin,
  DescribedGroup,
  GroupLag,
  GroupState,
  GroupType,
  ResetOffset,
  ResetTarget,
  Tidelog,
  TopicPartition,
} from '@tidelog/client';
import { TidelogError } from '@tidelog/record/errors';
import { nearestName } from '@tidelog/record/options';
import { connect, findTopic, requirePartition, type BrokerOptions } from '../connect.ts';
import { interruptSignal } from '../interrupt.ts';
import type { PartitionSelection } from '../option-parsers.ts';
import { counted, printResult, table, visible, type Output } from '../output.ts';
import { watch } from '../watch.ts';
import type { ResetTargetOptions } from './reset-target.ts';

export interface WatchOptions extends BrokerOptions {
  /** Seconds between two looks; absent: one look. */
  readonly intervalSeconds?: number;
}

export interface ListGroupsOptions extends WatchOptions {
  readonly state?: readonly string[];
  readonly type?: GroupType;
}

export async function listGroups(options: ListGroupsOptions, output: Output): Promise<void> {
  using interrupt = interruptSignal();
  await using tidelog = connect(options);
  const admin = tidelog.admin();
  const { state: states = [], type, intervalSeconds } = options;
  await watch({ output, intervalSeconds, signal: interrupt.signal }, async (signal) => {
    const groups = await admin.listGroups({
      states: states as readonly GroupState[],
      types: type === undefined ? [] : [type],
      signal,
    });
    const rows = groups.map((group) => [group.groupId, group.type, group.state]);
    return {
      json: groups.map(({ groupId, type: groupType, protocolType, state }) => ({
        groupId,
        type: groupType,
        protocolType,
        state,
      })),
      text: groups.length === 0 ? '' : table(['group', 'type', 'state'], rows),
    };
  });
}

export interface DescribeGroupOptions extends WatchOptions {
  readonly members?: boolean;
}

export async function describeGroup(
  groupId: string,
  options: DescribeGroupOptions,
  output: Output,
): Promise<void> {
  using interrupt = interruptSignal();
  await using tidelog = connect(options);
  const admin = tidelog.admin();
  const { intervalSeconds } = options;
  await watch({ output, intervalSeconds, signal: interrupt.signal }, async (signal) => {
    const group = await findGroup(admin, groupId, signal);
    const lag = await admin.groupLag(groupId, { signal });
    const totalLag = lag.reduce((sum, row) => sum + Math.max(0, row.lag), 0);
    const { type, state, groupEpoch, assignor, coordinatorId, members } = group;
    return {
      json: [
        { groupId, type, state, groupEpoch, assignor, coordinatorId, totalLag, members, partitions: lag },
      ],
      text: [
        `Group ${visible(groupId)} (${type}): ${state}, epoch ${groupEpoch}${assignor === '' ? '' : `, assignor ${visible(assignor)}`}, coordinator ${coordinatorId}`,
        `${counted(members.length, 'member')}, total lag ${totalLag}`,
        ...(lag.length === 0 ? ['Nothing is committed or owned.'] : [lagTable(lag)]),
        ...(options.members === true && members.length > 0 ? ['', membersTable(group)] : []),
      ].join('\n'),
    };
  });
}

export interface ResetOptions extends BrokerOptions, ResetTargetOptions {
  readonly topic?: readonly PartitionSelection[];
  readonly dryRun?: boolean;
}

export async function resetGroup(
  groupId: string,
  { target, ...options }: ResetOptions & { readonly target: ResetTarget },
  output: Output,
): Promise<void> {
  using interrupt = interruptSignal();
  const { signal } = interrupt;
  await using tidelog = connect(options);
  const partitions = await partitionsToReset(tidelog, options, { output, signal });
  const { dryRun = false } = options;
  const admin = tidelog.admin();
  let rows: readonly ResetOffset[];
  try {
    const named = partitions.length === 0 ? {} : { partitions };
    rows = await admin.resetOffsets(groupId, { to: target, ...named, dryRun, signal });
  } catch (error) {
    throw await resetError(admin, groupId, error);
  }
  const heading = dryRun ? 'would go on here; nothing was changed' : 'goes on here';
  await printResult(output, {
    json: { groupId, dryRun, partitions: rows },
    text: `Group ${visible(groupId)} ${heading}:\n${resetTable(rows)}`,
  });
}

/** The partitions that `--topic` names, each once; none without it. Rejects for topics and partitions that are not there. */
async function partitionsToReset(
  tidelog: Tidelog,
  options: ResetOptions,
  { output, signal }: { readonly output: Output; readonly signal: AbortSignal },
): Promise<TopicPartition[]> {
  const { topic: selections = [], to: targets = [] } = options;
  const chosen: TopicPartition[] = [];
  for (const name of new Set([...selections, ...targets].map(({ topic }) => topic))) {
    const topic = await findTopic(tidelog, name, { options, output, signal, isWorthCreating: false });
    for (const row of targets) if (row.topic === name) requirePartition(topic, row.partition);
    const numbers = selections
      .filter((row) => row.topic === name)
      .flatMap((row) => row.partitions ?? topic.partitions.map(({ partition }) => partition));
    for (const partition of new Set(numbers)) {
      requirePartition(topic, partition);
      chosen.push({ topic: name, partition });
    }
  }
  return chosen;
}

/** The refusal in the words of the command line. */
async function resetError(admin: Admin, groupId: string, error: unknown): Promise<unknown> {
  if (isUnknownGroup(error)) {
    return unknownGroup(admin, groupId, {
      cause: error,
      what: 'has committed nothing',
      hint: '; --topic says what a group is to begin with',
    });
  }
  if (!(error instanceof TidelogError) || error.code !== 'INVALID_ARGUMENT') return error;
  // Of the arguments only a shift from where nothing was committed can still be wrong.
  const { topic, partition } = error;
  return new Error(
    `group ${JSON.stringify(groupId)} has committed nothing in topic ${JSON.stringify(topic)} partition ${String(partition)}, ` +
      'so there is nothing for --shift-by to begin at; leave the partition out, or use another --to-…',
    { cause: error },
  );
}

export interface DeleteGroupOptions extends BrokerOptions {
  readonly ifExists?: boolean;
}

export async function deleteGroups(
  groupIds: readonly string[],
  options: DeleteGroupOptions,
  output: Output,
): Promise<void> {
  await using tidelog = connect(options);
  const admin = tidelog.admin();
  for (const groupId of groupIds) {
    let isDeleted = true;
    try {
      await admin.deleteGroups([groupId]);
    } catch (error) {
      if (!isUnknownGroup(error)) throw error;
      if (options.ifExists !== true) throw await unknownGroup(admin, groupId, { cause: error });
      isDeleted = false;
    }
    await printResult(output, {
      json: { groupId, deleted: isDeleted },
      text: isDeleted ? `Deleted group ${visible(groupId)}.` : `There is no group ${visible(groupId)}.`,
    });
  }
}

async function findGroup(admin: Admin, groupId: string, signal: AbortSignal): Promise<DescribedGroup> {
  try {
    const [group] = await admin.describeGroups([groupId], { signal });
    return group as DescribedGroup;
  } catch (error) {
    if (!isUnknownGroup(error)) throw error;
    throw await unknownGroup(admin, groupId, { cause: error, signal });
  }
}

function isUnknownGroup(error: unknown): boolean {
  return error instanceof TidelogError && error.code === 'GROUP_ID_NOT_FOUND';
}

/** GROUP_ID_NOT_FOUND that names the nearest group, and says `what` of this one instead of that it is not there. */
async function unknownGroup(
  admin: Admin,
  groupId: string,
  {
    cause,
    signal,
    what,
    hint = '',
  }: {
    readonly cause: unknown;
    readonly signal?: AbortSignal;
    readonly what?: string;
    readonly hint?: string;
  },
): Promise<TidelogError> {
  const names = (await admin.listGroups(signal === undefined ? {} : { signal })).map(
    (group) => group.groupId,
  );
  const nearest = names.includes(groupId) ? undefined : nearestName(groupId, names);
  const id = JSON.stringify(groupId);
  return new TidelogError(
    'GROUP_ID_NOT_FOUND',
    (what === undefined ? `there is no group ${id}` : `group ${id} ${what}`) +
      (nearest === undefined ? '' : ` (did you mean ${JSON.stringify(nearest)}?)`) +
      hint,
    { cause },
  );
}

function lagTable(rows: readonly GroupLag[]): string {
  return table(
    ['topic', 'partition', 'committed', 'end', 'lag', 'member', 'client', 'host'],
    rows.map((row) => [
      row.topic,
      row.partition,
      shownOffset(row.committedOffset),
      shownOffset(row.logEndOffset),
      shownOffset(row.lag),
      row.groupInstanceId ?? row.memberId ?? '-',
      row.clientId ?? '-',
      row.clientHost ?? '-',
    ]),
  );
}

/** Unknown offsets are negative. */
function shownOffset(offset: number): number | string {
  return offset < 0 ? '-' : offset;
}

function membersTable({ members }: DescribedGroup): string {
  return table(
    ['member', 'instance', 'client', 'host', 'epoch', 'partitions'],
    members.map((member) => [
      member.memberId,
      member.groupInstanceId ?? '-',
      member.clientId,
      member.clientHost,
      member.memberEpoch,
      member.assignment.map(({ topic, partitions }) => `${topic}:${partitions.join(',')}`).join(' ') || '-',
    ]),
  );
}

function resetTable(rows: readonly ResetOffset[]): string {
  return table(
    ['topic', 'partition', 'before', 'after'],
    rows.map(({ topic, partition, previousOffset, offset }) => [
      topic,
      partition,
      shownOffset(previousOffset),
      offset,
    ]),
  );
}
