/**
 * What an error in the answer to a produce request means for the batch: pure classification, one table.
 */
import type { ErrorCode, TidelogError } from '@tidelog/record/errors';

export interface ProduceVerdict {
  readonly kind: 'appended' | 'refused' | 'out-of-sequence' | 'too-large';
  /** The same batch may be accepted later. */
  readonly isRetriable: boolean;
  /** The batch is certainly not in the log because of this attempt. */
  readonly isKnownAbsent: boolean;
  /** The leader or the topic may have changed. */
  readonly needsMetadata: boolean;
}

/**
 * Errors that are decided before anything is written. All others may come after the leader has written the
 * batch (REQUEST_TIMED_OUT, NOT_ENOUGH_REPLICAS_AFTER_APPEND, a leader that lost its role while it waited for
 * followers, a disk that failed while syncing).
 */
const DECIDED_BEFORE_APPEND: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'CORRUPT_MESSAGE',
  'UNKNOWN_TOPIC_OR_PARTITION',
  'UNKNOWN_TOPIC_ID',
  'LEADER_NOT_AVAILABLE',
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'NOT_ENOUGH_REPLICAS',
  'INVALID_REQUIRED_ACKS',
  'TOPIC_AUTHORIZATION_FAILED',
  'CLUSTER_AUTHORIZATION_FAILED',
  'INVALID_TIMESTAMP',
  'UNSUPPORTED_FOR_MESSAGE_FORMAT',
  'UNSUPPORTED_COMPRESSION_TYPE',
  'INVALID_RECORD',
  'INVALID_REQUEST',
  'POLICY_VIOLATION',
  'THROTTLING_QUOTA_EXCEEDED',
]);

const NEEDS_METADATA: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'UNKNOWN_TOPIC_OR_PARTITION',
  'UNKNOWN_TOPIC_ID',
  'INCONSISTENT_TOPIC_ID',
  'LEADER_NOT_AVAILABLE',
  'NOT_LEADER_OR_FOLLOWER',
  'REPLICA_NOT_AVAILABLE',
  'FENCED_LEADER_EPOCH',
  'UNKNOWN_LEADER_EPOCH',
  'KAFKA_STORAGE_ERROR',
  'NETWORK_EXCEPTION',
]);

/** Errors that say that the broker does not know the batch before this one, or fenced the epoch. */
const OUT_OF_SEQUENCE: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'OUT_OF_ORDER_SEQUENCE_NUMBER',
  'UNKNOWN_PRODUCER_ID',
  'INVALID_PRODUCER_EPOCH',
  'PRODUCER_FENCED',
  'INVALID_PRODUCER_ID_MAPPING',
]);

/** The verdict on an error that a broker answered for one batch. */
export function judgeProduceError(error: TidelogError): ProduceVerdict {
  const { code } = error;
  const needsMetadata = NEEDS_METADATA.has(code);
  if (code === 'DUPLICATE_SEQUENCE_NUMBER') {
    return { kind: 'appended', isRetriable: false, isKnownAbsent: false, needsMetadata };
  }
  if (OUT_OF_SEQUENCE.has(code)) {
    return { kind: 'out-of-sequence', isRetriable: true, isKnownAbsent: true, needsMetadata };
  }
  const isKnownAbsent = DECIDED_BEFORE_APPEND.has(code);
  if (code === 'MESSAGE_TOO_LARGE' || code === 'RECORD_LIST_TOO_LARGE') {
    return { kind: 'too-large', isRetriable: false, isKnownAbsent, needsMetadata };
  }
  // A topic that is gone may be on its way back (metadata decides); a storage error may be over elsewhere.
  return { kind: 'refused', isRetriable: error.retriable, isKnownAbsent, needsMetadata };
}
