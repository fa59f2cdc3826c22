import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FrameSlabs } from './frame-slabs.ts';

function frame(sizeBytes: number, fill = 1): Buffer {
  const bytes = Buffer.alloc(4 + sizeBytes, fill);
  bytes.writeUInt32BE(sizeBytes);
  return bytes;
}

/** Feeds a stream in reads of at most `readBytes`, as a socket does; returns what was handed out. */
function read(slabs: FrameSlabs, stream: Buffer, readBytes: () => number): Buffer[] {
  const chunks: Buffer[] = [];
  for (let position = 0; position < stream.length;) {
    const room = slabs.room();
    expect(room.length).toBeGreaterThan(0);
    const sizeBytes = Math.min(room.length, readBytes(), stream.length - position);
    stream.copy(room, 0, position, position + sizeBytes);
    position += sizeBytes;
    slabs.received(sizeBytes, (chunk) => chunks.push(chunk));
  }
  return chunks;
}

test('frames of any size, read in pieces of any size, come out as they went in, each in one piece', () => {
  const sizes = fc.array(
    fc.oneof(fc.nat({ max: 300 }), fc.nat({ max: 100_000 }), fc.integer({ min: 200_000, max: 900_000 })),
    { minLength: 1, maxLength: 12 },
  );
  const reads = fc.array(
    fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1_000, max: 400_000 })),
    {
      minLength: 1,
      maxLength: 20,
    },
  );
  fc.assert(
    fc.property(sizes, reads, (frameSizes, readSizes) => {
      const frames = frameSizes.map((sizeBytes, index) => frame(sizeBytes, index));
      const stream = Buffer.concat(frames);
      let turn = 0;
      // Mostly larger pieces: a stream of megabytes byte by byte takes its time.
      const readBytes = (): number =>
        Math.max(readSizes[turn++ % readSizes.length] as number, turn > 200 ? 50_000 : 1);
      const chunks = read(new FrameSlabs(), stream, readBytes);
      expect(Buffer.concat(chunks).equals(stream)).toBe(true);
      for (const chunk of chunks) {
        let position = 0;
        while (position < chunk.length) position += 4 + chunk.readUInt32BE(position);
        expect(position).toBe(chunk.length);
      }
    }),
    { numRuns: 60 },
  );
});

test('what was handed out does not change with later reads', () => {
  const slabs = new FrameSlabs();
  const frames = Array.from({ length: 300 }, (_, index) => frame(index * 37, index % 256));
  const chunks = read(slabs, Buffer.concat(frames), () => 5_000);
  const before = chunks.map((chunk) => Buffer.from(chunk));
  read(slabs, Buffer.concat([frame(2_000_000, 7), ...frames]), () => 60_000);
  for (const [index, chunk] of chunks.entries()) expect(chunk.equals(before[index] as Buffer)).toBe(true);
});

describe('memory', () => {
  test('of a large frame is its own and of its size', () => {
    const slabs = new FrameSlabs();
    const [chunk] = read(slabs, frame(1_000_000), () => 100_000);
    expect(chunk?.length).toBe(1_000_004);
    expect(chunk?.buffer.byteLength).toBe(1_000_004);
  });

  test('is not taken for a length that is only declared', () => {
    const slabs = new FrameSlabs();
    const head = Buffer.alloc(100);
    head.writeUInt32BE(50_000_000);
    expect(read(slabs, head, () => 100)).toEqual([]);
    expect(slabs.room().buffer.byteLength).toBeLessThanOrEqual(256 * 1024);
  });

  test('of a frame beyond what is gathered is handed on as it comes, and the next frames are whole again', () => {
    const slabs = new FrameSlabs();
    const hugeBytes = 70 * 1024 * 1024;
    const head = Buffer.alloc(1_000);
    head.writeUInt32BE(hugeBytes);
    expect(read(slabs, head, () => 1_000)).toHaveLength(1);
    let leftBytes = 4 + hugeBytes - head.length;
    const piece = Buffer.alloc(64 * 1024);
    while (leftBytes > piece.length) {
      expect(read(slabs, piece, () => piece.length).reduce((sum, { length }) => sum + length, 0)).toBe(
        piece.length,
      );
      leftBytes -= piece.length;
    }
    const chunks = read(
      slabs,
      Buffer.concat([Buffer.alloc(leftBytes), frame(10), frame(20)]),
      () => 1_000_000,
    );
    expect(Buffer.concat(chunks).length).toBe(leftBytes + 38);
  });
});
