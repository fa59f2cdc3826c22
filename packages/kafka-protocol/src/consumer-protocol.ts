/**
 * What the members of a classic consumer group put into JoinGroup (the subscription) and their leader into
 * SyncGroup (the assignment). The coordinator passes these bytes on without looking at them; tools that describe
 * groups read them.
 *
 * Format: an int16 version, then the message, never flexible. What versions changed: subscription 1 adds
 * ownedPartitions, 2 generationId, 3 rackId; assignments are alike in all versions.
 *
 * A reader that meets a later version reads it as the latest that it knows and leaves the rest alone: later
 * versions only add fields at the end.
 */
import { TidelogError } from '@tidelog/record/errors';
import { leadingVersion, messageCodec, type MessageCodec, type VersionedValue } from './message-codec.ts';
import {
  array,
  bytes,
  int32,
  int32Array,
  message,
  string,
  stringArray,
  type Fields,
  type ValueOf,
  type ValueOfFields,
} from './schema.ts';

/** What a member wants: its topics, and what it owned before. */
export const ConsumerProtocolSubscription = messageCodec(
  message(
    'ConsumerProtocolSubscription',
    { versions: '0-3', flexible: 'none' },
    {
      topics: stringArray('0+'),
      /** Of the assignor of the member; null: none. */
      userData: bytes('0+', { nullable: '0+', default: null }),
      ownedPartitions: array(
        '1+',
        { topic: string('1+'), partitions: int32Array('1+') },
        { ignorable: true },
      ),
      /** The generation in which the member owned these partitions; −1: not known. */
      generationId: int32('2+', { default: -1, ignorable: true }),
      rackId: string('3+', { nullable: '3+', default: null, ignorable: true }),
    },
  ),
);

/** What the leader of the group gave to a member. */
export const ConsumerProtocolAssignment = messageCodec(
  message(
    'ConsumerProtocolAssignment',
    { versions: '0-3', flexible: 'none' },
    {
      assignedPartitions: array('0+', { topic: string('0+'), partitions: int32Array('0+') }),
      /** Of the assignor of the leader; null: none. */
      userData: bytes('0+', { nullable: '0+', default: null }),
    },
  ),
);

export type ConsumerSubscription = ValueOf<typeof ConsumerProtocolSubscription.definition>;
export type ConsumerAssignment = ValueOf<typeof ConsumerProtocolAssignment.definition>;

/**
 * A subscription from a member's JoinGroup metadata, of whatever version.
 *
 * @throws MALFORMED_FRAME for bytes that are none, such as those of another protocol type than `consumer`
 */
export function decodeConsumerSubscription(bytes: Buffer): VersionedValue<ConsumerSubscription> {
  return decodeTolerantly(ConsumerProtocolSubscription, bytes);
}

/**
 * An assignment from SyncGroup or DescribeGroups, of whatever version.
 *
 * @throws MALFORMED_FRAME for bytes that are none
 */
export function decodeConsumerAssignment(bytes: Buffer): VersionedValue<ConsumerAssignment> {
  return decodeTolerantly(ConsumerProtocolAssignment, bytes);
}

function decodeTolerantly<F extends Fields>(
  codec: MessageCodec<F>,
  bytes: Buffer,
): VersionedValue<ValueOfFields<F>> {
  const version = leadingVersion(bytes, codec.definition.name);
  if (version < 0) {
    throw new TidelogError('MALFORMED_FRAME', `${codec.definition.name}: version ${version} is negative`);
  }
  const known = Math.min(version, codec.maxVersion);
  return { version, value: codec.decode(known, bytes.subarray(2), { allowTrailingBytes: true }) };
}
