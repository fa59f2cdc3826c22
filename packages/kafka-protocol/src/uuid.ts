/**
 * Uuids (topic ids, mostly): 16 bytes on the wire, in memory the 22 characters that Kafka prints (unpadded
 * base64url of the bytes; org.apache.kafka.common.Uuid, KIP-516).
 *
 * Invariant: one uuid has one spelling, so uuids may be compared and used as map keys as strings.
 */
import { TidelogError } from '@tidelog/record/errors';

/** The 22-character form of a uuid. */
export type Uuid = string;

/** The size of a uuid on the wire. */
export const UUID_BYTES = 16;

/** Kafka's Uuid.ZERO_UUID: "none". */
export const ZERO_UUID: Uuid = 'AAAAAAAAAAAAAAAAAAAAAA';

// 128 bits are 21 characters and 2 bits: the last character can only be one of four.
const UUID_PATTERN = /^[A-Za-z0-9_-]{21}[AQgw]$/;

/** True for a string in the form of a uuid. */
export function isUuid(text: string): boolean {
  return UUID_PATTERN.test(text);
}

/**
 * The 16 bytes of a uuid, freshly allocated.
 *
 * @throws INVALID_ARGUMENT when the text is not the 22-character form
 */
export function uuidToBytes(uuid: Uuid): Buffer {
  if (!isUuid(uuid)) {
    throw new TidelogError(
      'INVALID_ARGUMENT',
      `uuid ${JSON.stringify(uuid)} is not 22 characters of base64url (16 bytes)`,
    );
  }
  return Buffer.from(uuid, 'base64url');
}

/**
 * The uuid of 16 bytes.
 *
 * @throws MALFORMED_FRAME unless there are exactly 16 bytes
 */
export function uuidFromBytes(bytes: Uint8Array): Uuid {
  if (bytes.length !== UUID_BYTES) {
    throw new TidelogError('MALFORMED_FRAME', `a uuid has ${bytes.length} bytes, it must have ${UUID_BYTES}`);
  }
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url');
}
