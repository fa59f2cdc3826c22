import { describe, expect, test } from 'vitest';
import { ChunkPool, type Chunk } from './chunk-pool.ts';

const KIB = 1024;
const waiter = (
  wantedBytes: number,
): { wantedBytes: number; chunk?: Chunk; receiveChunk(chunk: Chunk): void } => ({
  wantedBytes,
  receiveChunk(chunk) {
    this.chunk = chunk;
  },
});

describe('a chunk', () => {
  test('counts as used until its last user has released it', () => {
    const pool = new ChunkPool({ maxBytes: 1024 * KIB });
    const chunk = pool.take(5000) as Chunk;
    expect(pool.usedBytes).toBe(8192);
    const lease = pool.lease(chunk, chunk.bytes.subarray(0, 10));
    chunk.release();
    expect(pool.usedBytes).toBe(8192);
    lease.release();
    expect(pool.usedBytes).toBe(0);
  });

  test('that is released once too often is a broken invariant', () => {
    const chunk = new ChunkPool({ maxBytes: KIB }).take(1) as Chunk;
    chunk.release();
    expect(() => chunk.release()).toThrow('more often than it was retained');
  });

  test('comes back as the same memory', () => {
    const pool = new ChunkPool({ maxBytes: 1024 * KIB });
    const first = pool.take(64 * KIB) as Chunk;
    first.release();
    expect(pool.take(64 * KIB)?.bytes).toBe(first.bytes);
  });

  test('beyond what is kept has exactly the size that was asked for', () => {
    const pool = new ChunkPool({ maxBytes: 1024 * 1024 * KIB });
    expect(pool.take(5 * KIB * KIB + 3)?.bytes.length).toBe(5 * KIB * KIB + 3);
  });
});

describe('copies', () => {
  test('of small frames share a chunk and stay unchanged until they are released', () => {
    const pool = new ChunkPool({ maxBytes: 1024 * KIB });
    const leases = Array.from({ length: 1000 }, (_, index) => pool.copy(Buffer.alloc(100, index)));
    for (const [index, { bytes }] of leases.entries()) {
      expect(bytes.equals(Buffer.alloc(100, index))).toBe(true);
    }
    expect(pool.usedBytes).toBeLessThanOrEqual(2 * 64 * KIB);
    for (const lease of leases) lease.release();
    // The chunk that the next small copies go to stays.
    expect(pool.usedBytes).toBe(64 * KIB);
  });

  test('start at the front again when nobody holds the shared chunk', () => {
    const pool = new ChunkPool({ maxBytes: 1024 * KIB });
    const first = pool.copy(Buffer.alloc(100));
    const { byteOffset } = first.bytes;
    first.release();
    expect(pool.copy(Buffer.alloc(100)).bytes.byteOffset).toBe(byteOffset);
  });

  test('of large frames have a chunk of their own', () => {
    const pool = new ChunkPool({ maxBytes: 1024 * KIB });
    const lease = pool.copy(Buffer.alloc(40 * KIB, 1));
    expect(lease.bytes.equals(Buffer.alloc(40 * KIB, 1))).toBe(true);
    lease.release();
    expect(pool.usedBytes).toBe(0);
  });
});

describe('the bound', () => {
  test('refuses memory to read into above three quarters, never memory for what was received', () => {
    const pool = new ChunkPool({ maxBytes: 256 * KIB });
    expect(pool.take(128 * KIB)).toBeDefined();
    expect(pool.take(64 * KIB)).toBeDefined();
    expect(pool.take(1)).toBeUndefined();
    expect(pool.takeForReceived(64 * KIB).bytes.length).toBe(64 * KIB);
  });

  test('lets a frame larger than itself through when nothing else is in use', () => {
    const pool = new ChunkPool({ maxBytes: 64 * KIB });
    expect(pool.take(128 * KIB)).toBeDefined();
  });

  test('says when it is reached and when there is room again, once each', () => {
    const events: string[] = [];
    const pool = new ChunkPool({
      maxBytes: 128 * KIB,
      onFull: () => events.push('full'),
      onRoom: () => events.push('room'),
    });
    const chunks = [1, 2, 3].map(() => pool.takeForReceived(64 * KIB));
    expect(events).toEqual(['full']);
    expect(pool.isFull).toBe(true);
    chunks[0]?.release();
    chunks[1]?.release();
    expect(events).toEqual(['full', 'room']);
    expect(pool.isFull).toBe(false);
  });

  test('serves those who wait in their order, and nobody overtakes them', () => {
    const pool = new ChunkPool({ maxBytes: 256 * KIB });
    const held = pool.take(128 * KIB) as Chunk;
    const large = waiter(128 * KIB);
    const small = waiter(KIB);
    pool.waitForRoom(large);
    pool.waitForRoom(small);
    expect(pool.take(KIB)).toBeUndefined();
    held.release();
    expect(large.chunk?.bytes.length).toBe(128 * KIB);
    expect(small.chunk?.bytes.length).toBe(KIB);
  });

  test('passes the turn on when the first in line gives up', () => {
    const pool = new ChunkPool({ maxBytes: 256 * KIB });
    pool.take(128 * KIB);
    const large = waiter(128 * KIB);
    const small = waiter(KIB);
    pool.waitForRoom(large);
    pool.waitForRoom(small);
    pool.stopWaiting(large);
    expect(large.chunk).toBeUndefined();
    expect(small.chunk).toBeDefined();
  });

  test('tells a shortage that lasts from one in which somebody is served', () => {
    const pool = new ChunkPool({ maxBytes: 64 * KIB });
    const chunk = pool.takeForReceived(64 * KIB);
    expect([pool.isShort, pool.reliefCount]).toEqual([true, 0]);
    pool.waitForRoom(waiter(KIB));
    chunk.release();
    expect([pool.isShort, pool.reliefCount]).toEqual([false, 2]);
  });
});
