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

/** Version 1, as most clients have it. */
export function subscription(topics: readonly string[]): Buffer {
  return ConsumerProtocolSubscription.encodeVersioned(1, {
    topics: [...topics],
    userData: null,
    ownedPartitions: [],
  });
}

/** Version 2: with what the member owned, and in which generation. */
export function memberSubscription(options: {
  readonly topics: readonly string[];
  readonly owned: Readonly<Record<string, readonly number[]>>;
  readonly generationId: number;
}): Buffer {
  return ConsumerProtocolSubscription.encodeVersioned(2, {
    topics: [...options.topics],
    userData: null,
    ownedPartitions: Object.entries(options.owned).map(([topic, partitions]) => ({ topic, partitions })),
    generationId: options.generationId,
  });
}

export function assignment(topic: string, partitions: readonly number[]): Buffer {
  return ConsumerProtocolAssignment.encodeVersioned(1, {
    assignedPartitions: [{ topic, partitions }],
    userData: null,
  });
}
