import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ChunkPool, type Lease } from './chunk-pool.ts';
import { FrameReader } from './frame-reader.ts';

const KIB = 1024;

function framed(payload: Uint8Array): Buffer {
  const frame = Buffer.alloc(4 + payload.length);
  frame.writeUInt32BE(payload.length);
  frame.set(payload, 4);
  return frame;
}

interface HarnessOptions {
  maxFrameBytes?: number;
  maxPoolBytes?: number;
}

/** A reader whose frames are collected, with a network that overwrites its own memory after each read. */
class Harness {
  readonly pool: ChunkPool;
  readonly reader: FrameReader;
  readonly frames: Lease[] = [];
  accepts = true;
  unblocked = 0;
  directReads = 0;
  /** What `accepts` becomes after each frame. */
  acceptsNext: () => boolean = () => this.accepts;

  constructor({ maxFrameBytes = 1024 * KIB, maxPoolBytes = 64 * 1024 * KIB }: HarnessOptions = {}) {
    this.pool = new ChunkPool({ maxBytes: maxPoolBytes });
    this.reader = new FrameReader({
      pool: this.pool,
      maxFrameBytes,
      sink: {
        acceptsFrames: () => this.accepts,
        onFrame: () => {
          this.frames.push(this.reader.retain());
          this.accepts = this.acceptsNext();
        },
        onUnblocked: () => this.unblocked++,
      },
    });
  }

  /** Reads once; returns how much was taken. */
  read(bytes: Uint8Array): number {
    const target = this.reader.nextReadBuffer();
    if (target === undefined) {
      const volatile = Buffer.from(bytes);
      this.reader.received(volatile);
      volatile.fill(0xee);
      return bytes.length;
    }
    this.directReads++;
    const takenBytes = Math.min(target.length, bytes.length);
    target.set(bytes.subarray(0, takenBytes));
    this.reader.received(target.subarray(0, takenBytes));
    return takenBytes;
  }

  readAll(bytes: Uint8Array, pieceBytes = 64 * KIB): void {
    for (let position = 0; position < bytes.length;) {
      position += this.read(bytes.subarray(position, position + pieceBytes));
    }
  }

  release(): void {
    for (const lease of this.frames.splice(0)) lease.release();
  }
}

describe('cutting', () => {
  test(
    'gives every frame as it was sent, however the bytes come and whenever frames are released',
    { timeout: 30_000 },
    () => {
      const payload = fc
        .tuple(
          fc.integer({ min: 0, max: 255 }),
          fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 200_000 })),
        )
        .map(([seed, sizeBytes]) => Buffer.alloc(sizeBytes, Buffer.from([seed, seed ^ 0x5a, 7])));
      fc.assert(
        fc.property(
          fc.array(payload, { minLength: 1, maxLength: 12 }),
          fc.array(fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 70_000 })), {
            minLength: 1,
          }),
          fc.infiniteStream(fc.boolean()),
          (payloads, pieces, coins) => {
            const harness = new Harness();
            harness.acceptsNext = () => coins.next().value as boolean;
            const stream = Buffer.concat(payloads.map(framed));
            let checked = 0;
            const check = (): void => {
              for (const { bytes } of harness.frames) {
                expect(bytes.equals(payloads[checked++] as Buffer)).toBe(true);
              }
              harness.release();
            };
            for (let position = 0, turn = 0; position < stream.length; turn++) {
              position += harness.read(
                stream.subarray(position, position + (pieces[turn % pieces.length] as number)),
              );
              if (turn % 5 === 4) harness.reader.endPeriod();
              if (coins.next().value === true) check();
              harness.accepts = true;
              harness.reader.resume();
            }
            for (let turn = 0; turn < 100 && harness.reader.isStuck; turn++) {
              harness.accepts = true;
              harness.reader.resume();
            }
            check();
            expect(checked).toBe(payloads.length);
            harness.reader.close();
            // All but the chunk that small copies share.
            expect(harness.pool.usedBytes).toBeLessThanOrEqual(64 * KIB);
          },
        ),
        { numRuns: 100 },
      );
    },
  );

  test('holds no memory between frames', () => {
    const harness = new Harness();
    harness.readAll(framed(Buffer.alloc(30 * KIB)), 1000);
    harness.release();
    expect(harness.reader.nextReadBuffer()).toBeUndefined();
    expect(harness.pool.usedBytes).toBe(0);
  });

  test('reads the frames of a streaming connection to where they stay', () => {
    const harness = new Harness();
    const frame = framed(Buffer.alloc(60 * KIB, 3));
    for (let turn = 0; turn < 4; turn++) {
      harness.readAll(frame);
      harness.release();
    }
    harness.directReads = 0;
    harness.readAll(frame, 1024 * KIB);
    harness.readAll(frame, 1024 * KIB);
    expect(harness.directReads).toBe(2);
    const [first, second] = harness.frames;
    expect(second?.bytes.buffer).toBe(first?.bytes.buffer);
    harness.reader.endPeriod();
    harness.reader.endPeriod();
    harness.readAll(frame);
    expect(harness.reader.nextReadBuffer()).toBeUndefined();
  });

  test('keeps no memory for a streaming connection when it is short', () => {
    const harness = new Harness({ maxPoolBytes: 1024 * KIB });
    harness.pool.takeForReceived(600 * KIB);
    for (let turn = 0; turn < 10; turn++) harness.readAll(framed(Buffer.alloc(60 * KIB)));
    expect(harness.reader.nextReadBuffer()).toBeUndefined();
  });
});

describe('memory', () => {
  test('of a partial frame is in proportion to what came, not to what was declared', () => {
    const harness = new Harness({ maxFrameBytes: 100 * 1024 * KIB });
    const head = Buffer.alloc(4);
    head.writeUInt32BE(100 * 1024 * KIB);
    harness.readAll(head);
    harness.readAll(Buffer.alloc(6));
    expect(harness.pool.usedBytes).toBe(KIB);
    harness.readAll(Buffer.alloc(100 * KIB), 1000);
    expect(harness.pool.usedBytes).toBeLessThanOrEqual(512 * KIB);
    harness.reader.close();
    expect(harness.pool.usedBytes).toBe(0);
  });

  test('that is missing blocks the reader until it comes back', () => {
    const harness = new Harness({ maxPoolBytes: 256 * KIB });
    const held = harness.pool.take(128 * KIB);
    const frame = framed(Buffer.alloc(100 * KIB, 9));
    let position = 0;
    while (!harness.reader.isStuck) position += harness.read(frame.subarray(position, position + 7000));
    expect(position).toBeLessThan(frame.length);
    expect(harness.pool.waitingCount).toBe(1);
    held?.release();
    expect(harness.unblocked).toBe(1);
    harness.readAll(frame.subarray(position), 7000);
    expect(harness.frames.map(({ bytes }) => bytes.length)).toEqual([100 * KIB]);
  });

  test('beyond the bound is taken by a reader that may exceed it', () => {
    const harness = new Harness({ maxPoolBytes: 128 * KIB });
    harness.pool.takeForReceived(64 * KIB);
    const frame = framed(Buffer.alloc(1000 * KIB, 9));
    let position = 0;
    while (!harness.reader.isStuck) position += harness.read(frame.subarray(position, position + 7000));
    harness.reader.exceedBound();
    expect([harness.unblocked, harness.pool.waitingCount]).toEqual([1, 0]);
    harness.readAll(frame.subarray(position), 7000);
    expect(harness.frames.map(({ bytes }) => bytes.length)).toEqual([1000 * KIB]);
  });

  test('is given back by a reader that is closed while it waits for more', () => {
    const harness = new Harness({ maxPoolBytes: 64 * KIB });
    harness.pool.takeForReceived(48 * KIB);
    const frame = framed(Buffer.alloc(32 * KIB));
    let position = 0;
    while (!harness.reader.isStuck) position += harness.read(frame.subarray(position, position + 1000));
    harness.reader.close();
    expect(harness.pool.waitingCount).toBe(0);
    expect(harness.pool.usedBytes).toBe(64 * KIB);
  });
});

describe('lost framing', () => {
  test('a frame over the limit throws before it arrives and shows what came of it', () => {
    const harness = new Harness({ maxFrameBytes: 1000 });
    const bytes = Buffer.concat([
      framed(Buffer.from('ok')),
      Buffer.from([0x80, 0, 0, 0]),
      Buffer.from('head'),
    ]);
    expect(() => harness.readAll(bytes)).toThrow(
      expect.objectContaining({ code: 'FRAME_TOO_LARGE' }) as Error,
    );
    expect(harness.frames.map(({ bytes }) => bytes.toString())).toEqual(['ok']);
    expect(harness.reader.pendingFrame.toString()).toBe('head');
    expect(harness.reader.isLost).toBe(true);
    harness.reader.close();
  });

  test('a length of 0 throws', () => {
    expect(() => new Harness().readAll(Buffer.alloc(4))).toThrow(
      expect.objectContaining({ code: 'MALFORMED_FRAME' }) as Error,
    );
  });

  test('the limit may change between frames', () => {
    const harness = new Harness({ maxFrameBytes: 10 });
    harness.readAll(framed(Buffer.alloc(10)));
    harness.reader.maxFrameBytes = 20;
    harness.readAll(framed(Buffer.alloc(20)));
    expect(harness.frames).toHaveLength(2);
  });
});
