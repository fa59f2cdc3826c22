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
  TopicPartition,
} from '@tidelog/client';
import { TidelogError } from '@tidelog/record/errors';
import { nearestName } from '@tidelog/record/options';
import { connect, findTopic, requirePartition, type BrokerOptions } from '../connect.ts';
import { interruptSignal } from '../interrupt.ts';
import type { PartitionSelection } from '../option-parsers.ts';
import { counted, printResult, table, type Output } from '../output.ts';
import { watch } from '../watch.ts';

export interface WatchOptions extends BrokerOptions {
  /** Seconds between two looks; absent: one look. */
  readonly watch?: number;
}

export interface ListGroupsOptions extends WatchOptions {
  readonly state?: readonly string[];
  readonly type?: GroupType;
}

export async function listGroups(options: ListGroupsOptions, output: Output): Promise<void> {
  using interrupt = interruptSignal();
  await using tidelog = connect(options);
  const admin = tidelog.admin();
  const { state: states = [], type } = options;
  await watch({ output, seconds: options.watch, signal: interrupt.signal }, async (signal) => {
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
  await watch({ output, seconds: options.watch, signal: interrupt.signal }, async (signal) => {
    const group = await findGroup(admin, groupId, signal);
    const lag = await admin.groupLag(groupId, { signal });
    const totalLag = lag.reduce((sum, row) => sum + Math.max(0, row.lag), 0);
    const { type, state, groupEpoch, assignor, coordinatorId, members } = group;
    return {
      json: [
        { groupId, type, state, groupEpoch, assignor, coordinatorId, totalLag, members, partitions: lag },
      ],
      text: [
        `Group ${groupId} (${type}): ${state}, epoch ${groupEpoch}${assignor === '' ? '' : `, assignor ${assignor}`}, coordinator ${coordinatorId}`,
        `${counted(members.length, 'member')}, total lag ${totalLag}`,
        ...(lag.length === 0 ? ['Nothing is committed or owned.'] : [lagTable(lag)]),
        ...(options.members === true && members.length > 0 ? ['', membersTable(group)] : []),
      ].join('\n'),
    };
  });
}

export interface ResetOptions extends BrokerOptions {
  readonly topic?: readonly PartitionSelection[];
  readonly toEarliest?: boolean;
  readonly toLatest?: boolean;
  readonly toOffset?: number;
  readonly toTimestamp?: number;
  readonly shiftBy?: number;
  readonly to?: readonly (TopicPartition & { readonly offset: number })[];
  readonly dryRun?: boolean;
}

/** The one place to go to that the options name; undefined when they name none, or more than one. */
export function resetTargetOf(options: ResetOptions): ResetTarget | undefined {
  const { toEarliest, toLatest, toOffset, toTimestamp, shiftBy, to } = options;
  const targets: readonly (ResetTarget | undefined)[] = [
    toEarliest === true ? 'earliest' : undefined,
    toLatest === true ? 'latest' : undefined,
    toOffset === undefined ? undefined : { offset: toOffset },
    toTimestamp === undefined ? undefined : { timestampMs: toTimestamp },
    shiftBy === undefined ? undefined : { shiftBy },
    to === undefined ? undefined : { offsets: to },
  ];
  const given = targets.filter((target) => target !== undefined);
  return given.length === 1 ? given[0] : undefined;
}

export async function resetGroup(
  groupId: string,
  { target, ...options }: ResetOptions & { readonly target: ResetTarget },
  output: Output,
): Promise<void> {
  using interrupt = interruptSignal();
  const { signal } = interrupt;
  await using tidelog = connect(options);
  const selections = options.topic ?? [];
  const names = new Set([
    ...selections.map(({ topic }) => topic),
    ...(options.to ?? []).map(({ topic }) => topic),
  ]);
  const partitions: TopicPartition[] = [];
  for (const name of names) {
    const topic = await findTopic(tidelog, name, { options, output, signal, isWorthCreating: false });
    for (const { partition } of (options.to ?? []).filter((row) => row.topic === name)) {
      requirePartition(topic, partition);
    }
    for (const selection of selections.filter((row) => row.topic === name)) {
      const chosen = selection.partitions ?? topic.partitions.map(({ partition }) => partition);
      for (const partition of chosen) requirePartition(topic, partition);
      partitions.push(...chosen.map((partition) => ({ topic: name, partition })));
    }
  }
  const rows = await tidelog.admin().resetOffsets(groupId, {
    to: target,
    ...(partitions.length === 0 ? {} : { partitions }),
    dryRun: options.dryRun === true,
    signal,
  });
  await printResult(output, {
    json: { groupId, dryRun: options.dryRun === true, partitions: rows },
    text: [
      options.dryRun === true
        ? `Group ${groupId} would go on here; nothing was changed:`
        : `Group ${groupId} goes on here:`,
      resetTable(rows),
    ].join('\n'),
  });
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
      if (options.ifExists !== true) throw await unknownGroup(admin, groupId, error);
      isDeleted = false;
    }
    await printResult(output, {
      json: { groupId, deleted: isDeleted },
      text: isDeleted ? `Deleted group ${groupId}.` : `There is no group ${groupId}.`,
    });
  }
}

async function findGroup(admin: Admin, groupId: string, signal: AbortSignal): Promise<DescribedGroup> {
  try {
    const [group] = await admin.describeGroups([groupId], { signal });
    return group as DescribedGroup;
  } catch (error) {
    if (!isUnknownGroup(error)) throw error;
    throw await unknownGroup(admin, groupId, error);
  }
}

function isUnknownGroup(error: unknown): boolean {
  return error instanceof TidelogError && error.code === 'GROUP_ID_NOT_FOUND';
}

async function unknownGroup(admin: Admin, groupId: string, cause: unknown): Promise<TidelogError> {
  const names = (await admin.listGroups()).map((group) => group.groupId);
  const nearest = nearestName(groupId, names);
  return new TidelogError(
    'GROUP_ID_NOT_FOUND',
    `there is no group ${JSON.stringify(groupId)}` +
      (nearest === undefined ? '' : ` (did you mean ${JSON.stringify(nearest)}?)`),
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
