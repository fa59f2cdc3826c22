/**
 * Topic ids: 16 bytes on the wire, in memory the 22 characters that Kafka prints (unpadded base64url of the
 * bytes; org.apache.kafka.common.Uuid, KIP-516).
 *
 * Invariant: one id has one spelling, so ids may be compared and used as map keys as strings.
 */
import { TidelogError } from '@tidelog/record/errors';

/** The 22-character form of a topic id. */
export type TopicId = string;

/** The size of a topic id on the wire and in files. */
export const TOPIC_ID_BYTES = 16;

/** Kafka's Uuid.ZERO_UUID, "no id"; never given to a topic. */
export const ZERO_TOPIC_ID: TopicId = 'AAAAAAAAAAAAAAAAAAAAAA';
/** Kafka's Uuid.METADATA_TOPIC_ID; never given to a topic. */
const METADATA_TOPIC_ID: TopicId = 'AAAAAAAAAAAAAAAAAAAAAQ';

// 128 bits are 21 characters and 2 bits: the last character can only be one of four.
const TOPIC_ID_PATTERN = /^[A-Za-z0-9_-]{21}[AQgw]$/;
const MAX_DRAWS = 1_000;

/** True for a string in the form of a topic id. */
export function isTopicId(text: string): boolean {
  return TOPIC_ID_PATTERN.test(text);
}

/**
 * The 16 bytes of a topic id, freshly allocated.
 *
 * @throws INVALID_ARGUMENT when the text is not the 22-character form
 */
export function topicIdToBytes(topicId: TopicId): Buffer {
  if (!isTopicId(topicId)) {
    throw new TidelogError(
      'INVALID_ARGUMENT',
      `topic id ${JSON.stringify(topicId)} is not 22 characters of base64url (16 bytes)`,
    );
  }
  return Buffer.from(topicId, 'base64url');
}

/**
 * The topic id that a message names.
 *
 * @throws MALFORMED_FRAME unless there are exactly 16 bytes
 */
export function topicIdFromBytes(bytes: Uint8Array): TopicId {
  if (bytes.length !== TOPIC_ID_BYTES) {
    throw new TidelogError('MALFORMED_FRAME', `a topic id has ${bytes.length} bytes, it must have 16`);
  }
  const buffer = Buffer.isBuffer(bytes)
    ? bytes
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return buffer.toString('base64url');
}

/**
 * A fresh topic id. As in Kafka it is none of the reserved ones and does not start with `-`, which command
 * lines would take for an option.
 *
 * @param randomBytes a source of random bytes: `crypto.randomBytes`, or a seeded one
 */
export function randomTopicId(randomBytes: (sizeBytes: number) => Uint8Array): TopicId {
  for (let draw = 0; draw < MAX_DRAWS; draw++) {
    const topicId = topicIdFromBytes(randomBytes(TOPIC_ID_BYTES));
    if (topicId !== ZERO_TOPIC_ID && topicId !== METADATA_TOPIC_ID && !topicId.startsWith('-')) {
      return topicId;
    }
  }
  throw new TidelogError('INVALID_ARGUMENT', 'the source of random bytes gives no usable topic id');
}
