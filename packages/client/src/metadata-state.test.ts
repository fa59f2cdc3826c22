import { describe, expect, test } from 'vitest';
import { topicIdToBytes, wire } from '@tidelog/protocol';
import { errorNumber } from '@tidelog/record/errors';
import { EMPTY_METADATA, mergeMetadata, topicsOf, type MetadataSnapshot } from './metadata-state.ts';

const FIRST_ID = 'AQEBAQEBAQEBAQEBAQEBAQ';
const SECOND_ID = 'AgICAgICAgICAgICAgICAg';

function answerOf(...topics: wire.TopicMetadata.$Properties[]): wire.MetadataResponse {
  return new wire.MetadataResponse({
    clusterId: 'c',
    controllerId: 1,
    brokers: [{ brokerId: 1, host: 'h', port: 1, rack: 'r' }],
    topics,
  });
}

function topic(
  partitions: wire.PartitionMetadata.$Properties[],
  id: string = FIRST_ID,
): wire.TopicMetadata.$Properties {
  return { name: 't', topicId: topicIdToBytes(id), partitions };
}

const leadersOf = (snapshot: MetadataSnapshot): number[] | undefined =>
  snapshot.topics.get('t')?.partitions.map(({ leaderId }) => leaderId);

describe('an answer', () => {
  test('gives brokers, topics and leaders', () => {
    const snapshot = mergeMetadata(
      EMPTY_METADATA,
      answerOf(topic([{ partition: 0, leaderId: 1, leaderEpoch: 3 }])),
    );
    expect(snapshot.brokers.get(1)).toEqual({ brokerId: 1, endpoint: { host: 'h', port: 1 }, rack: 'r' });
    expect(snapshot.topics.get('t')).toEqual({
      name: 't',
      topicId: FIRST_ID,
      isInternal: false,
      partitions: [{ partition: 0, leaderId: 1, leaderEpoch: 3, replicaIds: [], isrIds: [] }],
    });
  });

  test('keeps topics that it does not speak of', () => {
    const first = mergeMetadata(EMPTY_METADATA, answerOf(topic([{ partition: 0, leaderId: 1 }])));
    expect(leadersOf(mergeMetadata(first, answerOf()))).toEqual([1]);
  });

  test('never takes a leader back to an older epoch', () => {
    const newer = mergeMetadata(
      EMPTY_METADATA,
      answerOf(
        topic([
          { partition: 0, leaderId: 2, leaderEpoch: 5 },
          { partition: 1, leaderId: 1, leaderEpoch: 1 },
        ]),
      ),
    );
    const merged = mergeMetadata(
      newer,
      answerOf(
        topic([
          { partition: 0, leaderId: 1, leaderEpoch: 4 },
          { partition: 1, leaderId: 2, leaderEpoch: 2 },
        ]),
      ),
    );
    expect(leadersOf(merged)).toEqual([2, 2]);
  });

  test('with another topic id replaces everything that was known of the topic', () => {
    const first = mergeMetadata(
      EMPTY_METADATA,
      answerOf(
        topic([
          { partition: 0, leaderId: 2, leaderEpoch: 5 },
          { partition: 1, leaderId: 2 },
        ]),
      ),
    );
    const merged = mergeMetadata(
      first,
      answerOf(topic([{ partition: 0, leaderId: 1, leaderEpoch: 0 }], SECOND_ID)),
    );
    expect(leadersOf(merged)).toEqual([1]);
  });

  test('from a broker that has not heard of new partitions takes none away', () => {
    const first = mergeMetadata(
      EMPTY_METADATA,
      answerOf(
        topic([
          { partition: 0, leaderId: 1 },
          { partition: 1, leaderId: 1 },
        ]),
      ),
    );
    expect(leadersOf(mergeMetadata(first, answerOf(topic([{ partition: 0, leaderId: 1 }]))))).toEqual([1, 1]);
  });

  test('that says that a topic is unknown removes it and keeps the reason', () => {
    const first = mergeMetadata(EMPTY_METADATA, answerOf(topic([{ partition: 0, leaderId: 1 }])));
    const errorCode = errorNumber('UNKNOWN_TOPIC_OR_PARTITION');
    const merged = mergeMetadata(first, answerOf({ name: 't', errorCode, errorMessage: 'gone' }));
    expect(merged.topics.has('t')).toBe(false);
    expect(merged.topicErrors.get('t')).toMatchObject({ code: 'UNKNOWN_TOPIC_OR_PARTITION', topic: 't' });
  });

  test('that numbers its partitions with gaps is refused', () => {
    const answer = answerOf(topic([{ partition: 4_000_000_000, leaderId: 1 }]));
    expect(() => mergeMetadata(EMPTY_METADATA, answer)).toThrow('names partition 4000000000 of 1');
  });

  test('to a question for all topics lists those without an error', () => {
    const answer = answerOf(topic([{ partition: 0, leaderId: 1 }]), { name: 'x', errorCode: 3 });
    expect(topicsOf(answer).map(({ name }) => name)).toEqual(['t']);
  });
});
