/**
 * The topics of a group's member: which it subscribes to, what the ids in an assignment are called, and where reading
 * starts in a partition of which nothing was committed.
 *
 * `startFrom` says where the member starts in what was there when it joined. What came later, partitions and topics,
 * is read from its first record: a member that was there already missed nothing of it.
 */
import type { TopicId } from '@tidelog/protocol';
import { TidelogError } from '@tidelog/record/errors';
import { delay } from '../../abortable.ts';
import { backoffMs } from '../../backoff-policy.ts';
import type { ClientSettings } from '../../client-options.ts';
import type { ClusterMetadata } from '../../cluster-metadata.ts';
import { topicsOf, type TopicInfo } from '../../metadata-state.ts';
import type { StartFrom } from '../start-position.ts';
import { parsePartitionKey, type PartitionKey } from './partition-key.ts';

/** A partition of an assignment that the cluster knows. */
export interface ResolvedPartition {
  readonly key: PartitionKey;
  readonly info: TopicInfo;
  readonly partition: number;
}

export class GroupTopics {
  readonly #settings: ClientSettings;
  readonly #metadata: ClusterMetadata;
  readonly #startFrom: StartFrom;
  readonly #names = new Set<string>();
  /** Of `#names`: read from their first records, whatever `startFrom` says. */
  readonly #fromStart = new Set<string>();
  readonly #endUses = new Map<string, () => void>();
  /** How many partitions a topic had when this member came to know it; undefined before the first look. */
  readonly #partitionCounts = new Map<TopicId, number>();

  constructor(settings: ClientSettings, metadata: ClusterMetadata, startFrom: StartFrom) {
    this.#settings = settings;
    this.#metadata = metadata;
    this.#startFrom = startFrom;
  }

  /** The topics that are subscribed to by name. */
  get names(): readonly string[] {
    return [...this.#names];
  }

  /**
   * Subscribes to further topics; `isFromStart`: read from their first records, whatever `startFrom` says.
   * Rejects with UNKNOWN_TOPIC_OR_PARTITION when one does not exist, CONNECTION_FAILED, ABORTED or CLOSED.
   */
  async addNames(
    names: readonly string[],
    { signal, isFromStart = false }: { readonly signal: AbortSignal; readonly isFromStart?: boolean },
  ): Promise<void> {
    for (const name of names) {
      if (!this.#endUses.has(name)) this.#endUses.set(name, this.#metadata.use(name));
    }
    const infos = await Promise.all(names.map((name) => this.#metadata.findTopic(name, { signal })));
    for (const name of names) {
      this.#names.add(name);
      if (isFromStart) this.#fromStart.add(name);
    }
    if (!isFromStart) this.#remember(infos);
  }

  /** Before joining with a pattern: what is there already. Rejects with CONNECTION_FAILED, ABORTED or CLOSED. */
  async lookAround(signal: AbortSignal): Promise<void> {
    const { clock, random, metadataTimeoutMs, retryBackoffMs, retryBackoffMaxMs } = this.#settings;
    const limits = { initialMs: retryBackoffMs, maxMs: retryBackoffMaxMs };
    const deadlineMs = clock.monotonicMs() + metadataTimeoutMs;
    for (let tries = 1; ; tries++) {
      try {
        this.#remember(topicsOf(await this.#metadata.control.request('METADATA', { allTopics: true })));
        return;
      } catch (thrown) {
        const error = TidelogError.from(thrown);
        const waitMs = backoffMs(tries, limits, random);
        if (!error.retriable || clock.monotonicMs() + waitMs > deadlineMs) throw error;
        await delay(clock, waitMs, signal);
      }
    }
  }

  /** What the cluster knows of these partitions; it is asked for topics that are not known here. Never rejects. */
  async resolve(keys: readonly PartitionKey[]): Promise<ResolvedPartition[]> {
    const unknownIds = new Set<TopicId>();
    for (const key of keys) {
      const { topicId, partition } = parsePartitionKey(key);
      if (this.#metadata.topicById(topicId)?.partitions[partition] === undefined) unknownIds.add(topicId);
    }
    // Who could not be found is looked for again.
    if (unknownIds.size > 0) await this.#metadata.askForIds([...unknownIds]).catch(() => undefined);
    return keys.flatMap((key) => {
      const { topicId, partition } = parsePartitionKey(key);
      const info = this.#metadata.topicById(topicId);
      return info?.partitions[partition] === undefined ? [] : [{ key, info, partition }];
    });
  }

  /** Where to start in a partition of which the group has committed nothing. */
  startOf({ info, partition }: ResolvedPartition): StartFrom {
    if (this.#fromStart.has(info.name)) return 'earliest';
    const partitionCount = this.#partitionCounts.get(info.topicId) ?? 0;
    return partition < partitionCount ? this.#startFrom : 'earliest';
  }

  close(): void {
    for (const end of this.#endUses.values()) end();
  }

  #remember(infos: readonly TopicInfo[]): void {
    for (const { topicId, partitions } of infos) {
      if (!this.#partitionCounts.has(topicId)) this.#partitionCounts.set(topicId, partitions.length);
    }
  }
}
