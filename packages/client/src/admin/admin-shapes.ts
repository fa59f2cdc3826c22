/**
 * What goes into the calls of an admin and what comes out.
 */
import type { TopicId } from '@tidelog/protocol';
import type { WaitOptions } from '../abortable.ts';
import type { PartitionInfo } from '../metadata-state.ts';

export interface NewTopic {
  readonly topic: string;
  /** 1 or more; the broker's default (`numPartitions`) unless given. */
  readonly partitions?: number;
  /** 1 to the number of brokers; the broker's default unless given. */
  readonly replicationFactor?: number;
  /** Topic configs in Kafka's dotted names: `{ 'retention.ms': '60000' }`. */
  readonly configs?: Readonly<Record<string, string>>;
}

export interface CreatedTopic {
  readonly topic: string;
  readonly topicId: TopicId;
  readonly partitions: number;
  readonly replicationFactor: number;
}

export interface ListedTopic {
  readonly topic: string;
  readonly topicId: TopicId;
  readonly partitions: number;
  readonly internal: boolean;
}

export interface DescribedTopic {
  readonly topic: string;
  readonly topicId: TopicId;
  readonly internal: boolean;
  /** By partition number. */
  readonly partitions: readonly PartitionInfo[];
}

export interface NewPartitions {
  readonly topic: string;
  /** How many partitions the topic has afterwards; more than now. */
  readonly totalCount: number;
}

/** What has configs: a topic, or a broker. */
export type ConfigResource = { readonly topic: string } | { readonly brokerId: number };

export interface ConfigEntry {
  /** Kafka's dotted name. */
  readonly name: string;
  readonly value: string;
  /** Where the value comes from: set on the topic, set for the broker, or the built-in default. */
  readonly source: 'TOPIC_CONFIG' | 'BROKER_CONFIG' | 'DEFAULT_CONFIG';
  readonly readOnly: boolean;
  readonly documentation: string;
}

export interface ConfigChange {
  readonly name: string;
  /** null sets the config back to its default. */
  readonly value: string | null;
}

/** Which offset of each partition to list; a timestamp asks for the first record at or after it. */
export type OffsetSpec = 'earliest' | 'latest' | 'maxTimestamp' | { readonly timestampMs: number };

export interface ListedOffset {
  readonly partition: number;
  /** −1: no record has such a timestamp. */
  readonly offset: number;
  /** Of the record found; −1 for `earliest` and `latest`. */
  readonly timestampMs: number;
  readonly leaderEpoch: number;
}

export interface DeleteRecordsTarget {
  readonly partition: number;
  /** Records below it go; `latest`: all that consumers can read now. */
  readonly beforeOffset: number | 'latest';
}

export interface DescribedCluster {
  readonly clusterId: string;
  /** −1: none at the moment. */
  readonly controllerId: number;
  readonly brokers: readonly {
    readonly brokerId: number;
    readonly host: string;
    readonly port: number;
    /** Empty: none. */
    readonly rack: string;
  }[];
}

export interface ValidateOptions extends WaitOptions {
  /** Check only, change nothing. */
  readonly validateOnly?: boolean;
}
