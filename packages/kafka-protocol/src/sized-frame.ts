/**
 * The size before a frame: an int32 that counts the bytes after it. Its four bytes are kept free at the start and
 * filled in when all is written.
 */
import { TidelogError } from '@tidelog/record/errors';
import { WireWriter } from './wire-writer.ts';

const SIZE_BYTES = 4;
const MAX_FRAME_BYTES = 0x7fffffff;

/** A writer with room for the size. */
export function startFrame(): WireWriter {
  const writer = new WireWriter();
  writer.int32(0);
  return writer;
}

/**
 * The pieces of the frame, its size written.
 *
 * @throws INVALID_ARGUMENT when the frame is larger than an int32 can say
 */
export function finishFrame(writer: WireWriter): Buffer[] {
  const sizeBytes = writer.sizeBytes - SIZE_BYTES;
  if (sizeBytes > MAX_FRAME_BYTES) {
    throw new TidelogError('INVALID_ARGUMENT', `a frame of ${sizeBytes} bytes (at most ${MAX_FRAME_BYTES})`);
  }
  const pieces = writer.finish();
  // The size was written first, so it lies in the first piece, which is the writer's own memory.
  pieces[0]!.writeInt32BE(sizeBytes, 0);
  return pieces;
}
