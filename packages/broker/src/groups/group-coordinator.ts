/**
 * The groups of this broker: one shard for each partition of `__consumer_offsets` that it leads, and the way from
 * a group's id to its shard.
 *
 * A shard is made when its partition is first asked for; those whose partitions have files are made at the start
 * and loaded in the background, a few at a time, one that is asked for before the others. The
 * code of shards and state machine is only loaded when there are groups: a broker without any starts without it.
 *
 * States: started → closing (no command is taken, nobody waits for other members any more) → closed.
 */
import type { Clock, Logger } from '@tidelog/log';
import { TidelogError } from '@tidelog/record/errors';
import type { MetadataRecord } from '../metadata/metadata-records.ts';
import type { TopicState } from '../metadata/metadata-state.ts';
import type { MetadataStore } from '../metadata/metadata-store.ts';
import { OFFSETS_TOPIC } from '../metadata/topic-name.ts';
import type { Partitions } from '../partitions/partitions.ts';
import type { Random } from '../random.ts';
import type { RequestContext, Requests } from '../requests.ts';
import { ClusterTopics } from './cluster-topics.ts';
import { CommitOrder } from './commit-order.ts';
import type { DecisionContext, GroupCommand, GroupCommandKind, GroupConfig } from './group-decision.ts';
import { groupIdProblem } from './group-limits.ts';
import type { GroupShard, NewCommand, ShardCounts } from './group-shard.ts';
import type { GroupStateMachine, ShardState } from './group-state-machine.ts';
import { OffsetsTopic, partitionOfGroup } from './offsets-topic.ts';

/** Logs that are opened and read side by side at the start. */
const LOADS_AT_ONCE = 4;
const MEMBER_ID_BYTES = 16;

export interface GroupCoordinatorOptions {
  readonly metadata: MetadataStore;
  readonly partitions: Partitions;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly config: GroupConfig;
  readonly topic: {
    readonly partitionCount: number;
    readonly segmentBytes: number;
    readonly maxPartitions: number;
  };
  readonly machine: () => Promise<GroupStateMachine<ShardState>>;
}

/** What is loaded when there are groups. */
interface GroupCode {
  readonly machine: GroupStateMachine;
  readonly Shard: typeof GroupShard;
}

export class GroupCoordinator {
  readonly counts: ShardCounts = { writtenRecords: 0, writtenBatches: 0, loads: 0, failures: 0 };
  /** Commits that had to wait for a log, before those that came later. */
  readonly commitOrder: CommitOrder = new CommitOrder();
  readonly #options: GroupCoordinatorOptions;
  readonly #topic: OffsetsTopic;
  readonly #topics: ClusterTopics;
  /** By partition of the offsets topic. */
  readonly #shards = new Map<number, GroupShard>();
  /** Partitions that had files when the broker started. */
  #written: ReadonlySet<number> = new Set();
  #code: GroupCode | undefined;
  #preparing: Promise<void> | undefined;
  #loading: Promise<void> | undefined;
  #isClosing = false;
  readonly #changedTopics = new Set<string>();
  readonly #unsubscribe: () => void;

  constructor(options: GroupCoordinatorOptions) {
    this.#options = options;
    const { metadata, random, topic } = options;
    this.#topic = new OffsetsTopic({ metadata, random, ...topic });
    this.#topics = new ClusterTopics(() => metadata.view);
    this.#unsubscribe = metadata.subscribe((record) => this.#follow(record));
  }

  /** The shards that were made, with the partitions of the offsets topic that they are. */
  get shards(): ReadonlyMap<number, GroupShard> {
    return this.#shards;
  }

  /** Begins to load what the data directory holds of groups. Returns at once. */
  start(): void {
    const topic = this.#topic.state;
    if (topic === undefined) return;
    const files = this.#options.partitions.withFilesOf(topic.topicId);
    this.#written = new Set(files);
    this.#loading = this.#loadAll(topic, files).catch((error: unknown) => {
      this.#options.logger.error({ err: error }, 'groups could not be loaded');
    });
  }

  /** Resolves when every shard that was to be loaded at the start was, or failed for the first time. */
  async loaded(): Promise<void> {
    await this.#loading;
  }

  /**
   * Makes sure that a group can have a coordinator, and says which broker it is.
   *
   * Rejects with COORDINATOR_NOT_AVAILABLE.
   */
  async find(groupId: string): Promise<{ readonly brokerId: number }> {
    if (this.#isClosing) throw closingError();
    const topic = await this.#topic.ensure();
    await this.#prepare();
    const leaderId = topic.partitions[partitionOfGroup(groupId, topic.partitions.length)]?.leaderId ?? -1;
    if (leaderId < 0) {
      throw new TidelogError('COORDINATOR_NOT_AVAILABLE', 'the coordinator of the group is down; try again');
    }
    return { brokerId: leaderId };
  }

  /**
   * Gives a command about one group to its shard, in this turn.
   *
   * Rejects with what was decided, and with INVALID_GROUP_ID, COORDINATOR_NOT_AVAILABLE, COORDINATOR_LOAD_IN_PROGRESS or
   * NOT_COORDINATOR.
   */
  submit<K extends GroupCommandKind>(
    kind: K,
    groupId: string,
    request: Requests[K]['request'],
    context: RequestContext,
  ): Promise<Requests[K]['response']> {
    const found = this.#shardOf(groupId);
    if (found instanceof TidelogError) return Promise.reject(found);
    const command = { kind, request, client: clientOf(context) } as unknown as NewCommand;
    return found.submit(command, context) as Promise<Requests[K]['response']>;
  }

  /** Gives a command to every shard that there is. Rejects when one of them cannot answer. */
  async submitToAll<K extends GroupCommandKind>(
    kind: K,
    request: Requests[K]['request'],
    context: RequestContext,
  ): Promise<Requests[K]['response'][]> {
    if (this.#isClosing) throw closingError();
    if (this.#topic.state === undefined) return [];
    if (this.#code === undefined) await this.#prepare();
    const command = { kind, request, client: clientOf(context) } as unknown as NewCommand;
    const answers = [...this.#shards.values()].map((shard) => shard.submit(command, context));
    return (await Promise.all(answers)) as Requests[K]['response'][];
  }

  /** Takes no more commands and ends what waits for other members. */
  beginClosing(): void {
    this.#isClosing = true;
    for (const shard of this.#shards.values()) shard.beginClosing();
  }

  /** Writes and answers what was decided. Idempotent. */
  async close(): Promise<void> {
    this.beginClosing();
    this.#unsubscribe();
    await this.#loading;
    await Promise.all([...this.#shards.values()].map((shard) => shard.close()));
  }

  #shardOf(groupId: string): GroupShard | TidelogError {
    if (this.#isClosing) return closingError();
    const problem = groupIdProblem(groupId);
    if (problem !== undefined) return problem;
    const topic = this.#topic.state;
    if (topic === undefined) {
      return new TidelogError(
        'COORDINATOR_NOT_AVAILABLE',
        'this cluster has no groups yet; look for the coordinator of the group first (FindCoordinator)',
      );
    }
    if (this.#code === undefined) {
      this.#prepare().catch(() => undefined);
      return new TidelogError('COORDINATOR_LOAD_IN_PROGRESS', 'the coordinator is starting; try again');
    }
    return this.#shard(topic, partitionOfGroup(groupId, topic.partitions.length));
  }

  /** The shard of a partition; made, and its load begun, when it is asked for the first time. */
  #shard(topic: TopicState, partitionNumber: number): GroupShard | TidelogError {
    const existing = this.#shards.get(partitionNumber);
    if (existing !== undefined) {
      if (existing.needsLoad) void existing.load();
      return existing;
    }
    const { partitions, clock, logger } = this.#options;
    const partition = partitions.get(topic, partitionNumber);
    const code = this.#code;
    const problem = partition?.leadershipProblem();
    if (partition === undefined || code === undefined || problem !== undefined) {
      return new TidelogError(
        'NOT_COORDINATOR',
        'this broker does not coordinate the group; look for the coordinator again',
        { cause: problem },
      );
    }
    const shard = new code.Shard({
      partition,
      machine: code.machine,
      context: () => this.#context(),
      clock,
      logger,
      counts: this.counts,
    });
    this.#shards.set(partitionNumber, shard);
    if (this.#written.has(partitionNumber)) void shard.load();
    else shard.beginEmpty();
    return shard;
  }

  #prepare(): Promise<void> {
    this.#preparing ??= (async (): Promise<void> => {
      const [machine, { GroupShard: Shard }] = await Promise.all([
        this.#options.machine(),
        import('./group-shard.ts'),
      ]);
      this.#code = { machine, Shard };
    })();
    return this.#preparing;
  }

  async #loadAll(topic: TopicState, partitionNumbers: readonly number[]): Promise<void> {
    await this.#prepare();
    const { clock, logger } = this.#options;
    const startMs = clock.monotonicMs();
    const queue = [...partitionNumbers];
    const worker = async (): Promise<void> => {
      for (let next = queue.shift(); next !== undefined && !this.#isClosing; next = queue.shift()) {
        const shard = this.#shard(topic, next);
        if (!(shard instanceof TidelogError)) await shard.load();
      }
    };
    await Promise.all(Array.from({ length: LOADS_AT_ONCE }, worker));
    const durationMs = Math.round(clock.monotonicMs() - startMs);
    logger.info({ partitions: partitionNumbers.length, durationMs }, 'groups were loaded');
  }

  #context(): DecisionContext {
    const { clock, config, random } = this.#options;
    return {
      nowMs: clock.nowMs(),
      monotonicMs: clock.monotonicMs(),
      topics: this.#topics,
      config,
      randomMemberId: () => random.bytes(MEMBER_ID_BYTES).toString('base64url'),
    };
  }

  /** Changes of a turn are told together: creating a thousand topics is one change for the groups. */
  #follow(record: MetadataRecord): void {
    const topic = this.#topicOf(record);
    if (topic === undefined || topic === OFFSETS_TOPIC || this.#shards.size === 0) return;
    if (this.#changedTopics.size === 0) {
      this.#options.clock.defer(() => {
        const changed = new Set(this.#changedTopics);
        this.#changedTopics.clear();
        for (const shard of this.#shards.values()) shard.topicsChanged(changed);
      });
    }
    this.#changedTopics.add(topic);
  }

  #topicOf(record: MetadataRecord): string | undefined {
    const { view } = this.#options.metadata;
    switch (record.type) {
      case 'topicCreated':
        return record.topic;
      case 'partitionsAdded':
        return view.topics.get(record.topicId)?.topic;
      case 'topicDeleted':
        return view.deletedTopics.get(record.topicId)?.topic;
      default:
        return undefined;
    }
  }
}

function closingError(): TidelogError {
  return new TidelogError(
    'COORDINATOR_NOT_AVAILABLE',
    'the broker is closing; look for the coordinator again',
  );
}

/** What decisions know of a client: a connection, whose fields may be accessors and may change, stays out of them. */
function clientOf({ clientId, clientHost }: RequestContext): GroupCommand['client'] {
  return { clientId, clientHost };
}
