/**
 * Administration of consumer groups: each request goes to the coordinator of its group, is sent again while the
 * coordinator moves or loads, and rejects with the broker's error.
 *
 * Offsets of a group with members belong to the members: whatever sets them here is refused with NON_EMPTY_GROUP
 * while there are any.
 */
import { fromSafeNumber, topicIdToBytes, type TopicId } from '@tidelog/protocol';
import { TidelogError } from '@tidelog/record/errors';
import { delay, type WaitOptions } from '../abortable.ts';
import { backoffMs } from '../backoff-policy.ts';
import type { ClientSettings } from '../client-options.ts';
import type { ClusterMetadata } from '../cluster-metadata.ts';
import type { TopicPartition } from '../consumer/subscription.ts';
import { isAboutTheCoordinator } from '../coordinator-lookup.ts';
import { askCoordinator, askCoordinators, type CoordinatorContext } from '../coordinator-requests.ts';
import type { TopicInfo } from '../metadata-state.ts';
import { errorOf, throwFirst } from './admin-answers.ts';
import type { ListedOffset, OffsetSpec } from './admin-shapes.ts';
import { describedGroupOf, groupErrorOf, groupOffsetOf, listedGroupOf } from './group-answers.ts';
import type {
  DescribedGroup,
  FetchOffsetsOptions,
  GroupLag,
  GroupOffset,
  ListedGroup,
  ListGroupsOptions,
  OffsetToSet,
  ResetOffset,
  ResetOffsetsRequest,
} from './group-shapes.ts';
import { planReset, requireResetTarget, type ResetCandidate } from './offset-reset-plan.ts';

/** What of the admin the groups need. */
export interface TopicQuestions {
  /** The topics in the order asked for. Rejects with UNKNOWN_TOPIC_OR_PARTITION. */
  topics(names: readonly string[]): Promise<TopicInfo[]>;
  /** An offset of each partition of a topic. */
  listOffsets(topic: string, spec: OffsetSpec): Promise<ListedOffset[]>;
}

/** Commits of nobody: the group must have no members. */
const NO_MEMBER = { memberId: '', memberEpoch: -1 } as const;

export class GroupAdmin {
  readonly #settings: ClientSettings;
  readonly #metadata: ClusterMetadata;
  readonly #questions: TopicQuestions;

  constructor(settings: ClientSettings, metadata: ClusterMetadata, questions: TopicQuestions) {
    this.#settings = settings;
    this.#metadata = metadata;
    this.#questions = questions;
  }

  /** The groups of all brokers, by id. */
  async list({ states = [], types = [], signal }: ListGroupsOptions): Promise<ListedGroup[]> {
    const { brokers } = await this.#metadata.control.request('METADATA', {});
    const asked = brokers.map(({ host = '', port = 0 }) =>
      this.#untilLoaded(async () => {
        const body = { states: [...states], types: [...types] };
        const answer = await this.#metadata.control.request('LIST_GROUPS', body, {
          endpoint: { host, port },
        });
        return answer.groups.map(listedGroupOf);
      }, signal),
    );
    const groups = (await Promise.all(asked)).flat();
    return groups.sort((a, b) => (a.groupId < b.groupId ? -1 : 1));
  }

  /** In the order asked for. Rejects with GROUP_ID_NOT_FOUND. */
  async describe(groupIds: readonly string[], { signal }: WaitOptions): Promise<DescribedGroup[]> {
    const answers = await askCoordinators(this.#context(signal), groupIds, async (coordinator, groups) => {
      const { endpoint, brokerId } = coordinator;
      const body = { groupIds: [...groups] };
      const answer = await this.#metadata.control.request('DESCRIBE_GROUPS', body, { endpoint });
      return answer.groups.map((row) => ({
        groupId: row.groupId ?? '',
        error: groupErrorOf(row),
        group: describedGroupOf(row, brokerId),
      }));
    });
    throwFirst(answers.map(({ error }) => error));
    return answers.map((answer) => (answer as { readonly group: DescribedGroup }).group);
  }

  /** Rejects with NON_EMPTY_GROUP or GROUP_ID_NOT_FOUND; the others are deleted. */
  async delete(groupIds: readonly string[], { signal }: WaitOptions): Promise<void> {
    const context = { ...this.#context(signal), isRepeatable: false };
    const answers = await askCoordinators(context, groupIds, async ({ endpoint }, groups) => {
      const how = { endpoint, isRepeatable: false };
      const body = { groupIds: [...groups] };
      const answer = await this.#metadata.control.request('DELETE_GROUPS', body, how);
      return answer.groups.map((row) => ({ groupId: row.groupId ?? '', error: groupErrorOf(row) }));
    });
    const errors = answers.map(async ({ groupId, error }) => {
      return error?.code === 'NON_EMPTY_GROUP' ? await this.#nonEmpty(groupId, 'deleted', signal) : error;
    });
    throwFirst(await Promise.all(errors));
  }

  /** What the group has committed; for partitions that are named also where it has not. */
  async offsets(groupId: string, options: FetchOffsetsOptions): Promise<GroupOffset[]> {
    const { partitions, topics, signal } = options;
    const named = partitions === undefined ? undefined : await this.#identified(partitions);
    return await askCoordinator(this.#context(signal), groupId, async ({ endpoint }) => {
      const body = { groupId, memberEpoch: -1, allPartitions: named === undefined, partitions: named ?? [] };
      const answer = await this.#metadata.control.request('OFFSET_FETCH', body, { endpoint });
      const rows = answer.partitions.map(groupOffsetOf);
      if (partitions !== undefined) return rows;
      return rows
        .filter(({ topic, offset }) => offset >= 0 && (topics?.includes(topic) ?? true))
        .sort(byPlace);
    });
  }

  async setOffsets(groupId: string, offsets: readonly OffsetToSet[], { signal }: WaitOptions): Promise<void> {
    if (offsets.length === 0) return;
    for (const { offset } of offsets) requireOffset(offset);
    const identified = await this.#identified(offsets);
    const partitions = offsets.map(({ offset, metadata = '' }, index) => ({
      ...(identified[index] as { topicId: Buffer; partition: number }),
      committedOffset: fromSafeNumber(offset),
      metadata,
    }));
    await this.#requireEmpty(groupId, 'set', signal);
    const errors = await askCoordinator(this.#context(signal), groupId, async ({ endpoint }) => {
      const body = { groupId, ...NO_MEMBER, partitions };
      const answer = await this.#metadata.control.request('OFFSET_COMMIT', body, { endpoint });
      const rows = offsets.map(({ topic, partition }, index) =>
        errorOf(rowAt(answer.partitions, index), topic, partition),
      );
      // The whole request again: setting an offset twice does no harm.
      for (const error of rows) if (error !== undefined && isAboutTheCoordinator(error)) throw error;
      return rows;
    });
    // A member joined between the two requests.
    if (errors.some((error) => error?.code === 'UNKNOWN_MEMBER_ID')) {
      throw await this.#nonEmpty(groupId, 'set', signal);
    }
    throwFirst(errors);
  }

  async resetOffsets(groupId: string, request: ResetOffsetsRequest): Promise<ResetOffset[]> {
    const { to, dryRun = false, signal } = request;
    requireResetTarget(to);
    await this.#requireEmpty(groupId, 'reset', signal);
    const places = await this.#toReset(groupId, request);
    const candidates = await this.#candidates(groupId, places, request);
    const plan = candidates.map((candidate) => planReset(candidate, to));
    if (!dryRun) await this.setOffsets(groupId, plan, { signal });
    return plan;
  }

  /** Rejects with GROUP_SUBSCRIBED_TO_TOPIC, GROUP_ID_NOT_FOUND, UNKNOWN_TOPIC_OR_PARTITION. */
  async deleteOffsets(
    groupId: string,
    partitions: readonly TopicPartition[],
    { signal }: WaitOptions,
  ): Promise<void> {
    const errors = await askCoordinator(this.#context(signal), groupId, async ({ endpoint }) => {
      const rows = partitions.map(({ topic, partition }) => ({ topicName: topic, partition }));
      const body = { groupId, partitions: rows };
      const answer = await this.#metadata.control.request('OFFSET_DELETE', body, { endpoint });
      return partitions.map(({ topic, partition }, index) =>
        errorOf(rowAt(answer.partitions, index), topic, partition),
      );
    });
    throwFirst(errors);
  }

  /** One row per partition that the group has committed or a member owns, by topic and partition. */
  async lag(groupId: string, { signal }: WaitOptions): Promise<GroupLag[]> {
    const [[group], offsets] = await Promise.all([
      this.describe([groupId], { signal }),
      this.offsets(groupId, { signal }),
    ]);
    const rows = new Map<string, TopicPartition>();
    const committed = new Map(offsets.map((row) => [keyOf(row), row.offset]));
    const owners = new Map<string, DescribedGroup['members'][number]>();
    for (const row of offsets) rows.set(keyOf(row), row);
    for (const member of group?.members ?? []) {
      for (const { topic, partitions } of member.assignment) {
        for (const partition of partitions) {
          rows.set(keyOf({ topic, partition }), { topic, partition });
          owners.set(keyOf({ topic, partition }), member);
        }
      }
    }
    const ends = await this.#endsOf([...rows.values()].map(({ topic }) => topic));
    return [...rows.values()].sort(byPlace).map(({ topic, partition }) => {
      const key = keyOf({ topic, partition });
      const committedOffset = committed.get(key) ?? -1;
      const logEndOffset = ends.get(key) ?? -1;
      const isKnown = committedOffset >= 0 && logEndOffset >= 0;
      const lag = isKnown ? Math.max(0, logEndOffset - committedOffset) : -1;
      const { memberId, groupInstanceId, clientId, clientHost } = owners.get(key) ?? NOBODY;
      const owner = { memberId, groupInstanceId, clientId, clientHost };
      return { topic, partition, committedOffset, logEndOffset, lag, ...owner };
    });
  }

  /** The ends of all partitions of these topics; nothing for topics that are gone. */
  async #endsOf(topics: readonly string[]): Promise<Map<string, number>> {
    const ends = new Map<string, number>();
    const known = await this.#metadata.control.request('METADATA', { topicNames: [...new Set(topics)] });
    const present = known.topics.filter(({ errorCode = 0 }) => errorCode === 0).map(({ name = '' }) => name);
    const asked = present.map(async (topic) => {
      const rows = await this.#questions.listOffsets(topic, 'latest');
      for (const { partition, offset } of rows) ends.set(keyOf({ topic, partition }), offset);
    });
    await Promise.all(asked);
    return ends;
  }

  /** The partitions that a reset is about. */
  async #toReset(
    groupId: string,
    { to, topics, partitions, signal }: ResetOffsetsRequest,
  ): Promise<readonly TopicPartition[]> {
    if (typeof to === 'object' && 'offsets' in to) return to.offsets;
    if (partitions !== undefined) return partitions;
    if (topics !== undefined) {
      const infos = await this.#questions.topics(topics);
      return infos.flatMap(({ name, partitions: all }) =>
        all.map(({ partition }) => ({ topic: name, partition })),
      );
    }
    const committed = await this.offsets(groupId, { signal });
    if (committed.length > 0) return committed;
    throw new TidelogError(
      'GROUP_ID_NOT_FOUND',
      `resetOffsets: group ${JSON.stringify(groupId)} has committed nothing; name the topics or partitions to reset`,
    );
  }

  async #candidates(
    groupId: string,
    places: readonly TopicPartition[],
    { to, signal }: ResetOffsetsRequest,
  ): Promise<ResetCandidate[]> {
    const committed = await this.offsets(groupId, { partitions: places, signal });
    const topics = [...new Set(places.map(({ topic }) => topic))];
    const specs: OffsetSpec[] = ['earliest', 'latest'];
    if (typeof to === 'object' && 'timestampMs' in to) specs.push(to);
    const tables = await Promise.all(
      specs.map(async (spec) => {
        const lists = topics.map(async (topic) => {
          const rows = await this.#questions.listOffsets(topic, spec);
          return rows.map((row) => [keyOf({ topic, partition: row.partition }), row.offset] as const);
        });
        return new Map((await Promise.all(lists)).flat());
      }),
    );
    return places.map(({ topic, partition }, index) => {
      const [logStartOffset = 0, logEndOffset = 0, timestampOffset = -1] = tables.map((table) =>
        table.get(keyOf({ topic, partition })),
      );
      const committedOffset = committed[index]?.offset ?? -1;
      return { topic, partition, committedOffset, logStartOffset, logEndOffset, timestampOffset };
    });
  }

  /** Topic ids for the partitions, in order. Rejects with UNKNOWN_TOPIC_OR_PARTITION. */
  async #identified(places: readonly TopicPartition[]): Promise<{ topicId: Buffer; partition: number }[]> {
    const names = [...new Set(places.map(({ topic }) => topic))];
    const infos = names.length === 0 ? [] : await this.#questions.topics(names);
    const byName = new Map(infos.map((info) => [info.name, info]));
    return places.map(({ topic, partition }) => {
      const info = byName.get(topic) as TopicInfo;
      if (info.partitions[partition] === undefined) throw unknownPartition(info, partition);
      return { topicId: topicIdToBytes(info.topicId as TopicId), partition };
    });
  }

  /** Rejects with NON_EMPTY_GROUP. A group that does not exist is empty. */
  async #requireEmpty(groupId: string, what: string, signal: AbortSignal | undefined): Promise<void> {
    const members = await this.#membersOf(groupId, signal);
    if (members.length > 0) throw nonEmptyError(groupId, what, members);
  }

  async #nonEmpty(groupId: string, what: string, signal: AbortSignal | undefined): Promise<TidelogError> {
    return nonEmptyError(groupId, what, await this.#membersOf(groupId, signal));
  }

  async #membersOf(groupId: string, signal: AbortSignal | undefined): Promise<DescribedGroup['members']> {
    try {
      const [group] = await this.describe([groupId], { signal });
      return group?.members ?? [];
    } catch (thrown) {
      if (TidelogError.from(thrown).code === 'GROUP_ID_NOT_FOUND') return [];
      throw thrown;
    }
  }

  #context(signal: AbortSignal | undefined): CoordinatorContext {
    return { settings: this.#settings, metadata: this.#metadata, signal };
  }

  /** Asks a broker again while it loads its groups. */
  async #untilLoaded<T>(ask: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    const { clock, random, metadataTimeoutMs, retryBackoffMs, retryBackoffMaxMs } = this.#settings;
    const limits = { initialMs: retryBackoffMs, maxMs: retryBackoffMaxMs };
    const deadlineMs = clock.monotonicMs() + metadataTimeoutMs;
    for (let tries = 1; ; tries++) {
      try {
        return await ask();
      } catch (thrown) {
        const waitMs = backoffMs(tries, limits, random);
        const mayPass = isAboutTheCoordinator(TidelogError.from(thrown));
        if (!mayPass || clock.monotonicMs() + waitMs > deadlineMs) throw thrown;
        await delay(clock, waitMs, signal);
      }
    }
  }
}

const NOBODY = {
  memberId: undefined,
  groupInstanceId: undefined,
  clientId: undefined,
  clientHost: undefined,
} as const;

/** One that was left out must not become the beginning. Throws INVALID_ARGUMENT. */
function requireOffset(offset: unknown): void {
  if (Number.isSafeInteger(offset) && (offset as number) >= 0) return;
  throw new TidelogError(
    'INVALID_ARGUMENT',
    `setOffsets: offset is ${String(offset)}; it must be the next offset to be read, an integer of 0 or more`,
  );
}

/** Topic names hold no colon. */
function keyOf({ topic, partition }: TopicPartition): string {
  return `${topic}:${partition}`;
}

function byPlace(a: TopicPartition, b: TopicPartition): number {
  if (a.topic !== b.topic) return a.topic < b.topic ? -1 : 1;
  return a.partition - b.partition;
}

function unknownPartition({ name, partitions }: TopicInfo, partition: number): TidelogError {
  return new TidelogError(
    'UNKNOWN_TOPIC_OR_PARTITION',
    `topic ${JSON.stringify(name)} has no partition ${String(partition)}; it has 0 to ${partitions.length - 1}`,
    { topic: name, partition, retriable: false },
  );
}

/** A row of an answer that has one for each of the request's. */
function rowAt<Row>(rows: readonly Row[], index: number): Row {
  const row = rows[index];
  if (row !== undefined) return row;
  throw new TidelogError('MALFORMED_FRAME', 'the answer has fewer results than partitions were asked about');
}

const MEMBERS_TO_NAME = 3;

function nonEmptyError(groupId: string, what: string, members: DescribedGroup['members']): TidelogError {
  const named = members
    .slice(0, MEMBERS_TO_NAME)
    .map(({ clientId, clientHost }) => `${clientId} at ${clientHost}`);
  const more = members.length > MEMBERS_TO_NAME ? ', …' : '';
  const who = members.length === 0 ? '' : ` (${named.join(', ')}${more})`;
  const number = members.length === 1 ? '1 member' : `${members.length || 'live'} members`;
  const subject = what === 'deleted' ? 'it cannot be deleted' : `its offsets cannot be ${what}`;
  return new TidelogError(
    'NON_EMPTY_GROUP',
    `group ${JSON.stringify(groupId)} has ${number}${who}: ${subject} while they run; stop them first`,
  );
}
