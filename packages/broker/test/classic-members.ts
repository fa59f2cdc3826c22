/** What classic members send, with the defaults of common clients. */
import {
  ConsumerProtocolAssignment,
  ConsumerProtocolSubscription,
} from '@tidelog/kafka-protocol/consumer-protocol';
import type { JoinGroupRequest, SyncGroupRequest } from '../src/group-requests.ts';

/** A join of a client that knows KIP-394 and KIP-814. */
export function join(overrides: Partial<JoinGroupRequest> = {}): JoinGroupRequest {
  return {
    groupId: 'g',
    sessionTimeoutMs: 10_000,
    rebalanceTimeoutMs: 60_000,
    memberId: '',
    protocolType: 'consumer',
    protocols: [{ name: 'range', metadata: subscription(['orders']) }],
    requireKnownMemberId: true,
    supportsSkippingAssignment: true,
    ...overrides,
  };
}

export function sync(
  memberId: string,
  generationId: number,
  overrides: Partial<SyncGroupRequest> = {},
): SyncGroupRequest {
  return { groupId: 'g', generationId, memberId, assignments: [], ...overrides };
}

/** What a leader sends: the bytes of each member's assignment. */
export function assign(assignments: Readonly<Record<string, string>>): Pick<SyncGroupRequest, 'assignments'> {
  return {
    assignments: Object.entries(assignments).map(([memberId, text]) => ({
      memberId,
      assignment: Buffer.from(text),
    })),
  };
}

export function subscription(topics: readonly string[]): Buffer {
  const value = { topics: [...topics], userData: null, ownedPartitions: [], generationId: -1, rackId: null };
  return withVersion(1, ConsumerProtocolSubscription.encode(1, value));
}

export function assignment(topic: string, partitions: readonly number[]): Buffer {
  const value = { assignedPartitions: [{ topic, partitions: [...partitions] }], userData: null };
  return withVersion(1, ConsumerProtocolAssignment.encode(1, value));
}

function withVersion(version: number, bytes: Uint8Array): Buffer {
  const head = Buffer.alloc(2);
  head.writeInt16BE(version);
  return Buffer.concat([head, bytes]);
}
