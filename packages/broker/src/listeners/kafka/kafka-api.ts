/**
 * What the listener knows of one API: the versions that it speaks, how a request becomes requests of the broker
 * (requests.ts), how their responses become a response, and what a request that failed as a whole is answered with.
 *
 * Versions differ in fields alone, and the codec knows those: a translation fills in every field that it has, and
 * the codec drops what the version lacks.
 */
import {
  ZERO_UUID,
  type ApiName,
  type RequestOf as KafkaRequestOf,
  type ResponseInput,
} from '@tidelog/kafka-protocol';
import { errorNumber, type TidelogError } from '@tidelog/record/errors';
import type { MissingReason } from '../../client-registry.ts';
import type { RequestKind, RequestOf, ResponseOf } from '../../requests.ts';
import { toWireFailure } from '../../wire-error.ts';

/** What a client says of itself in ApiVersions (KIP-511). */
export interface ClientSoftware {
  readonly name: string;
  readonly version: string;
}

/** One request of a connection. */
export interface KafkaCall<N extends ApiName> {
  readonly request: KafkaRequestOf<N>;
  readonly version: number;
  /** Has the broker answer a request; the first one must be dispatched in the turn of the call. */
  dispatch<K extends RequestKind>(kind: K, request: RequestOf<K>): Promise<ResponseOf<K>>;
  /** Notes who the client is. */
  identify(software: ClientSoftware): void;
  /** Notes that the client asked for what this broker does not have. */
  missing(reason: MissingReason): void;
}

/** A response, and what is to be done once its bytes are sent or never will be. */
export interface KafkaAnswer<N extends ApiName> {
  readonly body: ResponseInput<N>;
  readonly release?: () => void;
}

export interface KafkaApi<N extends ApiName> {
  readonly api: N;
  /** The versions that clients are told of. Those that the codec has beyond them are refused when they come. */
  readonly minVersion: number;
  readonly maxVersion: number;
  /** Answers. A rejection becomes the answer of `refuse`. */
  readonly serve: (call: KafkaCall<N>) => Promise<KafkaAnswer<N>>;
  /** The response to a request that failed as a whole, in the layout of its version. */
  readonly refuse: (request: KafkaRequestOf<N>, error: TidelogError, version: number) => ResponseInput<N>;
}

/** A row without the type of its messages, which a name that is a variable has lost anyway. */
export type AnyKafkaApi = KafkaApi<ApiName>;

/** Checks a row against its messages and takes the types off. */
export function kafkaApi<N extends ApiName>(row: KafkaApi<N>): AnyKafkaApi {
  return row as unknown as AnyKafkaApi;
}

/** The number of an error on the wire; 0 for none. */
export function errorCodeOf(error: TidelogError | undefined): number {
  return error === undefined ? 0 : errorNumber(toWireFailure(error).error.code);
}

/** Error number and message, for the rows that have both. */
export function errorOf(error: TidelogError | undefined): {
  readonly errorCode: number;
  readonly errorMessage: string | null;
} {
  return { errorCode: errorCodeOf(error), errorMessage: errorMessageOf(error) };
}

/** Kafka's strings hold 32,767 bytes: a message that quotes more would make the answer, good rows too, unsendable. */
const MAX_MESSAGE_LENGTH = 2000;

/** What is wrong, in so many words; null for nothing. */
export function errorMessageOf(error: TidelogError | undefined): string | null {
  if (error === undefined) return null;
  const { message } = error;
  return message.length <= MAX_MESSAGE_LENGTH ? message : `${message.slice(0, MAX_MESSAGE_LENGTH)}…`;
}

/** A topic as versions with ids name it, or as those with names do. */
export function topicReference(topic: { readonly name?: string | null; readonly topicId?: string }): {
  topic: string | undefined;
  topicId: string | undefined;
} {
  const hasId = topic.topicId !== undefined && topic.topicId !== ZERO_UUID;
  return {
    topicId: hasId ? topic.topicId : undefined,
    topic: hasId && (topic.name ?? '') === '' ? undefined : (topic.name ?? undefined),
  };
}

/**
 * Puts the rows of a flat response back under the topics of the request, which lists its partitions topic by topic.
 */
export function regroup<Topic extends { readonly partitions: readonly unknown[] }, Row, Result>(
  topics: readonly Topic[],
  rows: readonly Row[],
  toResult: (topic: Topic, partition: Topic['partitions'][number], row: Row) => Result,
): { readonly topic: Topic; readonly results: Result[] }[] {
  let next = 0;
  return topics.map((topic) => ({
    topic,
    results: topic.partitions.map((partition) => toResult(topic, partition, rows[next++] as Row)),
  }));
}
