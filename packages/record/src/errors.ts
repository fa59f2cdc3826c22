/**
 * Every error that Tidelog reports, and the one class that carries it.
 *
 * Two tables. `WIRE_ERRORS` travel between client and broker: names, numbers and retriable flags are Kafka's
 * (https://kafka.apache.org/protocol#protocol_error_codes), so both doors answer with the same number.
 * `LOCAL_ERRORS` never leave the process that raised them and have no number.
 *
 * Invariant: a code is spelled the same for ever; numbers are never reused.
 */

export interface WireErrorDefinition {
  /** Kafka's error number, −1 … 32767. */
  readonly number: number;
  /** True when the same request may succeed later without a change by the caller. */
  readonly retriable: boolean;
  /** One sentence: what the error means. */
  readonly description: string;
}

export interface LocalErrorDefinition {
  readonly retriable: boolean;
  readonly description: string;
}

const wire = (number: number, retriable: boolean, description: string): WireErrorDefinition => ({
  number,
  retriable,
  description,
});
const local = (retriable: boolean, description: string): LocalErrorDefinition => ({ retriable, description });

export const WIRE_ERRORS = {
  UNKNOWN_SERVER_ERROR: wire(
    -1,
    false,
    'The broker failed in a way it did not expect; its log has the cause.',
  ),
  OFFSET_OUT_OF_RANGE: wire(1, false, 'The offset lies outside the range that the partition holds.'),
  CORRUPT_MESSAGE: wire(2, true, 'A batch failed its CRC, its size or its structure check.'),
  UNKNOWN_TOPIC_OR_PARTITION: wire(3, true, 'The broker does not host this topic or partition.'),
  INVALID_FETCH_SIZE: wire(4, false, 'The fetch size is not valid.'),
  LEADER_NOT_AVAILABLE: wire(5, true, 'The partition has no leader at the moment.'),
  NOT_LEADER_OR_FOLLOWER: wire(6, true, 'This broker does not lead the partition; refresh metadata.'),
  REQUEST_TIMED_OUT: wire(7, true, 'The broker did not finish the request within its time limit.'),
  BROKER_NOT_AVAILABLE: wire(8, false, 'The broker is not available.'),
  REPLICA_NOT_AVAILABLE: wire(9, true, 'The replica is not available on this broker.'),
  MESSAGE_TOO_LARGE: wire(10, false, 'A batch is larger than the topic accepts (max.message.bytes).'),
  STALE_CONTROLLER_EPOCH: wire(11, false, 'The request came from an outdated controller.'),
  OFFSET_METADATA_TOO_LARGE: wire(12, false, 'The metadata of a committed offset is too long.'),
  NETWORK_EXCEPTION: wire(13, true, 'The connection broke before an answer came; the outcome is unknown.'),
  COORDINATOR_LOAD_IN_PROGRESS: wire(14, true, 'The coordinator is still loading its state.'),
  COORDINATOR_NOT_AVAILABLE: wire(15, true, 'There is no coordinator at the moment.'),
  NOT_COORDINATOR: wire(16, true, 'This broker does not coordinate the group or transactional id.'),
  INVALID_TOPIC_EXCEPTION: wire(17, false, 'The topic name or the access to the topic is not valid.'),
  RECORD_LIST_TOO_LARGE: wire(18, false, 'The records are larger than a segment can hold.'),
  NOT_ENOUGH_REPLICAS: wire(19, true, 'Fewer replicas are in sync than min.insync.replicas asks for.'),
  NOT_ENOUGH_REPLICAS_AFTER_APPEND: wire(20, true, 'The batch was written, but by too few in-sync replicas.'),
  INVALID_REQUIRED_ACKS: wire(21, false, 'acks must be 0, 1 or all (-1).'),
  ILLEGAL_GENERATION: wire(22, false, 'The generation of the group member is outdated.'),
  INCONSISTENT_GROUP_PROTOCOL: wire(23, false, 'The member speaks no protocol that the group shares.'),
  INVALID_GROUP_ID: wire(24, false, 'The group id is empty or too long.'),
  UNKNOWN_MEMBER_ID: wire(25, false, 'The group does not know this member.'),
  INVALID_SESSION_TIMEOUT: wire(
    26,
    false,
    'The session timeout is outside the range that the broker allows.',
  ),
  REBALANCE_IN_PROGRESS: wire(27, false, 'The group is rebalancing; join again.'),
  INVALID_COMMIT_OFFSET_SIZE: wire(28, false, 'The committed offset data is too large.'),
  TOPIC_AUTHORIZATION_FAILED: wire(29, false, 'The principal may not do this with the topic.'),
  GROUP_AUTHORIZATION_FAILED: wire(30, false, 'The principal may not do this with the group.'),
  CLUSTER_AUTHORIZATION_FAILED: wire(31, false, 'The principal may not do this with the cluster.'),
  INVALID_TIMESTAMP: wire(32, false, 'A record timestamp is outside the range that the topic accepts.'),
  UNSUPPORTED_SASL_MECHANISM: wire(33, false, 'The broker does not offer this SASL mechanism.'),
  ILLEGAL_SASL_STATE: wire(34, false, 'The request does not fit the state of the authentication.'),
  UNSUPPORTED_VERSION: wire(35, false, 'The broker does not speak this version of the request.'),
  TOPIC_ALREADY_EXISTS: wire(36, false, 'A topic of this name exists.'),
  INVALID_PARTITIONS: wire(37, false, 'The number of partitions is not valid.'),
  INVALID_REPLICATION_FACTOR: wire(
    38,
    false,
    'The replication factor is below 1 or above the number of brokers.',
  ),
  INVALID_REPLICA_ASSIGNMENT: wire(39, false, 'The replica assignment is not valid.'),
  INVALID_CONFIG: wire(40, false, 'A configuration name or value is not valid.'),
  NOT_CONTROLLER: wire(41, true, 'This broker is not the controller.'),
  INVALID_REQUEST: wire(42, false, 'The request is malformed or contradicts itself.'),
  UNSUPPORTED_FOR_MESSAGE_FORMAT: wire(43, false, 'The record format on the broker cannot do this.'),
  POLICY_VIOLATION: wire(44, false, 'The request violates a policy of the cluster.'),
  OUT_OF_ORDER_SEQUENCE_NUMBER: wire(45, false, 'The producer skipped a sequence number.'),
  DUPLICATE_SEQUENCE_NUMBER: wire(
    46,
    false,
    'The batch was appended before and is no longer remembered in detail.',
  ),
  INVALID_PRODUCER_EPOCH: wire(47, false, 'The producer epoch is older than the one the partition knows.'),
  INVALID_TXN_STATE: wire(48, false, 'The transaction is in a state that does not allow this.'),
  INVALID_PRODUCER_ID_MAPPING: wire(49, false, 'The producer id does not belong to the transactional id.'),
  INVALID_TRANSACTION_TIMEOUT: wire(50, false, 'The transaction timeout is larger than the broker allows.'),
  CONCURRENT_TRANSACTIONS: wire(51, true, 'Another transaction of this producer is still being finished.'),
  TRANSACTION_COORDINATOR_FENCED: wire(52, false, 'The transaction coordinator is outdated.'),
  TRANSACTIONAL_ID_AUTHORIZATION_FAILED: wire(53, false, 'The principal may not use the transactional id.'),
  SECURITY_DISABLED: wire(54, false, 'Security features are disabled.'),
  OPERATION_NOT_ATTEMPTED: wire(55, false, 'The operation was not attempted because an earlier one failed.'),
  KAFKA_STORAGE_ERROR: wire(
    56,
    true,
    'The disk or directory that holds the partition is offline or damaged.',
  ),
  LOG_DIR_NOT_FOUND: wire(57, false, 'The log directory does not exist.'),
  SASL_AUTHENTICATION_FAILED: wire(58, false, 'The SASL authentication failed.'),
  UNKNOWN_PRODUCER_ID: wire(59, false, 'The partition no longer has the state of this producer.'),
  REASSIGNMENT_IN_PROGRESS: wire(60, false, 'A reassignment of the partition is in progress.'),
  DELEGATION_TOKEN_AUTH_DISABLED: wire(61, false, 'Delegation tokens are disabled.'),
  NON_EMPTY_GROUP: wire(68, false, 'The group has members.'),
  GROUP_ID_NOT_FOUND: wire(69, false, 'The group does not exist.'),
  FETCH_SESSION_ID_NOT_FOUND: wire(70, true, 'The broker does not know the fetch session.'),
  INVALID_FETCH_SESSION_EPOCH: wire(71, true, 'The fetch session epoch is not valid.'),
  LISTENER_NOT_FOUND: wire(72, true, 'The leader has no listener that matches this one.'),
  TOPIC_DELETION_DISABLED: wire(73, false, 'Topics may not be deleted on this cluster.'),
  FENCED_LEADER_EPOCH: wire(74, true, 'The leader epoch in the request is older than the one of the broker.'),
  UNKNOWN_LEADER_EPOCH: wire(
    75,
    true,
    'The leader epoch in the request is newer than the one of the broker.',
  ),
  UNSUPPORTED_COMPRESSION_TYPE: wire(76, false, 'The compression codec is not supported here.'),
  STALE_BROKER_EPOCH: wire(77, false, 'The broker epoch is outdated.'),
  OFFSET_NOT_AVAILABLE: wire(78, true, 'The leader cannot give offsets yet.'),
  MEMBER_ID_REQUIRED: wire(79, false, 'Join again with the member id that came with this answer.'),
  PREFERRED_LEADER_NOT_AVAILABLE: wire(80, true, 'The preferred leader is not available.'),
  GROUP_MAX_SIZE_REACHED: wire(81, false, 'The group has reached its largest size.'),
  FENCED_INSTANCE_ID: wire(82, false, 'Another member with the same static instance id took over.'),
  ELIGIBLE_LEADERS_NOT_AVAILABLE: wire(83, true, 'No replica may become leader.'),
  ELECTION_NOT_NEEDED: wire(84, true, 'The partition needs no election.'),
  NO_REASSIGNMENT_IN_PROGRESS: wire(85, false, 'No reassignment is in progress.'),
  GROUP_SUBSCRIBED_TO_TOPIC: wire(86, false, 'Members of the group still subscribe to the topic.'),
  INVALID_RECORD: wire(87, false, 'The broker refused a record: its content breaks a rule of the topic.'),
  UNSTABLE_OFFSET_COMMIT: wire(88, true, 'Offset commits of an open transaction are pending.'),
  THROTTLING_QUOTA_EXCEEDED: wire(89, true, 'A quota was exceeded.'),
  PRODUCER_FENCED: wire(90, false, 'A newer producer with the same transactional id took over.'),
  RESOURCE_NOT_FOUND: wire(91, false, 'The resource does not exist.'),
  DUPLICATE_RESOURCE: wire(92, false, 'The resource exists.'),
  UNACCEPTABLE_CREDENTIAL: wire(93, false, 'The credential does not meet the requirements.'),
  INCONSISTENT_VOTER_SET: wire(94, false, 'The voter set is inconsistent.'),
  INVALID_UPDATE_VERSION: wire(95, false, 'The update version is not valid.'),
  FEATURE_UPDATE_FAILED: wire(96, false, 'The feature could not be updated.'),
  PRINCIPAL_DESERIALIZATION_FAILURE: wire(97, false, 'The principal could not be read.'),
  UNKNOWN_TOPIC_ID: wire(100, true, 'The broker does not host a topic with this id.'),
  DUPLICATE_BROKER_REGISTRATION: wire(101, false, 'A broker with this id is registered and alive.'),
  BROKER_ID_NOT_REGISTERED: wire(102, false, 'No broker with this id is registered.'),
  INCONSISTENT_TOPIC_ID: wire(103, true, 'The topic id does not match the topic.'),
  INCONSISTENT_CLUSTER_ID: wire(104, false, 'The cluster id does not match.'),
  TRANSACTIONAL_ID_NOT_FOUND: wire(105, false, 'The transactional id does not exist.'),
  FETCH_SESSION_TOPIC_ID_ERROR: wire(106, true, 'The fetch session uses topic ids in an inconsistent way.'),
  INELIGIBLE_REPLICA: wire(107, false, 'The replica may not join the in-sync set.'),
  NEW_LEADER_ELECTED: wire(108, false, 'The change of the in-sync set elected a new leader.'),
  OFFSET_MOVED_TO_TIERED_STORAGE: wire(109, false, 'The offset lies in tiered storage.'),
  FENCED_MEMBER_EPOCH: wire(110, false, 'The member epoch is outdated; rejoin with epoch 0.'),
  UNRELEASED_INSTANCE_ID: wire(111, false, 'The static instance id is still held by another member.'),
  UNSUPPORTED_ASSIGNOR: wire(112, false, 'The broker does not have this assignor.'),
  STALE_MEMBER_EPOCH: wire(113, false, 'The member epoch is stale; wait for the next heartbeat.'),
  MISMATCHED_ENDPOINT_TYPE: wire(114, false, 'The request went to an endpoint of the wrong type.'),
  UNKNOWN_SUBSCRIPTION_ID: wire(117, false, 'The subscription does not exist.'),
  INVALID_REGULAR_EXPRESSION: wire(128, false, 'The subscription pattern is not a valid regular expression.'),
  REBOOTSTRAP_REQUIRED: wire(129, false, 'Start again from the bootstrap brokers.'),
} as const satisfies Record<string, WireErrorDefinition>;

export const LOCAL_ERRORS = {
  INVALID_ARGUMENT: local(false, 'An argument or option has a wrong type or a value outside its range.'),
  BUFFER_FULL: local(true, 'The producer holds twice bufferMemoryBytes of unsent records; await drained().'),
  CODEC_UNAVAILABLE: local(false, 'The native package of a compression codec is not installed here.'),
  CLOSED: local(false, 'The object was closed.'),
  ABORTED: local(false, 'The caller aborted the wait; the outcome of what was sent is unknown.'),
  DELIVERY_TIMEOUT: local(
    false,
    'A record was not acknowledged within deliveryTimeoutMs; its outcome is unknown.',
  ),
  CONNECTION_FAILED: local(true, 'No broker could be reached.'),
  FRAME_TOO_LARGE: local(false, 'A frame declares more bytes than the limit allows.'),
  MALFORMED_FRAME: local(false, 'A frame or message cannot be decoded.'),
  SERIALIZATION_FAILED: local(false, 'A serializer or deserializer threw or returned a wrong type.'),
  CONCURRENT_ITERATION: local(false, 'The consumer is being iterated elsewhere.'),
  DATA_DIR_LOCKED: local(false, 'Another broker holds the data directory.'),
  DATA_DIR_NOT_WRITABLE: local(false, 'The data directory cannot be created or written.'),
  DATA_DIR_FORMAT: local(false, 'The data directory has a format that this version cannot read.'),
  DISK_FULL: local(true, 'The disk has no space left, or less than the free-space floor.'),
  STORAGE_FAILED: local(
    false,
    'A disk operation failed in a way that cannot be repeated safely; the log is offline.',
  ),
  LOG_CORRUPT: local(false, 'A batch below the recovery point is damaged; the partition is quarantined.'),
  PORT_IN_USE: local(false, 'The port is taken by another process.'),
} as const satisfies Record<string, LocalErrorDefinition>;

export type WireErrorCode = keyof typeof WIRE_ERRORS;
export type LocalErrorCode = keyof typeof LOCAL_ERRORS;
/** The stable name of an error. Compare with this, never with a message. */
export type ErrorCode = WireErrorCode | LocalErrorCode;

const wireCodesByNumber = new Map<number, WireErrorCode>(
  (Object.keys(WIRE_ERRORS) as WireErrorCode[]).map((code) => [WIRE_ERRORS[code].number, code]),
);

/** True for a code that has a number and may be sent to a peer. */
export function isWireErrorCode(code: string): code is WireErrorCode {
  return Object.hasOwn(WIRE_ERRORS, code);
}

/** The wire number of a code; 0 means "no error" on the wire. Local codes travel as UNKNOWN_SERVER_ERROR (−1). */
export function errorNumber(code: ErrorCode): number {
  return isWireErrorCode(code) ? WIRE_ERRORS[code].number : WIRE_ERRORS.UNKNOWN_SERVER_ERROR.number;
}

/** The code of a wire number other than 0; a number that this version does not know is UNKNOWN_SERVER_ERROR. */
export function errorCodeOf(number: number): WireErrorCode {
  return wireCodesByNumber.get(number) ?? 'UNKNOWN_SERVER_ERROR';
}

export interface TidelogErrorOptions {
  cause?: unknown;
  /** Overrides the flag of the table; for a peer's answer that says otherwise. */
  retriable?: boolean;
  topic?: string;
  partition?: number;
  offset?: number;
}

/**
 * The one error class of Tidelog. `code` is stable; `message` says what was wrong, where, and what to do;
 * `retriable` says whether the same call may succeed later; `topic`, `partition` and `offset` are set where
 * the error belongs to one.
 */
export class TidelogError extends Error {
  override readonly name = 'TidelogError';
  readonly code: ErrorCode;
  readonly retriable: boolean;
  readonly topic: string | undefined;
  readonly partition: number | undefined;
  readonly offset: number | undefined;

  constructor(code: ErrorCode, message: string, options: TidelogErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retriable =
      options.retriable ?? (isWireErrorCode(code) ? WIRE_ERRORS[code] : LOCAL_ERRORS[code]).retriable;
    this.topic = options.topic;
    this.partition = options.partition;
    this.offset = options.offset;
  }

  /** Any thrown value as a TidelogError: itself when it is one, else UNKNOWN_SERVER_ERROR (or `code`) with the value as cause. */
  static from(thrown: unknown, code: ErrorCode = 'UNKNOWN_SERVER_ERROR'): TidelogError {
    if (thrown instanceof TidelogError) return thrown;
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return new TidelogError(code, message, { cause: thrown });
  }

  /** The error of a wire answer: a number other than 0 and the peer's message, which may be empty. */
  static fromWire(number: number, message: string, options: TidelogErrorOptions = {}): TidelogError {
    const code = errorCodeOf(number);
    return new TidelogError(code, message === '' ? WIRE_ERRORS[code].description : message, options);
  }
}
