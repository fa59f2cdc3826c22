/**
 * Fields that many messages of the native protocol share, in both directions: errors, topics by id and by name,
 * partitions, leader epochs.
 */
import { errorNumber, TidelogError } from '@tidelog/record/errors';
import {
  topicIdFromBytes,
  topicIdToBytes,
  type ApiName,
  type RequestBodies,
  type ResponseInputs,
  type wire,
} from '@tidelog/protocol';
import type {
  PartitionReference,
  RequestKind,
  RequestOf,
  ResponseOf,
  TopicReference,
} from '../../requests.ts';

/** Both directions of one api. */
export interface Translation<A extends ApiName, K extends RequestKind> {
  readonly kind: K;
  /** @throws INVALID_REQUEST, INVALID_REQUIRED_ACKS, MALFORMED_FRAME (a topic id that has not 16 bytes) */
  request(body: RequestBodies[A]): RequestOf<K>;
  /** `request` gives what a response repeats of it. Throws the error of a response that is nothing but one. */
  response(response: ResponseOf<K>, request: RequestOf<K>): ResponseInputs[A];
}

/** Decoded rows: absent fields are there, with proto3's defaults, whatever their type says. */
export function rows<T extends object>(list: readonly T[]): readonly Required<T>[] {
  return list as readonly Required<T>[];
}

/** 0 and no message where there is no error. */
export function errorFields(error: TidelogError | undefined): { errorCode: number; errorMessage: string } {
  return error === undefined
    ? { errorCode: 0, errorMessage: '' }
    : { errorCode: errorNumber(error.code), errorMessage: error.message };
}

/** Topics that a request names in two lists. */
export function topicReferences(names: readonly string[], topicIds: readonly Uint8Array[]): TopicReference[] {
  return [
    ...names.map((topic) => ({ topic })),
    ...topicIds.map((bytes) => ({ topicId: topicIdFromBytes(bytes) })),
  ];
}

const NO_TOPIC_ID = Buffer.alloc(0);

/** Empty for none. */
export function topicIdBytes({ topicId }: TopicReference): Buffer {
  return topicId === undefined ? NO_TOPIC_ID : topicIdToBytes(topicId);
}

/** A topic in an answer. */
export function topicFields(reference: TopicReference): { name: string; topicId: Buffer } {
  return { name: reference.topic ?? '', topicId: topicIdBytes(reference) };
}

/** A row that is a topic and an error, or none. */
export function topicResult(
  result: TopicReference & { error?: TidelogError | undefined },
): wire.TopicResult.$Properties {
  return { ...topicFields(result), ...errorFields(result.error) };
}

/** What a row of a response repeats of the request's row. */
export function partitionFields(asked: PartitionReference | undefined): {
  topicId: Buffer;
  partition: number;
} {
  if (asked === undefined) throw new Error('a response has more partitions than its request');
  return { topicId: topicIdBytes(asked), partition: asked.partition };
}

/** The wire carries epochs plus one, so that 0 says that there is none. */
export function leaderEpochOf(epochPlusOne: number): number | undefined {
  return epochPlusOne === 0 ? undefined : epochPlusOne - 1;
}

/** What a request may not say. */
export function invalid(message: string): TidelogError {
  return new TidelogError('INVALID_REQUEST', message);
}
