import { describe, expect, test } from 'vitest';
import {
  formatMetaProperties,
  formatPartitionMetadata,
  parseMetaProperties,
  parsePartitionMetadata,
} from './meta-properties.ts';

const DIRECTORY_ID = '3vIfCzZHQ3mB2Jk1J4Zb0Q';

describe('meta.properties', () => {
  test('what is written is read back', () => {
    const meta = { clusterId: 'Ym9vdHN0cmFwLWNsdXN0ZQ', nodeId: 3, directoryId: DIRECTORY_ID };
    expect(parseMetaProperties(formatMetaProperties(meta), 'f')).toEqual(meta);
    expect(
      parseMetaProperties(formatMetaProperties({ ...meta, directoryId: undefined }), 'f').directoryId,
    ).toBe(undefined);
  });

  test('the files of Kafka are read: version 0 with broker.id, comments, spaces, other keys', () => {
    const text =
      '#\n#Thu Nov 20 10:00:00 UTC 2026\nbroker.id = 2\r\nversion=0\ncluster.id=abc\nother.key=x\n';
    expect(parseMetaProperties(text, 'f')).toEqual({ clusterId: 'abc', nodeId: 2, directoryId: undefined });
  });

  test.each([
    ['cluster.id=a\nnode.id=1\n', 'f:1: has no version'],
    ['version=2\ncluster.id=a\nnode.id=1\n', 'f:1: has version 2, newer than 1'],
    ['version=1\ncluster.id=a\n', 'f:1: has no node.id'],
    ['version=1\ncluster.id=a\nnode.id=-1\n', 'f:3: has no node.id'],
    ['version=1\nnode.id=1\n', 'f:1: has no cluster.id'],
    ['version=1\nnode.id=1\ncluster.id=a b\n', 'f:3: has no cluster.id'],
    ['version=1\nnode.id=1\ncluster.id=a\ndirectory.id=x\n', 'f:4: has a directory.id'],
    ['version=1\nversion=1\n', 'f:2: names version a second time'],
    ['version=1\n\0\0\0\n', 'f:2: is not a key and a value'],
  ])('%j is refused with its line', (text, message) => {
    expect(() => parseMetaProperties(text, 'f')).toThrow(message);
    expect(() => parseMetaProperties(text, 'f')).toThrow(
      expect.objectContaining({ code: 'DATA_DIR_FORMAT' }),
    );
  });
});

describe('partition.metadata', () => {
  test('the topic id is read back', () => {
    expect(formatPartitionMetadata(DIRECTORY_ID)).toBe(`version: 0\ntopic_id: ${DIRECTORY_ID}`);
    expect(parsePartitionMetadata(`version: 0\ntopic_id: ${DIRECTORY_ID}\n`, 'f')).toBe(DIRECTORY_ID);
  });

  test.each([
    [`topic_id: ${DIRECTORY_ID}`, 'f:1'],
    [`version: 1\ntopic_id: ${DIRECTORY_ID}`, 'f:1'],
    ['version: 0', 'f:1'],
    ['version: 0\ntopic_id: short', 'f:2'],
    ['version 0', 'f:1'],
  ])('%j is refused with its line', (text, where) => {
    expect(() => parsePartitionMetadata(text, 'f')).toThrow(where);
  });
});
