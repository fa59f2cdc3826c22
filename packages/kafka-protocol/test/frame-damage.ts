/**
 * Damage to the bytes of a frame, as a broken or hostile peer does it: flipped bits, false lengths, cut ends, bytes
 * too many or too few, pieces of other frames, noise.
 */
import type { SeededRandom } from './seeded-random.ts';

type Damage = (random: SeededRandom, frame: Buffer, otherFrame: () => Buffer) => Buffer;

/** Lengths and counts at which decoders break. */
const EXTREME_INT32 = [-2147483648, -2, -1, 0, 1, 127, 0x7fff, 1_000_000, 1_000_001, 0x7fffffff];
const EXTREME_VARINTS = [
  'ffffffff0f',
  'ffffffff7f',
  'ffffffffff01',
  '8080808000',
  '00',
  '01',
  'c1843d',
  '8001',
];

const position = (random: SeededRandom, frame: Buffer): number => random.below(frame.length + 1);

function replaced(frame: Buffer, at: number, removed: number, inserted: Buffer): Buffer {
  return Buffer.concat([frame.subarray(0, at), inserted, frame.subarray(at + removed)]);
}

const DAMAGES: readonly Damage[] = [
  function flipBits(random, frame) {
    const damaged = Buffer.from(frame);
    for (let times = 1 + random.below(4); times > 0 && frame.length > 0; times--) {
      const at = random.below(frame.length);
      damaged[at] = damaged[at]! ^ (1 << random.below(8));
    }
    return damaged;
  },
  function cutEnd(random, frame) {
    return frame.subarray(0, position(random, frame));
  },
  function putInt32(random, frame) {
    const value = Buffer.alloc(4);
    value.writeInt32BE(random.pick(EXTREME_INT32));
    return replaced(frame, position(random, frame), random.pick([0, 4]), value);
  },
  function putVarint(random, frame) {
    const value = Buffer.from(random.pick(EXTREME_VARINTS), 'hex');
    return replaced(frame, position(random, frame), random.pick([0, 1]), value);
  },
  function dropBytes(random, frame) {
    return replaced(frame, position(random, frame), 1 + random.below(8), Buffer.alloc(0));
  },
  function putNoise(random, frame) {
    return replaced(frame, position(random, frame), random.below(4), random.bytes(1 + random.below(16)));
  },
  function splice(random, frame, otherFrame) {
    const other = otherFrame();
    return Buffer.concat([
      frame.subarray(0, position(random, frame)),
      other.subarray(position(random, other)),
    ]);
  },
  function repeatPart(random, frame) {
    const from = position(random, frame);
    const part = frame.subarray(from, from + random.below(64));
    return replaced(frame, from, 0, Buffer.concat(Array.from({ length: 1 + random.below(8) }, () => part)));
  },
];

/** One to three kinds of damage, one after the other. */
export function damage(random: SeededRandom, frame: Buffer, otherFrame: () => Buffer): Buffer {
  let damaged = frame;
  for (let times = 1 + random.below(3); times > 0; times--) {
    damaged = random.pick(DAMAGES)(random, damaged, otherFrame);
  }
  return damaged;
}
