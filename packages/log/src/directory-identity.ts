/**
 * Whose data directory it is, and whether this release may use it.
 *
 *     meta.properties     cluster, node and directory id, in Kafka's format (meta-properties.ts)
 *     format.tidelog      `version=1`: the version of everything in the directory that is not Kafka's
 *
 * A directory without `meta.properties` becomes ours only when it is empty but for what an earlier start may have
 * left before it wrote that file. Both files are written once; a directory that Kafka made gets the second one.
 */
import { join } from 'node:path';
import { TidelogError } from '@tidelog/record/errors';
import { readFileIfPresent, writeFileAtomic } from './checkpoint-file.ts';
import type { FileSystem } from './file-system.ts';
import { formatMetaProperties, parseMetaProperties, type MetaProperties } from './meta-properties.ts';

const META_FILE = 'meta.properties';
const FORMAT_FILE = 'format.tidelog';
/** The newest version of the directory's format that this release reads, and the one that it writes. */
const FORMAT_VERSION = 1;

export interface DirectoryIdentity {
  readonly clusterId: string;
  readonly nodeId: number;
  /** Kafka's Uuid text, 22 characters. */
  readonly directoryId: string;
}

export interface IdentityOptions {
  readonly fileSystem: FileSystem;
  readonly dir: string;
  readonly nodeId: number;
  /** For a new directory; a random one unless given. An existing directory must have it, when given. */
  readonly clusterId: string | undefined;
  readonly randomBytes: (sizeBytes: number) => Buffer;
}

/**
 * Reads the identity, or gives a new directory one. Throws DATA_DIR_FORMAT for a newer format and for a directory
 * with other things in it, INCONSISTENT_CLUSTER_ID, and INVALID_ARGUMENT for another node id.
 */
export async function openIdentity(options: IdentityOptions): Promise<DirectoryIdentity> {
  const { fileSystem, dir } = options;
  const path = join(dir, META_FILE);
  await checkFormat(fileSystem, dir);
  const content = await readFileIfPresent(fileSystem, path);
  if (content === undefined) await checkEmpty(fileSystem, dir);
  const found = content === undefined ? undefined : parseMetaProperties(content.toString('utf8'), path);
  if (found !== undefined) checkOwner(found, options);
  const identity: DirectoryIdentity = {
    clusterId: found?.clusterId ?? options.clusterId ?? randomUuid(options.randomBytes),
    nodeId: options.nodeId,
    directoryId: found?.directoryId ?? randomUuid(options.randomBytes),
  };
  if ((await fileSystem.stat(join(dir, FORMAT_FILE))) === undefined) {
    await writeFileAtomic(fileSystem, join(dir, FORMAT_FILE), `version=${FORMAT_VERSION}\n`);
  }
  if (found?.directoryId === undefined)
    await writeFileAtomic(fileSystem, path, formatMetaProperties(identity));
  return identity;
}

/** The 16 bytes of an id in Kafka's text form. */
export function uuidBytes(text: string): Buffer {
  return Buffer.from(text, 'base64url');
}

/** A random id in Kafka's text form: never with a leading hyphen, which command lines would take for an option. */
export function randomUuid(randomBytes: (sizeBytes: number) => Buffer): string {
  for (;;) {
    const text = randomBytes(16).toString('base64url');
    if (!text.startsWith('-')) return text;
  }
}

async function checkFormat(fileSystem: FileSystem, dir: string): Promise<void> {
  const path = join(dir, FORMAT_FILE);
  const content = await readFileIfPresent(fileSystem, path);
  if (content === undefined) return;
  const version = /^version=(\d{1,9})\n?$/.exec(content.toString('utf8'))?.[1];
  if (version === undefined) {
    throw new TidelogError(
      'DATA_DIR_FORMAT',
      `${path}:1: expected version=<number>; restore it from a backup`,
    );
  }
  if (Number(version) > FORMAT_VERSION) {
    throw new TidelogError(
      'DATA_DIR_FORMAT',
      `the data directory ${dir} has format ${version}, newer than ${FORMAT_VERSION}, the newest that this release ` +
        'reads; use a newer release, or another data directory',
    );
  }
}

async function checkEmpty(fileSystem: FileSystem, dir: string): Promise<void> {
  const foreign = (await fileSystem.readdir(dir)).find(
    (name) =>
      !name.startsWith('.lock') &&
      !name.endsWith('.tidelog') &&
      !name.endsWith('.tmp') &&
      name !== 'lost+found' &&
      name !== '.DS_Store',
  );
  if (foreign === undefined) return;
  throw new TidelogError(
    'DATA_DIR_FORMAT',
    `${dir} is no data directory: it has no ${META_FILE} but holds other things, such as ${JSON.stringify(foreign)}; ` +
      'use an empty directory or one that a broker made',
  );
}

function checkOwner(found: MetaProperties, options: IdentityOptions): void {
  if (found.nodeId !== options.nodeId) {
    throw new TidelogError(
      'INVALID_ARGUMENT',
      `the data directory ${options.dir} belongs to broker ${found.nodeId}, and this broker has the id ` +
        `${options.nodeId}; start it with the id ${found.nodeId}, or with another data directory`,
    );
  }
  if (options.clusterId !== undefined && found.clusterId !== options.clusterId) {
    throw new TidelogError(
      'INCONSISTENT_CLUSTER_ID',
      `the data directory ${options.dir} belongs to the cluster ${found.clusterId}, not to ${options.clusterId}`,
    );
  }
}
