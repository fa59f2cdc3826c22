import { expect, test } from 'vitest';
import { BufferPool } from './buffer-pool.ts';

test('memory that was released is lent again, in the length asked for', () => {
  const pool = new BufferPool();
  const first = pool.acquire(5000);
  expect(first.buffer.length).toBe(5000);
  expect(pool.lentBytes).toBe(5000);
  first.release();
  first.release();
  expect([pool.lentBytes, pool.retainedBytes]).toEqual([0, 8192]);
  const second = pool.acquire(8192);
  expect(second.buffer.buffer).toBe(first.buffer.buffer);
  expect([second.buffer.length, pool.retainedBytes]).toEqual([8192, 0]);
});

test('two borrowers never share memory', () => {
  const pool = new BufferPool();
  const a = pool.acquire(100);
  const b = pool.acquire(100);
  expect(a.buffer.buffer).not.toBe(b.buffer.buffer);
});

test('no more than the bound is retained', () => {
  const pool = new BufferPool({ maxRetainedBytes: 10_000 });
  const lent = [pool.acquire(4096), pool.acquire(4096), pool.acquire(4096)];
  for (const part of lent) part.release();
  expect(pool.retainedBytes).toBe(8192);
});

test('sizes above the largest pooled one, and none at all, are served', () => {
  const pool = new BufferPool({ maxPooledBytes: 8192 });
  const large = pool.acquire(8193);
  expect(large.buffer.length).toBe(8193);
  large.release();
  expect(pool.retainedBytes).toBe(0);
  const empty = pool.acquire(0);
  expect(empty.buffer.length).toBe(0);
  empty.release();
});
