/**
 * Bytes as a hostile or broken client sends them, from a seeded generator: valid requests of every api, and ways
 * to damage them.
 */
import { API_NAMES, encodeRequest, fromSafeNumber, type ApiName } from '@tidelog/protocol';
import { BatchBuilder } from '@tidelog/record';
import type { Random } from '@tidelog/log/testing';

/** What was done to a frame. */
export interface HostileFrame {
  readonly damage: string;
  readonly bytes: Buffer;
  /** The stream behind it can no longer be read as frames. */
  readonly isCut: boolean;
  /** It makes the broker end the connection, nearly always. */
  readonly isFatal: boolean;
}

const LENGTH_BYTES = 4;
/** Its own length, api and correlation id: damage there ends the connection. */
const HEADER_BYTES = 9;

/** One record batch. */
export async function recordBatch(recordCount: number, valueBytes: number): Promise<Buffer> {
  const builder = new BatchBuilder();
  for (let index = 0; index < recordCount; index++) {
    builder.append(1_700_000_000_000 + index, `key-${index}`, Buffer.alloc(valueBytes, index));
  }
  return await builder.build({});
}

/** A request that is valid as far as the wire goes; nothing in it exists on the broker. */
export function validFrame(random: Random, batch: Buffer): Buffer {
  const api = API_NAMES[random.below(API_NAMES.length)] as ApiName;
  const correlationId = random.below(0x7000_0000);
  return Buffer.concat(encodeRequest(api, correlationId, bodyOf(api, random, batch)));
}

function bodyOf(api: ApiName, random: Random, batch: Buffer): never {
  const topicId = Buffer.from(Array.from({ length: 16 }, () => random.below(256)));
  const at = { topicId, partition: random.below(4) };
  const group = {
    groupId: `fuzz-${random.below(50)}`,
    memberId: random.below(4) === 0 ? '' : `member-${random.below(10)}`,
    memberEpoch: random.below(5) - 2,
  };
  const bodies: Record<ApiName, object> = {
    HELLO: { protocolVersion: 1, clientId: 'fuzz', clientSoftwareName: 'fuzz', clientSoftwareVersion: '1' },
    METADATA: { topicNames: ['no-such-topic'], topicIds: [topicId], allTopics: random.below(4) === 0 },
    PRODUCE: { acks: random.below(3) - 1, timeoutMs: 1000, partitions: [{ ...at, records: batch }] },
    FETCH: {
      maxWaitMs: random.below(20),
      minBytes: random.below(2),
      maxBytes: 1_000_000,
      partitions: [{ ...at, fetchOffset: fromSafeNumber(random.below(1000)), partitionMaxBytes: 100_000 }],
    },
    LIST_OFFSETS: { partitions: [{ ...at, timestampMs: fromSafeNumber(-random.below(4)) }] },
    INIT_PRODUCER_ID: {},
    CREATE_TOPICS: {
      topics: [{ name: 'fuzz', partitionCount: 1, configs: { 'retention.ms': '1' } }],
      validateOnly: true,
    },
    DELETE_TOPICS: { names: ['no-such-topic'], topicIds: [topicId] },
    CREATE_PARTITIONS: { topics: [{ name: 'no-such-topic', totalCount: 2 }], validateOnly: true },
    DESCRIBE_CONFIGS: { resources: [{ type: 2, name: 'no-such-topic', configNames: ['retention.ms'] }] },
    ALTER_CONFIGS: {
      resources: [{ type: 2, name: 'no-such-topic', configs: [{ name: 'retention.ms', value: '1' }] }],
      validateOnly: true,
    },
    DELETE_RECORDS: { partitions: [{ ...at, beforeOffset: fromSafeNumber(-1) }], timeoutMs: 10 },
    FIND_COORDINATOR: { groupIds: [group.groupId, ''] },
    CONSUMER_GROUP_HEARTBEAT: {
      ...group,
      rebalanceTimeoutMs: 1000,
      subscribedTopicNames: { names: ['no-such-topic'] },
      ...(random.below(3) === 0 ? { subscribedTopicPattern: 'no-.*' } : {}),
      ownedPartitions: { topics: [{ topicId, partitions: [at.partition] }] },
    },
    OFFSET_COMMIT: {
      ...group,
      partitions: [{ ...at, committedOffset: fromSafeNumber(random.below(100)), metadata: 'fuzz' }],
    },
    OFFSET_FETCH: { ...group, partitions: [at], allPartitions: random.below(2) === 0 },
    LIST_GROUPS: { states: random.below(2) === 0 ? ['Stable'] : [], types: [] },
    DESCRIBE_GROUPS: { groupIds: [group.groupId] },
    DELETE_GROUPS: { groupIds: [group.groupId] },
    OFFSET_DELETE: { groupId: group.groupId, partitions: [{ topicName: 'no-such-topic', partition: 0 }] },
    DESCRIBE_BROKER: {},
  };
  return bodies[api] as never;
}

/** Damages a valid frame, or makes one of noise. */
export function damaged(frame: Buffer, random: Random): HostileFrame {
  const { damage, isCut, isFatal, apply } = DAMAGES[random.below(DAMAGES.length)] as Damage;
  return { damage, isCut, isFatal: isFatal ?? isCut, bytes: apply(Buffer.from(frame), random) };
}

interface Damage {
  readonly damage: string;
  readonly isCut: boolean;
  /** As `isCut` unless given. */
  readonly isFatal?: boolean;
  readonly apply: (frame: Buffer, random: Random) => Buffer;
}

const withLength = (payload: Buffer): Buffer => {
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(payload.length);
  return Buffer.concat([length, payload]);
};

const noise = (sizeBytes: number, random: Random): Buffer =>
  Buffer.from(Array.from({ length: sizeBytes }, () => random.below(256)));

/** Mostly behind the header, so that the damage reaches the decoding of bodies. */
function damagePosition(frame: Buffer, random: Random): number {
  const first = random.below(12) === 0 ? LENGTH_BYTES : LENGTH_BYTES + HEADER_BYTES;
  return first < frame.length ? first + random.below(frame.length - first) : frame.length - 1;
}

const DAMAGES: readonly Damage[] = [
  { damage: 'none', isCut: false, apply: (frame) => frame },
  {
    damage: 'flipped bits',
    isCut: false,
    apply(frame, random) {
      for (let count = 1 + random.below(8); count > 0; count--) {
        const position = damagePosition(frame, random);
        frame[position] = (frame[position] as number) ^ (1 << random.below(8));
      }
      return frame;
    },
  },
  {
    damage: 'overwritten bytes',
    isCut: false,
    apply(frame, random) {
      const start = damagePosition(frame, random);
      noise(Math.min(frame.length - start, 1 + random.below(30)), random).copy(frame, start);
      return frame;
    },
  },
  {
    damage: 'shortened payload',
    isCut: false,
    apply: (frame, random) =>
      withLength(frame.subarray(LENGTH_BYTES, LENGTH_BYTES + 1 + random.below(frame.length - LENGTH_BYTES))),
  },
  {
    damage: 'inserted bytes',
    isCut: false,
    apply(frame, random) {
      const position = damagePosition(frame, random);
      const inserted = noise(1 + random.below(40), random);
      return withLength(
        Buffer.concat([frame.subarray(LENGTH_BYTES, position), inserted, frame.subarray(position)]),
      );
    },
  },
  {
    damage: 'noise in a frame',
    isCut: false,
    isFatal: true,
    apply: (_frame, random) => withLength(noise(1 + random.below(300), random)),
  },
  {
    damage: 'noise',
    isCut: true,
    apply: (_frame, random) => noise(1 + random.below(500), random),
  },
  {
    damage: 'truncated frame',
    isCut: true,
    apply: (frame, random) => frame.subarray(0, 1 + random.below(frame.length - 1)),
  },
  {
    damage: 'false length',
    isCut: true,
    apply(frame, random) {
      frame.writeUInt32BE(Math.max(0, frame.length - LENGTH_BYTES + random.below(41) - 20), 0);
      return frame;
    },
  },
  {
    damage: 'length of 2 GB',
    isCut: true,
    apply(frame, random) {
      frame.writeUInt32BE(0x7fff_ffff + random.below(2), 0);
      return frame;
    },
  },
  {
    damage: 'length of 99 MB',
    isCut: true,
    apply(frame) {
      frame.writeUInt32BE(99_000_000, 0);
      return frame;
    },
  },
];

/** The names of all kinds of damage. */
export const DAMAGE_NAMES: readonly string[] = DAMAGES.map(({ damage }) => damage);
