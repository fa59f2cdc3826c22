/**
 * The two identity files, in Kafka's formats.
 *
 * `meta.properties` at the top of a data directory says whose it is (a Java properties file):
 *
 *     #
 *     version=1
 *     cluster.id=Ym9vdHN0cmFwLWNsdXN0ZQ
 *     node.id=1                          `broker.id` in version 0
 *     directory.id=3vIfCzZHQ3mB2Jk1J4Zb0Q
 *
 * `partition.metadata` in a partition's directory says which topic it belongs to:
 *
 *     version: 0
 *     topic_id: 3vIfCzZHQ3mB2Jk1J4Zb0Q
 *
 * Ids are Kafka's Uuid text: 16 bytes in base64url without padding, 22 characters. The parsers throw
 * DATA_DIR_FORMAT naming file and line. Both files are written by `writeFileAtomic`.
 */
import { TidelogError } from '@tidelog/record/errors';

/** Whose data directory it is. */
export interface MetaProperties {
  readonly clusterId: string;
  readonly nodeId: number;
  /** Identifies this directory among several of one broker; Kafka has it since 3.7. */
  readonly directoryId: string | undefined;
}

/** The newest version of `meta.properties` that this code reads and the one that it writes. */
export const META_PROPERTIES_VERSION = 1;

export function formatMetaProperties(meta: MetaProperties): string {
  const lines = [
    '#',
    `version=${META_PROPERTIES_VERSION}`,
    `cluster.id=${meta.clusterId}`,
    `node.id=${meta.nodeId}`,
  ];
  if (meta.directoryId !== undefined) lines.push(`directory.id=${meta.directoryId}`);
  return `${lines.join('\n')}\n`;
}

/** Keys that it does not know are left alone, as in Kafka. Throws DATA_DIR_FORMAT, for a newer version too. */
export function parseMetaProperties(text: string, path: string): MetaProperties {
  const properties = parseLines(text, path, /^\s*([^=:\s]+)\s*[=:]\s*(.*?)\s*$/);
  const version = properties.get('version');
  if (version === undefined || !/^\d+$/.test(version.value)) {
    throw identityError(path, version?.lineNumber ?? 1, 'has no version that is a number');
  }
  if (Number(version.value) > META_PROPERTIES_VERSION) {
    throw identityError(
      path,
      version.lineNumber,
      `has version ${version.value}, newer than ${META_PROPERTIES_VERSION}, the newest that this release reads; ` +
        'use a newer release, or another data directory',
    );
  }
  const nodeId = properties.get('node.id') ?? properties.get('broker.id');
  if (nodeId === undefined || !/^\d{1,10}$/.test(nodeId.value)) {
    throw identityError(
      path,
      nodeId?.lineNumber ?? 1,
      'has no node.id (or broker.id) that is an integer from 0',
    );
  }
  const clusterId = properties.get('cluster.id');
  if (clusterId === undefined || !/^[\w-]{1,255}$/.test(clusterId.value)) {
    throw identityError(path, clusterId?.lineNumber ?? 1, 'has no cluster.id of letters, digits, _ and -');
  }
  const directoryId = properties.get('directory.id');
  if (directoryId !== undefined && !UUID_TEXT.test(directoryId.value)) {
    throw identityError(
      path,
      directoryId.lineNumber,
      'has a directory.id that is not an id of 22 characters',
    );
  }
  return { clusterId: clusterId.value, nodeId: Number(nodeId.value), directoryId: directoryId?.value };
}

export function formatPartitionMetadata(topicId: string): string {
  return `version: 0\ntopic_id: ${topicId}`;
}

/** The topic id. Throws DATA_DIR_FORMAT. */
export function parsePartitionMetadata(text: string, path: string): string {
  const entries = parseLines(text, path, /^([a-z_]+): (.*)$/);
  const version = entries.get('version');
  if (version?.value !== '0') {
    throw identityError(path, version?.lineNumber ?? 1, 'has no version 0, the only one that is known');
  }
  const topicId = entries.get('topic_id');
  if (topicId === undefined || !UUID_TEXT.test(topicId.value)) {
    throw identityError(path, topicId?.lineNumber ?? 1, 'has no topic_id of 22 characters');
  }
  return topicId.value;
}

const UUID_TEXT = /^[A-Za-z0-9_-]{22}$/;

interface LineValue {
  readonly value: string;
  readonly lineNumber: number;
}

function parseLines(text: string, path: string, pattern: RegExp): Map<string, LineValue> {
  const values = new Map<string, LineValue>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || /^\s*[#!]/.test(line)) continue;
    const match = pattern.exec(line);
    if (match === null) throw identityError(path, index + 1, 'is not a key and a value');
    const [, key = '', value = ''] = match;
    if (values.has(key)) throw identityError(path, index + 1, `names ${key} a second time`);
    values.set(key, { value, lineNumber: index + 1 });
  }
  return values;
}

function identityError(path: string, lineNumber: number, problem: string): TidelogError {
  return new TidelogError('DATA_DIR_FORMAT', `${path}:${lineNumber}: ${problem}`);
}
