/** Ways to damage a stream of frames: what a faulty network, disk or peer, or a hostile one, might send. */
import type { SeededRandom } from './seeded-random.ts';

type Damage = (random: SeededRandom, stream: Buffer, otherFrame: () => Buffer) => Buffer;

/** Lengths and varints that decoders have tripped over. */
const FALSE_LENGTHS = [
  0, 1, 3, 0x7f, 0x80, 0xffff, 0x1_0000, 0x1_0001, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff,
];
const VARINTS = [
  '00',
  '7f',
  '8001',
  'ffffffff07',
  'ffffffff0f',
  'ffffffffffffffffff01',
  '80808080808080808000',
];
const TAGS = [0x00, 0x07, 0x0b, 0x0c, 0x0d, 0x0f, 0x1b, 0x1c, 0x7a, 0x7b, 0x7c];

const DAMAGES: readonly Damage[] = [
  function flipBits(random, stream) {
    const damaged = Buffer.from(stream);
    for (let flips = 1 + random.below(8); flips > 0; flips--) {
      const position = random.below(damaged.length);
      damaged[position] = (damaged[position] as number) ^ (1 << random.below(8));
    }
    return damaged;
  },
  function setBytes(random, stream) {
    const damaged = Buffer.from(stream);
    for (let sets = 1 + random.below(8); sets > 0; sets--) {
      damaged[random.below(damaged.length)] = random.pick([0, 1, 0x7f, 0x80, 0xff, random.below(256)]);
    }
    return damaged;
  },
  function truncate(random, stream) {
    return stream.subarray(0, 1 + random.below(stream.length));
  },
  function lieAboutFrameLength(random, stream) {
    if (stream.length < 4) return stream;
    const damaged = Buffer.from(stream);
    const starts = frameStarts(damaged);
    const start = random.pick(starts);
    const honest = damaged.readUInt32BE(start);
    const near = (honest + random.below(9) - 4) >>> 0;
    damaged.writeUInt32BE(random.below(2) === 0 ? near : random.pick(FALSE_LENGTHS), start);
    return damaged;
  },
  function overwriteWithVarint(random, stream) {
    const varint = Buffer.from(random.pick(VARINTS), 'hex');
    const damaged = Buffer.from(stream);
    varint.copy(damaged, random.below(damaged.length));
    return damaged;
  },
  function plantTag(random, stream) {
    const damaged = Buffer.from(stream);
    damaged[random.below(damaged.length)] = random.pick(TAGS);
    return damaged;
  },
  function insertNoise(random, stream) {
    const at = random.below(stream.length);
    return Buffer.concat([stream.subarray(0, at), random.bytes(1 + random.below(20)), stream.subarray(at)]);
  },
  function removeBytes(random, stream) {
    const from = random.below(stream.length);
    const to = Math.min(stream.length, from + 1 + random.below(40));
    const damaged = Buffer.concat([stream.subarray(0, from), stream.subarray(to)]);
    return damaged.length > 0 ? damaged : stream;
  },
  function splice(random, stream, otherFrame) {
    const other = otherFrame();
    const tail = other.subarray(random.below(other.length));
    return Buffer.concat([stream.subarray(0, random.below(stream.length)), tail]);
  },
  function repeatAPiece(random, stream) {
    const from = random.below(stream.length);
    const piece = stream.subarray(from, from + 1 + random.below(30));
    const copies = Array.from({ length: 1 + random.below(50) }, () => piece);
    return Buffer.concat([stream.subarray(0, from), ...copies, stream.subarray(from)]);
  },
  function noise(random) {
    return random.bytes(1 + random.below(200));
  },
  function framedNoise(random) {
    const payload = random.bytes(1 + random.below(200));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(payload.length);
    return Buffer.concat([length, payload]);
  },
];

/** One to three damages. About half of the time the frame lengths are then set right, to reach what lies deeper. */
export function damage(random: SeededRandom, stream: Buffer, otherFrame: () => Buffer): Buffer {
  let damaged = stream;
  for (let times = 1 + random.below(3); times > 0; times--) {
    damaged = random.pick(DAMAGES)(random, damaged, otherFrame);
  }
  return random.below(2) === 0 ? withHonestLength(damaged) : damaged;
}

/** The whole stream as the payload of one frame, except for its first length. */
function withHonestLength(stream: Buffer): Buffer {
  if (stream.length < 5) return stream;
  const repaired = Buffer.from(stream);
  repaired.writeUInt32BE(repaired.length - 4);
  return repaired;
}

/** Positions of the lengths, as far as the stream can be followed; the first is 0. */
function frameStarts(stream: Buffer): number[] {
  const starts: number[] = [];
  for (let at = 0; at + 4 <= stream.length; at += 4 + stream.readUInt32BE(at)) starts.push(at);
  return starts;
}
