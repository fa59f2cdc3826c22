/**
 * What a driver can be asked to do with its client: one row per operation, its arguments and its result.
 *
 * A driver is a process of its own around one Kafka client. It reads one JSON object a line from its standard input,
 * `{ id, operation, arguments }`, and writes one for each to its standard output, in any order:
 * - `{ id, result }`;
 * - `{ id, error, code? }`: it failed; `code` is the broker's error by its name (MESSAGE_TOO_LARGE), where the client
 *   tells;
 * - `{ id, unsupported }`: the client has no such call; the text is the note in the table.
 * The first operation is `open`. The driver ends with its standard input.
 *
 * Keys, values and headers are text, so that every client can print them.
 */

/** The codecs of record batches. */
export const COMPRESSIONS = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const;
export type Compression = (typeof COMPRESSIONS)[number];

/** A record to write. */
export interface OutgoingRecord {
  readonly key: string | null;
  readonly value: string | null;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** The client's partitioner decides unless given. */
  readonly partition?: number;
  /** The time of the call unless given. */
  readonly timestampMs?: number;
}

/** A record as a client read it. */
export interface IncomingRecord {
  readonly partition: number;
  readonly offset: number;
  readonly key: string | null;
  readonly value: string | null;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly timestampMs: number;
}

/** Where to begin: an end of the partition, an offset, or the first record at or after a time. */
export type ReadFrom = 'beginning' | { readonly offset: number } | { readonly timestampMs: number };

export interface ProduceArguments {
  readonly topic: string;
  readonly records: readonly OutgoingRecord[];
  readonly compression?: Compression;
  /** −1 (all) unless given. */
  readonly acks?: 0 | 1 | -1;
  readonly idempotent?: boolean;
}

/** Where a record was stored; −1 where the client does not tell. */
export interface Written {
  readonly partition: number;
  readonly offset: number;
}

export interface MemberState {
  /** Partitions that the member owns, in order. */
  readonly assigned: readonly number[];
  /** What it has read since it joined. */
  readonly records: readonly IncomingRecord[];
}

export interface PartitionOffset {
  readonly partition: number;
  readonly offset: number;
}

type Group = { readonly groupId: string };
type Topic = { readonly topic: string };

/** Operation → its arguments and its result. */
export interface Operations {
  /** Remembers the broker and tells the client's version, and of what it is built on. */
  open: [{ readonly broker: string }, { readonly version: string }];
  metadata: [Topic, { readonly brokerCount: number; readonly partitionCount: number }];
  createTopic: [Topic & { readonly partitions: number }, null];
  deleteTopic: [Topic, null];
  listTopics: [object, readonly string[]];
  /** Resolves once the client says that all are written; null where it tells no offsets. */
  produce: [ProduceArguments, readonly Written[] | null];
  /** Reads `count` records of one partition, without a group. */
  consume: [
    Topic & { readonly partition: number; readonly from: ReadFrom; readonly count: number },
    readonly IncomingRecord[],
  ];
  /** Joins a group and begins to read, from the beginning where nothing was committed. Commits nothing by itself. */
  join: [Group & Topic & { readonly protocol?: 'classic' | 'consumer' }, null];
  /** What the member has by now. */
  member: [object, MemberState];
  /** Commits what the member has read and leaves the group. */
  commitAndLeave: [object, null];
  groupOffsets: [Group & Topic, readonly PartitionOffset[]];
  setGroupOffsets: [Group & Topic & { readonly offsets: readonly PartitionOffset[] }, null];
  describeConfigs: [Topic, Readonly<Record<string, string | null>>];
  alterConfigs: [Topic & { readonly configs: Readonly<Record<string, string>> }, null];
  createPartitions: [Topic & { readonly totalCount: number }, null];
  deleteRecords: [Topic & { readonly partition: number; readonly beforeOffset: number }, null];
  /** First offset and the one after the last. */
  offsetRange: [Topic & { readonly partition: number }, { readonly beginning: number; readonly end: number }];
  describeCluster: [object, { readonly clusterId: string | null; readonly brokerCount: number }];
  listGroups: [object, readonly string[]];
  describeGroup: [Group, { readonly state: string; readonly memberCount: number }];
  deleteGroup: [Group, null];
}

export type Operation = keyof Operations;
export type ArgumentsOf<O extends Operation> = Operations[O][0];
export type ResultOf<O extends Operation> = Operations[O][1];
