/**
 * Which partition a record goes to.
 */
import { TidelogError } from '@tidelog/record/errors';
import type { Random } from '../random.ts';
import type { Bytes } from '../serializers.ts';

/** What a partitioner sees of a record. */
export interface PartitionerInput<K = Bytes, V = Bytes> {
  readonly topic: string;
  /** As the program gave it, before its serializer. */
  readonly key: K | null;
  readonly value: V | null;
  /** As it will be stored: what to hash. */
  readonly keyBytes: Bytes | null;
  /** How many partitions the topic has now; it may grow while the program runs. */
  readonly partitionCount: number;
}

/**
 * Picks a partition, 0 … partitionCount − 1; undefined leaves the choice to the default. It is called once per
 * record and must not keep its argument.
 */
export type Partitioner<K = Bytes, V = Bytes> = (record: PartitionerInput<K, V>) => number | undefined;

/**
 * The partition for records without a key: one at a time, so that their batches fill (KIP-480). `next` picks
 * another one at random, from those with a leader where there are any.
 */
export class StickyPartition {
  readonly #random: Random;
  #current = -1;
  #last = -1;

  constructor(random: Random) {
    this.#random = random;
  }

  /** The partition for the next record without a key, or −1 when `next` must pick one. */
  get current(): number {
    return this.#current;
  }

  /** Picks another partition than the last one, if there is one. */
  next(leaderIds: readonly number[]): number {
    const available = leaderIds.flatMap((leaderId, partition) => (leaderId >= 0 ? [partition] : []));
    const all = available.length > 0 ? available : [...leaderIds.keys()];
    const others = all.length > 1 ? all.filter((partition) => partition !== this.#last) : all;
    this.#current = others[this.#random.below(others.length)] ?? 0;
    this.#last = this.#current;
    return this.#current;
  }

  /** The batch of `partition` was closed: the next record without a key goes elsewhere. */
  batchClosed(partition: number): void {
    if (partition === this.#current) this.#current = -1;
  }
}

/** Checks what a partitioner or a message named. Throws INVALID_ARGUMENT that says which partitions there are. */
export function requirePartition(
  partition: number,
  topic: string,
  partitionCount: number,
  source: 'message' | 'partitioner',
): void {
  if (Number.isInteger(partition) && partition >= 0 && partition < partitionCount) return;
  const who = source === 'message' ? 'the message names' : 'the partitioner returned';
  throw new TidelogError(
    'INVALID_ARGUMENT',
    `${who} partition ${String(partition)} of topic ${JSON.stringify(topic)}, which has ${partitionCount} (0 to ${partitionCount - 1})`,
    { topic },
  );
}
