/**
 * All APIs that the codec knows, and the types of their messages by name.
 *
 * What a broker advertises is its own choice: it answers ApiVersions with the rows that it has handlers for.
 */
import { AddOffsetsToTxn } from './apis/add-offsets-to-txn.ts';
import { AddPartitionsToTxn } from './apis/add-partitions-to-txn.ts';
import { AlterConfigs } from './apis/alter-configs.ts';
import { AlterPartitionReassignments } from './apis/alter-partition-reassignments.ts';
import { ApiVersions } from './apis/api-versions.ts';
import { ConsumerGroupDescribe } from './apis/consumer-group-describe.ts';
import { ConsumerGroupHeartbeat } from './apis/consumer-group-heartbeat.ts';
import { CreatePartitions } from './apis/create-partitions.ts';
import { CreateTopics } from './apis/create-topics.ts';
import { DeleteGroups } from './apis/delete-groups.ts';
import { DeleteRecords } from './apis/delete-records.ts';
import { DeleteTopics } from './apis/delete-topics.ts';
import { DescribeCluster } from './apis/describe-cluster.ts';
import { DescribeConfigs } from './apis/describe-configs.ts';
import { DescribeGroups } from './apis/describe-groups.ts';
import { DescribeProducers } from './apis/describe-producers.ts';
import { DescribeTransactions } from './apis/describe-transactions.ts';
import { EndTxn } from './apis/end-txn.ts';
import { Fetch } from './apis/fetch.ts';
import { FindCoordinator } from './apis/find-coordinator.ts';
import { Heartbeat } from './apis/heartbeat.ts';
import { IncrementalAlterConfigs } from './apis/incremental-alter-configs.ts';
import { InitProducerId } from './apis/init-producer-id.ts';
import { JoinGroup } from './apis/join-group.ts';
import { LeaveGroup } from './apis/leave-group.ts';
import { ListGroups } from './apis/list-groups.ts';
import { ListOffsets } from './apis/list-offsets.ts';
import { ListPartitionReassignments } from './apis/list-partition-reassignments.ts';
import { ListTransactions } from './apis/list-transactions.ts';
import { Metadata } from './apis/metadata.ts';
import { OffsetCommit } from './apis/offset-commit.ts';
import { OffsetDelete } from './apis/offset-delete.ts';
import { OffsetFetch } from './apis/offset-fetch.ts';
import { OffsetForLeaderEpoch } from './apis/offset-for-leader-epoch.ts';
import { Produce } from './apis/produce.ts';
import { SaslAuthenticate } from './apis/sasl-authenticate.ts';
import { SaslHandshake } from './apis/sasl-handshake.ts';
import { SyncGroup } from './apis/sync-group.ts';
import { TxnOffsetCommit } from './apis/txn-offset-commit.ts';
import type { InputOfFields, ValueOfFields } from './schema.ts';

/** Every API by its name, in the order of their keys. */
export const APIS = {
  Produce,
  Fetch,
  ListOffsets,
  Metadata,
  OffsetCommit,
  OffsetFetch,
  FindCoordinator,
  JoinGroup,
  Heartbeat,
  LeaveGroup,
  SyncGroup,
  DescribeGroups,
  ListGroups,
  SaslHandshake,
  ApiVersions,
  CreateTopics,
  DeleteTopics,
  DeleteRecords,
  InitProducerId,
  OffsetForLeaderEpoch,
  AddPartitionsToTxn,
  AddOffsetsToTxn,
  EndTxn,
  TxnOffsetCommit,
  DescribeConfigs,
  AlterConfigs,
  SaslAuthenticate,
  CreatePartitions,
  DeleteGroups,
  IncrementalAlterConfigs,
  AlterPartitionReassignments,
  ListPartitionReassignments,
  OffsetDelete,
  DescribeCluster,
  DescribeProducers,
  DescribeTransactions,
  ListTransactions,
  ConsumerGroupHeartbeat,
  ConsumerGroupDescribe,
} as const;

/** The name of an API, as Kafka writes it. */
export type ApiName = keyof typeof APIS;

type RequestFields<N extends ApiName> = (typeof APIS)[N]['request']['definition']['fields'];
type ResponseFields<N extends ApiName> = (typeof APIS)[N]['response']['definition']['fields'];

/** What the request of an API decodes to. */
export type RequestOf<N extends ApiName> = ValueOfFields<RequestFields<N>>;
/** What may be encoded as the request of an API. */
export type RequestInput<N extends ApiName> = InputOfFields<RequestFields<N>>;
/** What the response of an API decodes to. */
export type ResponseOf<N extends ApiName> = ValueOfFields<ResponseFields<N>>;
/** What may be encoded as the response of an API. */
export type ResponseInput<N extends ApiName> = InputOfFields<ResponseFields<N>>;

/** Every API name, in the order of their keys. */
export const API_NAMES: readonly ApiName[] = Object.keys(APIS) as ApiName[];

/** A row of the table of versions. */
export interface ApiVersionRange {
  readonly key: number;
  readonly name: ApiName;
  readonly minVersion: number;
  readonly maxVersion: number;
  /** The lowest version with compact lengths and tagged fields; undefined when there is none. */
  readonly flexibleSince: number | undefined;
}

/** The versions that are defined, in the order of the keys. */
export const API_VERSIONS: readonly ApiVersionRange[] = API_NAMES.map((name) => {
  const { key, minVersion, maxVersion, flexibleSince } = APIS[name];
  return { key, name, minVersion, maxVersion, flexibleSince };
});

const namesByKey = new Map<number, ApiName>(API_VERSIONS.map(({ key, name }) => [key, name]));

/** The name of an API key; undefined for one that is not defined here. */
export function apiNameOf(key: number): ApiName | undefined {
  return namesByKey.get(key);
}

/** Is the version of the API defined here? */
export function isKnownVersion(name: ApiName, version: number): boolean {
  const { minVersion, maxVersion } = APIS[name];
  return Number.isInteger(version) && version >= minVersion && version <= maxVersion;
}

/** Does the version of the API have compact lengths and tagged fields? */
export function isFlexibleVersion(name: ApiName, version: number): boolean {
  const { flexibleSince } = APIS[name];
  return flexibleSince !== undefined && version >= flexibleSince;
}
