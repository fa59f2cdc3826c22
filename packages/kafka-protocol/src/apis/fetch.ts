/**
 * Fetch (key 1): reads record batches of partitions, for consumers and followers.
 *
 * What versions changed: 4 has the isolation level, the last stable offset and the aborted transactions; 5 adds log
 * start offsets, 7 fetch sessions (KIP-227), 9 the leader epoch that the reader believes in (KIP-320), 10 allows
 * zstd, 11 adds rack and preferred replica (KIP-392), 12 is flexible and adds the last fetched epoch, diverging epoch
 * and current leader (KIP-595), 13 names topics by id (KIP-516), 14 may answer OFFSET_MOVED_TO_TIERED_STORAGE
 * (KIP-405), 15 moves the replica id into a tagged field, with its epoch (KIP-903), response 16 adds the addresses
 * of new leaders (KIP-951).
 */
import { defineApi } from '../api-definition.ts';
import {
  array,
  clampedInt64,
  int16,
  int32,
  int32Array,
  int64,
  int8,
  records,
  string,
  struct,
  uuid,
} from '../schema.ts';

export const Fetch = defineApi(
  { key: 1, name: 'Fetch', versions: '4-16', flexible: '12+' },
  {
    clusterId: string('12+', { nullable: '12+', default: null, ignorable: true, tag: 0 }),
    /** Of a follower; −1: a consumer. */
    replicaId: int32('0-14', { default: -1 }),
    replicaState: struct(
      '15+',
      {
        /** Of a follower; −1: a consumer. */
        replicaId: int32('15+', { default: -1 }),
        replicaEpoch: int64('15+', { default: -1 }),
      },
      { tag: 1 },
    ),
    maxWaitMs: int32('0+'),
    minBytes: int32('0+'),
    maxBytes: int32('3+', { default: 0x7fffffff }),
    /** 0: read_uncommitted, 1: read_committed. */
    isolationLevel: int8('4+', { default: 0 }),
    sessionId: int32('7+', { default: 0, ignorable: true }),
    /** −1: no session, 0: a new one. */
    sessionEpoch: int32('7+', { default: -1, ignorable: true }),
    topics: array('0+', {
      topic: string('0-12', { ignorable: true }),
      topicId: uuid('13+', { ignorable: true }),
      partitions: array('0+', {
        partition: int32('0+'),
        currentLeaderEpoch: int32('9+', { default: -1, ignorable: true }),
        fetchOffset: clampedInt64('0+'),
        lastFetchedEpoch: int32('12+', { default: -1 }),
        logStartOffset: int64('5+', { default: -1, ignorable: true }),
        partitionMaxBytes: int32('0+'),
      }),
    }),
    /** Partitions that leave the fetch session. */
    forgottenTopicsData: array(
      '7+',
      {
        topic: string('7-12', { ignorable: true }),
        topicId: uuid('13+', { ignorable: true }),
        partitions: int32Array('7+'),
      },
      { default: [] },
    ),
    rackId: string('11+', { default: '', ignorable: true }),
  },
  {
    throttleTimeMs: int32('1+', { ignorable: true }),
    errorCode: int16('7+', { ignorable: true }),
    sessionId: int32('7+', { default: 0, ignorable: true }),
    responses: array('0+', {
      topic: string('0-12', { ignorable: true }),
      topicId: uuid('13+', { ignorable: true }),
      partitions: array('0+', {
        partitionIndex: int32('0+'),
        errorCode: int16('0+'),
        highWatermark: int64('0+'),
        /** The end for read_committed readers; −1: not known. */
        lastStableOffset: int64('4+', { default: -1 }),
        logStartOffset: int64('5+', { default: -1, ignorable: true }),
        /** Set when the log of the reader has diverged: where the last common epoch ended. */
        divergingEpoch: struct(
          '12+',
          {
            epoch: int32('12+', { default: -1 }),
            endOffset: int64('12+', { default: -1 }),
          },
          { tag: 0 },
        ),
        currentLeader: struct(
          '12+',
          {
            leaderId: int32('12+', { default: -1 }),
            leaderEpoch: int32('12+', { default: -1 }),
          },
          { ignorable: true, tag: 1 },
        ),
        /** Of controllers only. */
        snapshotId: struct(
          '12+',
          {
            endOffset: int64('0+', { default: -1 }),
            epoch: int32('0+', { default: -1 }),
          },
          { tag: 2 },
        ),
        abortedTransactions: array(
          '4+',
          {
            producerId: int64('4+'),
            firstOffset: int64('4+'),
          },
          { nullable: '4+', ignorable: true },
        ),
        /** The broker to read from; −1: this one. */
        preferredReadReplica: int32('11+', { default: -1 }),
        records: records('0+', { nullable: '0+' }),
      }),
    }),
    /** Addresses of the brokers that are named as current leaders. */
    nodeEndpoints: array(
      '16+',
      {
        nodeId: int32('16+'),
        host: string('16+'),
        port: int32('16+'),
        rack: string('16+', { nullable: '16+', default: null }),
      },
      { ignorable: true, tag: 0 },
    ),
  },
);
