/**
 * The requests of the native protocol: one row per api with its number and the codecs of both messages.
 *
 * Numbers are those of `enum Api` in proto/tidelog.proto. They are never reused; a peer that does not know a
 * number answers UNSUPPORTED_VERSION in the response header and keeps the connection.
 */
import type { Reader, Writer } from 'protobufjs/minimal.js';
import { wire } from '../gen/wire.js';
import type { BytesInput } from './frame-writer.ts';

/** What a HelloRequest carries. Raised only when a peer must know more than protobuf's own evolution tells it. */
export const PROTOCOL_VERSION = 1;

/** The generated pair of functions of one message. */
export interface MessageCodec {
  /** Appends the fields that are set and differ from proto3's defaults. */
  encode(message: object, writer?: Writer): Writer;
  /** Views of the reader's buffer for `bytes`; throws plain errors: use `decodeRequestBody` and its sibling. */
  decode(reader: Reader | Uint8Array, lengthBytes?: number): object;
}

export interface Api {
  /** 1 … 2^32 − 1; what travels in the request header. */
  readonly api: number;
  readonly request: MessageCodec;
  readonly response: MessageCodec;
}

/** Record batches to send: one buffer, or several that are sent back to back. */
export type RecordBytes = BytesInput;
type WithRecords<Message> = Omit<Message, 'records'> & { records?: RecordBytes };

/** A ProduceRequest as the encoder takes it: the records of a partition may be several buffers. */
export type ProduceRequestInput = Omit<wire.ProduceRequest.$Properties, 'partitions'> & {
  partitions?: readonly WithRecords<wire.ProducePartitionData.$Properties>[];
};
/** A FetchResponse as the encoder takes it: the records of a partition may be several buffers. */
export type FetchResponseInput = Omit<wire.FetchResponse.$Properties, 'partitions'> & {
  partitions?: readonly WithRecords<wire.FetchPartitionData.$Properties>[];
};

/** What `encodeRequest` takes for each api; a field that is left out has proto3's default. */
export interface RequestInputs {
  HELLO: wire.HelloRequest.$Properties;
  METADATA: wire.MetadataRequest.$Properties;
  PRODUCE: ProduceRequestInput;
  FETCH: wire.FetchRequest.$Properties;
  LIST_OFFSETS: wire.ListOffsetsRequest.$Properties;
  INIT_PRODUCER_ID: wire.InitProducerIdRequest.$Properties;
  CREATE_TOPICS: wire.CreateTopicsRequest.$Properties;
  DELETE_TOPICS: wire.DeleteTopicsRequest.$Properties;
  CREATE_PARTITIONS: wire.CreatePartitionsRequest.$Properties;
  DESCRIBE_CONFIGS: wire.DescribeConfigsRequest.$Properties;
  ALTER_CONFIGS: wire.AlterConfigsRequest.$Properties;
  DELETE_RECORDS: wire.DeleteRecordsRequest.$Properties;
  FIND_COORDINATOR: wire.FindCoordinatorRequest.$Properties;
  OFFSET_COMMIT: wire.OffsetCommitRequest.$Properties;
  OFFSET_FETCH: wire.OffsetFetchRequest.$Properties;
  CONSUMER_GROUP_HEARTBEAT: wire.ConsumerGroupHeartbeatRequest.$Properties;
  LIST_GROUPS: wire.ListGroupsRequest.$Properties;
  DESCRIBE_GROUPS: wire.DescribeGroupsRequest.$Properties;
  DELETE_GROUPS: wire.DeleteGroupsRequest.$Properties;
  OFFSET_DELETE: wire.OffsetDeleteRequest.$Properties;
  DESCRIBE_BROKER: wire.DescribeBrokerRequest.$Properties;
}

/** What `encodeResponse` takes for each api. */
export interface ResponseInputs {
  HELLO: wire.HelloResponse.$Properties;
  METADATA: wire.MetadataResponse.$Properties;
  PRODUCE: wire.ProduceResponse.$Properties;
  FETCH: FetchResponseInput;
  LIST_OFFSETS: wire.ListOffsetsResponse.$Properties;
  INIT_PRODUCER_ID: wire.InitProducerIdResponse.$Properties;
  CREATE_TOPICS: wire.CreateTopicsResponse.$Properties;
  DELETE_TOPICS: wire.DeleteTopicsResponse.$Properties;
  CREATE_PARTITIONS: wire.CreatePartitionsResponse.$Properties;
  DESCRIBE_CONFIGS: wire.DescribeConfigsResponse.$Properties;
  ALTER_CONFIGS: wire.AlterConfigsResponse.$Properties;
  DELETE_RECORDS: wire.DeleteRecordsResponse.$Properties;
  FIND_COORDINATOR: wire.FindCoordinatorResponse.$Properties;
  OFFSET_COMMIT: wire.OffsetCommitResponse.$Properties;
  OFFSET_FETCH: wire.OffsetFetchResponse.$Properties;
  CONSUMER_GROUP_HEARTBEAT: wire.ConsumerGroupHeartbeatResponse.$Properties;
  LIST_GROUPS: wire.ListGroupsResponse.$Properties;
  DESCRIBE_GROUPS: wire.DescribeGroupsResponse.$Properties;
  DELETE_GROUPS: wire.DeleteGroupsResponse.$Properties;
  OFFSET_DELETE: wire.OffsetDeleteResponse.$Properties;
  DESCRIBE_BROKER: wire.DescribeBrokerResponse.$Properties;
}

/** What `decodeRequestBody` gives for each api; every field is there, absent ones with proto3's default. */
export interface RequestBodies {
  HELLO: wire.HelloRequest;
  METADATA: wire.MetadataRequest;
  PRODUCE: wire.ProduceRequest;
  FETCH: wire.FetchRequest;
  LIST_OFFSETS: wire.ListOffsetsRequest;
  INIT_PRODUCER_ID: wire.InitProducerIdRequest;
  CREATE_TOPICS: wire.CreateTopicsRequest;
  DELETE_TOPICS: wire.DeleteTopicsRequest;
  CREATE_PARTITIONS: wire.CreatePartitionsRequest;
  DESCRIBE_CONFIGS: wire.DescribeConfigsRequest;
  ALTER_CONFIGS: wire.AlterConfigsRequest;
  DELETE_RECORDS: wire.DeleteRecordsRequest;
  FIND_COORDINATOR: wire.FindCoordinatorRequest;
  OFFSET_COMMIT: wire.OffsetCommitRequest;
  OFFSET_FETCH: wire.OffsetFetchRequest;
  CONSUMER_GROUP_HEARTBEAT: wire.ConsumerGroupHeartbeatRequest;
  LIST_GROUPS: wire.ListGroupsRequest;
  DESCRIBE_GROUPS: wire.DescribeGroupsRequest;
  DELETE_GROUPS: wire.DeleteGroupsRequest;
  OFFSET_DELETE: wire.OffsetDeleteRequest;
  DESCRIBE_BROKER: wire.DescribeBrokerRequest;
}

/** What `decodeResponseBody` gives for each api. */
export interface ResponseBodies {
  HELLO: wire.HelloResponse;
  METADATA: wire.MetadataResponse;
  PRODUCE: wire.ProduceResponse;
  FETCH: wire.FetchResponse;
  LIST_OFFSETS: wire.ListOffsetsResponse;
  INIT_PRODUCER_ID: wire.InitProducerIdResponse;
  CREATE_TOPICS: wire.CreateTopicsResponse;
  DELETE_TOPICS: wire.DeleteTopicsResponse;
  CREATE_PARTITIONS: wire.CreatePartitionsResponse;
  DESCRIBE_CONFIGS: wire.DescribeConfigsResponse;
  ALTER_CONFIGS: wire.AlterConfigsResponse;
  DELETE_RECORDS: wire.DeleteRecordsResponse;
  FIND_COORDINATOR: wire.FindCoordinatorResponse;
  OFFSET_COMMIT: wire.OffsetCommitResponse;
  OFFSET_FETCH: wire.OffsetFetchResponse;
  CONSUMER_GROUP_HEARTBEAT: wire.ConsumerGroupHeartbeatResponse;
  LIST_GROUPS: wire.ListGroupsResponse;
  DESCRIBE_GROUPS: wire.DescribeGroupsResponse;
  DELETE_GROUPS: wire.DeleteGroupsResponse;
  OFFSET_DELETE: wire.OffsetDeleteResponse;
  DESCRIBE_BROKER: wire.DescribeBrokerResponse;
}

export type ApiName = keyof RequestInputs;

const define = (api: wire.Api, request: MessageCodec, response: MessageCodec): Api => ({
  api,
  request,
  response,
});

export const APIS: Readonly<Record<ApiName, Api>> = {
  HELLO: define(wire.Api.HELLO, wire.HelloRequest, wire.HelloResponse),
  METADATA: define(wire.Api.METADATA, wire.MetadataRequest, wire.MetadataResponse),
  PRODUCE: define(wire.Api.PRODUCE, wire.ProduceRequest, wire.ProduceResponse),
  FETCH: define(wire.Api.FETCH, wire.FetchRequest, wire.FetchResponse),
  LIST_OFFSETS: define(wire.Api.LIST_OFFSETS, wire.ListOffsetsRequest, wire.ListOffsetsResponse),
  INIT_PRODUCER_ID: define(
    wire.Api.INIT_PRODUCER_ID,
    wire.InitProducerIdRequest,
    wire.InitProducerIdResponse,
  ),
  CREATE_TOPICS: define(wire.Api.CREATE_TOPICS, wire.CreateTopicsRequest, wire.CreateTopicsResponse),
  DELETE_TOPICS: define(wire.Api.DELETE_TOPICS, wire.DeleteTopicsRequest, wire.DeleteTopicsResponse),
  CREATE_PARTITIONS: define(
    wire.Api.CREATE_PARTITIONS,
    wire.CreatePartitionsRequest,
    wire.CreatePartitionsResponse,
  ),
  DESCRIBE_CONFIGS: define(
    wire.Api.DESCRIBE_CONFIGS,
    wire.DescribeConfigsRequest,
    wire.DescribeConfigsResponse,
  ),
  ALTER_CONFIGS: define(wire.Api.ALTER_CONFIGS, wire.AlterConfigsRequest, wire.AlterConfigsResponse),
  DELETE_RECORDS: define(wire.Api.DELETE_RECORDS, wire.DeleteRecordsRequest, wire.DeleteRecordsResponse),
  FIND_COORDINATOR: define(
    wire.Api.FIND_COORDINATOR,
    wire.FindCoordinatorRequest,
    wire.FindCoordinatorResponse,
  ),
  OFFSET_COMMIT: define(wire.Api.OFFSET_COMMIT, wire.OffsetCommitRequest, wire.OffsetCommitResponse),
  OFFSET_FETCH: define(wire.Api.OFFSET_FETCH, wire.OffsetFetchRequest, wire.OffsetFetchResponse),
  CONSUMER_GROUP_HEARTBEAT: define(
    wire.Api.CONSUMER_GROUP_HEARTBEAT,
    wire.ConsumerGroupHeartbeatRequest,
    wire.ConsumerGroupHeartbeatResponse,
  ),
  LIST_GROUPS: define(wire.Api.LIST_GROUPS, wire.ListGroupsRequest, wire.ListGroupsResponse),
  DESCRIBE_GROUPS: define(wire.Api.DESCRIBE_GROUPS, wire.DescribeGroupsRequest, wire.DescribeGroupsResponse),
  DELETE_GROUPS: define(wire.Api.DELETE_GROUPS, wire.DeleteGroupsRequest, wire.DeleteGroupsResponse),
  OFFSET_DELETE: define(wire.Api.OFFSET_DELETE, wire.OffsetDeleteRequest, wire.OffsetDeleteResponse),
  DESCRIBE_BROKER: define(wire.Api.DESCRIBE_BROKER, wire.DescribeBrokerRequest, wire.DescribeBrokerResponse),
};

/** Every api name, in the order of their numbers. */
export const API_NAMES: readonly ApiName[] = Object.keys(APIS) as ApiName[];

const namesByNumber = new Map<number, ApiName>(API_NAMES.map((name) => [APIS[name].api, name]));

/** The name of an api number; undefined for one that this version does not know (answer UNSUPPORTED_VERSION). */
export function apiNameOf(api: number): ApiName | undefined {
  return namesByNumber.get(api);
}
