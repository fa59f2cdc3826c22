import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FrameDecoder } from './frame-decoder.ts';

function framed(...payloads: Uint8Array[]): Buffer {
  return Buffer.concat(
    payloads.flatMap((payload) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(payload.length);
      return [length, payload];
    }),
  );
}

function drain(decoder: FrameDecoder): Buffer[] {
  const frames: Buffer[] = [];
  for (let frame = decoder.next(); frame !== undefined; frame = decoder.next()) frames.push(frame);
  return frames;
}

function allocatedBy(run: () => void): number {
  const before = process.memoryUsage().arrayBuffers;
  run();
  return process.memoryUsage().arrayBuffers - before;
}

describe('FrameDecoder', () => {
  test('cuts any stream into its frames, however it is chunked', () => {
    const payloads = fc.array(fc.uint8Array({ minLength: 1, maxLength: 5000 }), { maxLength: 12 });
    const cuts = fc.array(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 6000 })), {
      minLength: 1,
      maxLength: 10,
    });
    fc.assert(
      fc.property(
        payloads,
        cuts,
        fc.boolean(),
        fc.boolean(),
        (expected, sizes, isDrainedEachTime, isOneSlab) => {
          const stream = framed(...expected);
          const decoder = new FrameDecoder({ maxFrameBytes: 5000 });
          const frames: Buffer[] = [];
          for (let position = 0, turn = 0; position < stream.length; turn++) {
            const end = position + (sizes[turn % sizes.length] as number);
            const chunk = stream.subarray(position, end);
            decoder.push(isOneSlab ? chunk : Buffer.from(chunk));
            position = end;
            if (isDrainedEachTime) frames.push(...drain(decoder));
          }
          frames.push(...drain(decoder));
          expect(frames).toEqual(expected.map((payload) => Buffer.from(payload)));
          expect(decoder.bufferedBytes).toBe(0);
        },
      ),
    );
  });

  test('gives a view of the chunk when a frame lies inside it', () => {
    const chunk = framed(Buffer.from('first'), Buffer.from('second'));
    const decoder = new FrameDecoder({ maxFrameBytes: 100 });
    decoder.push(chunk);
    const frames = drain(decoder);
    expect(frames.map(String)).toEqual(['first', 'second']);
    for (const frame of frames) expect(frame.buffer).toBe(chunk.buffer);
    chunk.fill('x');
    expect(frames.map(String)).toEqual(['xxxxx', 'xxxxxx']);
  });

  test('gives a view when the chunks of a frame lie one behind the other in memory', () => {
    const slab = framed(Buffer.alloc(10_000, 7), Buffer.alloc(300, 8));
    const decoder = new FrameDecoder({ maxFrameBytes: 10_000 });
    const frames: Buffer[] = [];
    for (let position = 0; position < slab.length; position += 97) {
      decoder.push(slab.subarray(position, position + 97));
      frames.push(...drain(decoder));
    }
    expect(frames.map(({ byteOffset }) => byteOffset - slab.byteOffset)).toEqual([4, 10_008]);
    for (const frame of frames) expect(frame.buffer).toBe(slab.buffer);
  });

  test('counts what it holds', () => {
    const decoder = new FrameDecoder({ maxFrameBytes: 100 });
    decoder.push(framed(Buffer.from('abc'), Buffer.from('defg')).subarray(0, 13));
    expect(decoder.bufferedBytes).toBe(13);
    decoder.next();
    expect(decoder.bufferedBytes).toBe(6);
    expect(decoder.next()).toBeUndefined();
    expect(decoder.bufferedBytes).toBe(6);
    decoder.push(Buffer.from('fg'));
    expect(String(decoder.next())).toBe('defg');
    expect(decoder.bufferedBytes).toBe(0);
  });

  test('allocates for bytes that came, never for bytes that were declared', () => {
    const decoders = Array.from({ length: 100 }, () => new FrameDecoder({ maxFrameBytes: 2 ** 32 - 1 }));
    const declared = Buffer.from([0x7f, 0xff, 0xff, 0xff, 1, 2, 3]);
    const allocatedBytes = allocatedBy(() => {
      for (const decoder of decoders) {
        decoder.push(declared);
        expect(decoder.next()).toBeUndefined();
      }
    });
    expect(allocatedBytes).toBeLessThan(65_536 + 1);
  });

  test('gathers a large frame from small chunks of no common memory', () => {
    const sizeBytes = 4 * 1024 * 1024;
    const decoder = new FrameDecoder({ maxFrameBytes: sizeBytes });
    const length = Buffer.alloc(4);
    length.writeUInt32BE(sizeBytes);
    decoder.push(length);
    let frame: Buffer | undefined;
    for (let sent = 0; sent < sizeBytes; sent += 1000) {
      decoder.push(Buffer.alloc(Math.min(1000, sizeBytes - sent), 7));
      frame = decoder.next();
    }
    expect(frame?.length).toBe(sizeBytes);
    expect(frame?.every((byte) => byte === 7)).toBe(true);
    expect(frame?.buffer.byteLength).toBe(sizeBytes);
  });

  test('refuses a frame beyond the limit as soon as its length is known, and stays failed', () => {
    const decoder = new FrameDecoder({ maxFrameBytes: 10 });
    decoder.push(framed(Buffer.from('0123456789')));
    decoder.push(Buffer.from([0, 0, 0]));
    expect(String(decoder.next())).toBe('0123456789');
    expect(decoder.next()).toBeUndefined();
    decoder.push(Buffer.from([11]));
    const failure = expect.objectContaining({
      code: 'FRAME_TOO_LARGE',
      message: 'a frame declares 11 bytes, the limit is 10',
    });
    expect(() => decoder.next()).toThrowError(failure);
    expect(() => decoder.next()).toThrowError(failure);
    expect(() => {
      decoder.push(framed(Buffer.from('a')));
    }).toThrowError(failure);
    expect(decoder.bufferedBytes).toBe(0);
  });

  test('refuses a length of 0', () => {
    const decoder = new FrameDecoder({ maxFrameBytes: 10 });
    decoder.push(Buffer.alloc(4));
    expect(() => decoder.next()).toThrowError(expect.objectContaining({ code: 'MALFORMED_FRAME' }));
  });

  test.each([
    ['GET / HTTP/1.1\r\n', 'HTTP'],
    ['\u0016\u0003\u0001\u0002', 'a TLS handshake'],
  ])('says so when %j looks like another protocol', (text, protocol) => {
    const decoder = new FrameDecoder({ maxFrameBytes: 1000 });
    decoder.push(Buffer.from(text, 'latin1'));
    expect(() => decoder.next()).toThrowError(`its first bytes look like ${protocol}`);
  });

  test('takes a new limit for the frames that follow', () => {
    const decoder = new FrameDecoder({ maxFrameBytes: 4 });
    decoder.push(framed(Buffer.from('abcd'), Buffer.from('abcde')));
    expect(String(decoder.next())).toBe('abcd');
    decoder.maxFrameBytes = 5;
    expect(String(decoder.next())).toBe('abcde');
  });

  test.each([0, -1, 1.5, 2 ** 32, NaN, Infinity])('has no limit of %d bytes', (maxFrameBytes) => {
    expect(() => new FrameDecoder({ maxFrameBytes })).toThrowError(
      expect.objectContaining({ code: 'INVALID_ARGUMENT' }),
    );
  });
});
