import { expect, test } from 'vitest';
import {
  deletedDirectoryName,
  isDeletedDirectoryName,
  parsePartitionDirectoryName,
  partitionDirectoryName,
} from './partition-directory-name.ts';

test.each([
  ['orders-3', { topic: 'orders', partition: 3 }],
  ['a-b-0', { topic: 'a-b', partition: 0 }],
  ['a.b_c-12', { topic: 'a.b_c', partition: 12 }],
  ['x-delete-1', { topic: 'x-delete', partition: 1 }],
])('%s is a partition', (name, parsed) => {
  expect(parsePartitionDirectoryName(name)).toEqual(parsed);
  expect(partitionDirectoryName(parsed)).toBe(name);
});

test.each([
  'orders',
  'orders-',
  '-1',
  'orders-01',
  'orders-x',
  'a b-1',
  '..-1',
  'journal.tidelog',
  `${'t'.repeat(250)}-1`,
])('%s is no partition', (name) => {
  expect(parsePartitionDirectoryName(name)).toBeUndefined();
});

test('a deleted name is recognised, never that of a partition, and fits a file system', () => {
  const unique = '0123456789abcdef0123456789abcdef';
  expect(deletedDirectoryName('orders-3', unique)).toBe(`orders-3.${unique}-delete`);
  const longest = deletedDirectoryName(`${'t'.repeat(249)}-10000`, unique);
  expect(longest.length).toBe(255);
  for (const name of [`orders-3.${unique}-delete`, longest]) {
    expect(isDeletedDirectoryName(name)).toBe(true);
    expect(parsePartitionDirectoryName(name)).toBeUndefined();
  }
  expect(isDeletedDirectoryName('x-delete-1')).toBe(false);
});
