/**
 * The protobuf reader through which everything from a peer is decoded. It adds to protobufjs's reader what
 * hostile input needs:
 * - a budget of fields per message. Two bytes on the wire can become an object of a hundred; without a budget
 *   a frame of 100 MB would decode into gigabytes.
 * - a 64-bit value outside ±(2^53 − 1) is refused here, once, so that no decoded body holds one.
 *
 * `bytes` are views of the buffer. Lengths are checked by protobufjs against the end of the enclosing message
 * before anything is read.
 */
import protobuf from 'protobufjs/minimal.js';
import type Long from 'long';
import { TidelogError } from '@tidelog/record/errors';
import { toSafeNumber } from './int64.ts';

/** More fields in a request (nested ones and elements of packed lists included) than this are refused. */
export const MAX_FIELDS_PER_REQUEST = 1_000_000;
/** The same for an answer: the metadata of a large cluster has more fields than any request needs. */
export const MAX_FIELDS_PER_RESPONSE = 10_000_000;

export class CheckedReader extends protobuf.BufferReader {
  #fieldsLeft: number;

  constructor(buffer: Buffer, maxFields: number) {
    super(buffer);
    this.#fieldsLeft = maxFields;
  }

  override tag(): number {
    this.#spend(1);
    return super.tag();
  }

  override int32s(array?: number[]): number[] {
    // An element is at least one byte: the size of the list bounds their number before any is stored.
    const start = this.pos;
    this.#spend(Math.min(this.size(), this.len - start));
    this.pos = start;
    return super.int32s(array);
  }

  override int64(): Long {
    const value = super.int64() as Long;
    toSafeNumber(value);
    return value;
  }

  override sint64(): Long {
    const value = super.sint64() as Long;
    toSafeNumber(value);
    return value;
  }

  #spend(fields: number): void {
    this.#fieldsLeft -= fields;
    if (this.#fieldsLeft < 0) {
      throw new TidelogError(
        'MALFORMED_FRAME',
        'it has more fields than a message may have; split the request',
      );
    }
  }
}
