/**
 * Coordination for the one broker of a data directory: everything is in two files below
 * `<data directory>/metadata.tidelog`, and no other process is needed.
 *
 * - `journal` (metadata-journal.ts): the generation, then an entry per commit and per controller epoch.
 * - `snapshot.json`: one line `tidelog-metadata-snapshot <version> <CRC-32C of the rest, hexadecimal>`, then JSON
 *   with the result of everything up to a version. Replaced as a whole.
 *
 * Invariants: the entries in memory are those after the snapshot, and they continue it: version and id of each
 * follow from the one before. Sessions and leases live in memory: the lock of the data directory says that no
 * other broker is there, and the death of the process ends them all. Epochs are durable before they are used.
 *
 * A crash between the new snapshot and the shortened journal leaves entries that the snapshot covers: they are
 * skipped.
 */
import { join } from 'node:path';
import { readFileIfPresent, writeFileAtomic } from '@tidelog/log';
import type { Clock, FileSystem } from '@tidelog/log';
import { crc32c } from '@tidelog/record';
import { TidelogError } from '@tidelog/record/errors';
import type { Random } from '../random.ts';
import { FIRST_VERSION } from './coordination.ts';
import type {
  BrokerSession,
  CommitResult,
  Controller,
  Coordination,
  CoordinationHint,
  JsonValue,
  MetadataEntry,
  MetadataSnapshot,
  MetadataVersion,
  ReadResult,
  RegisterResult,
} from './coordination.ts';
import { MetadataJournal } from './metadata-journal.ts';

/** Below the data directory; no partition's directory can have this name. */
export const METADATA_DIRECTORY = 'metadata.tidelog';
const SNAPSHOT_VERSION = 1;
const ID_BYTES = 16;

export interface EmbeddedCoordinationOptions {
  /** The data directory, locked by the caller. */
  readonly dataDir: string;
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  readonly random: Random;
}

/** What the journal holds. */
type JournalValue =
  | { readonly kind: 'generation'; readonly generation: string }
  | { readonly kind: 'controller'; readonly controllerEpoch: number }
  | ({ readonly kind: 'entry' } & MetadataEntry);

interface StoredSnapshot extends MetadataSnapshot {
  readonly generation: string;
  readonly controllerEpoch: number;
}

interface Session extends BrokerSession {
  expiresAtMs: number;
}

export class EmbeddedCoordination implements Coordination {
  readonly #options: EmbeddedCoordinationOptions;
  readonly #snapshotPath: string;
  readonly #journal: MetadataJournal;
  readonly #sessions = new Map<number, Session>();
  readonly #listeners = new Set<(hint: CoordinationHint) => void>();
  #generation: string;
  #snapshot: StoredSnapshot | undefined;
  #entries: MetadataEntry[] = [];
  #controllerEpoch = 0;
  #controller: Session | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #closed: Promise<void> | undefined;

  private constructor(
    options: EmbeddedCoordinationOptions,
    files: { journal: MetadataJournal; snapshotPath: string; snapshot: StoredSnapshot | undefined },
  ) {
    this.#options = options;
    this.#journal = files.journal;
    this.#snapshotPath = files.snapshotPath;
    this.#snapshot = files.snapshot;
    this.#generation = files.snapshot?.generation ?? '';
    this.#controllerEpoch = files.snapshot?.controllerEpoch ?? 0;
  }

  /**
   * Opens the files of a data directory, or creates them.
   *
   * @throws DATA_DIR_FORMAT for a newer format, LOG_CORRUPT for damage that no crash explains
   */
  static async open(options: EmbeddedCoordinationOptions): Promise<EmbeddedCoordination> {
    const { fileSystem, dataDir } = options;
    const dir = join(dataDir, METADATA_DIRECTORY);
    await fileSystem.mkdir(dir);
    await fileSystem.syncDirectory(dataDir);
    const snapshotPath = join(dir, 'snapshot.json');
    const content = await readFileIfPresent(fileSystem, snapshotPath);
    const snapshot = content === undefined ? undefined : parseSnapshot(content, snapshotPath);
    const path = join(dir, 'journal');
    const { journal, values } = await MetadataJournal.open({ fileSystem, path });
    const coordination = new EmbeddedCoordination(options, { journal, snapshotPath, snapshot });
    try {
      for (const value of values) coordination.#load(value as unknown as JournalValue, path);
      if (coordination.#generation === '') await coordination.#begin();
    } catch (error) {
      await journal.close();
      throw error;
    }
    return coordination;
  }

  get generation(): string {
    return this.#generation;
  }

  newest(): Promise<MetadataVersion> {
    return Promise.resolve(this.#newest());
  }

  read(after: MetadataVersion): Promise<ReadResult> {
    const newest = this.#newest();
    const snapshot = this.#snapshot;
    const from = snapshot?.at.version ?? 0;
    if (after.version < from && snapshot !== undefined) {
      const { at, state } = snapshot;
      return Promise.resolve({ outcome: 'read', snapshot: { at, state }, entries: [...this.#entries] });
    }
    if (this.#versionAt(after.version)?.id !== after.id) {
      return Promise.resolve({ outcome: 'forked', newest });
    }
    return Promise.resolve({ outcome: 'read', entries: this.#entries.slice(after.version - from) });
  }

  commit(change: {
    expected: MetadataVersion;
    controllerEpoch: number;
    records: readonly JsonValue[];
  }): Promise<CommitResult> {
    return this.#inOrder(async () => {
      if (change.controllerEpoch !== this.#controllerEpoch) {
        return { outcome: 'fenced', controllerEpoch: this.#controllerEpoch };
      }
      if (!this.#isNewest(change.expected)) return { outcome: 'conflict', newest: this.#newest() };
      return { outcome: 'committed', at: await this.#append(change.records) };
    });
  }

  saveSnapshot({ at, state }: MetadataSnapshot): Promise<void> {
    return this.#inOrder(async () => {
      const previous = this.#snapshot?.at.version ?? 0;
      if (at.version <= previous || this.#versionAt(at.version)?.id !== at.id) return;
      const generation = this.#generation;
      const snapshot: StoredSnapshot = { at, state, generation, controllerEpoch: this.#controllerEpoch };
      await writeFileAtomic(this.#options.fileSystem, this.#snapshotPath, formatSnapshot(snapshot));
      this.#entries = this.#entries.slice(at.version - previous);
      this.#snapshot = snapshot;
      await this.#journal.rewrite([
        journalValue({ kind: 'generation', generation }),
        ...this.#entries.map((entry) => journalValue({ kind: 'entry', ...entry })),
      ]);
    });
  }

  registerBroker(registration: {
    expected: MetadataVersion;
    brokerId: number;
    leaseMs: number;
    records: readonly JsonValue[];
  }): Promise<RegisterResult> {
    return this.#inOrder(async () => {
      const { expected, brokerId, leaseMs, records } = registration;
      const existing = this.#sessions.get(brokerId);
      if (existing !== undefined && this.#isAlive(existing)) {
        return { outcome: 'duplicate', brokerEpoch: existing.brokerEpoch };
      }
      if (!this.#isNewest(expected)) return { outcome: 'conflict', newest: this.#newest() };
      const at = await this.#append(records);
      const session = this.#openSession({ brokerId, leaseMs, brokerEpoch: at.version });
      return { outcome: 'registered', session, at };
    });
  }

  liveBrokers(): Promise<readonly number[]> {
    const live = [...this.#sessions.values()].filter((session) => this.#isAlive(session));
    return Promise.resolve(live.map((session) => session.brokerId).sort((a, b) => a - b));
  }

  claimController(session: BrokerSession): Promise<Controller> {
    return this.#inOrder(async () => {
      const current = this.#currentController();
      if (current !== undefined) return current;
      const claimant = this.#sessions.get(session.brokerId);
      if (claimant !== session || !this.#isAlive(claimant)) {
        throw new TidelogError(
          'STALE_BROKER_EPOCH',
          `the session of broker ${session.brokerId} with epoch ${session.brokerEpoch} is over; register again`,
        );
      }
      const controllerEpoch = this.#controllerEpoch + 1;
      await this.#journal.append(journalValue({ kind: 'controller', controllerEpoch }));
      this.#controllerEpoch = controllerEpoch;
      this.#controller = claimant;
      this.#hint('controller');
      return { brokerId: session.brokerId, controllerEpoch };
    });
  }

  controller(): Promise<Controller | undefined> {
    return Promise.resolve(this.#currentController());
  }

  subscribe(listener: (hint: CoordinationHint) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  close(): Promise<void> {
    this.#closed ??= this.#queue.then(async () => {
      this.#sessions.clear();
      this.#controller = undefined;
      this.#listeners.clear();
      await this.#journal.close();
    });
    return this.#closed;
  }

  #load(value: JournalValue, path: string): void {
    switch (value.kind) {
      case 'generation':
        this.#generation = value.generation;
        return;
      case 'controller':
        this.#controllerEpoch = Math.max(this.#controllerEpoch, value.controllerEpoch);
        return;
      case 'entry': {
        const { at, previousId, records } = value;
        const newest = this.#newest();
        if (at.version <= (this.#snapshot?.at.version ?? 0)) return;
        if (at.version !== newest.version + 1 || previousId !== newest.id) {
          throw new TidelogError(
            'LOG_CORRUPT',
            `${path}: version ${at.version} does not follow version ${newest.version}; restore journal and snapshot from one backup`,
          );
        }
        this.#entries.push({ at, previousId, records });
        return;
      }
      default:
        throw new TidelogError(
          'DATA_DIR_FORMAT',
          `${path}: holds an entry of a kind that this version does not know; use the version that wrote it, or a newer one`,
        );
    }
  }

  async #begin(): Promise<void> {
    const generation = this.#randomId();
    await this.#journal.append(journalValue({ kind: 'generation', generation }));
    this.#generation = generation;
  }

  async #append(records: readonly JsonValue[]): Promise<MetadataVersion> {
    const newest = this.#newest();
    const at: MetadataVersion = { version: newest.version + 1, id: this.#randomId() };
    const entry: MetadataEntry = { at, previousId: newest.id, records };
    await this.#journal.append(journalValue({ kind: 'entry', ...entry }));
    this.#entries.push(entry);
    this.#hint('metadata');
    return at;
  }

  #newest(): MetadataVersion {
    return this.#entries.at(-1)?.at ?? this.#snapshot?.at ?? FIRST_VERSION;
  }

  /** The version of that number, when it is the snapshot's or after it. */
  #versionAt(version: number): MetadataVersion | undefined {
    const from = this.#snapshot?.at ?? FIRST_VERSION;
    return version === from.version ? from : this.#entries[version - from.version - 1]?.at;
  }

  #isNewest(version: MetadataVersion): boolean {
    const newest = this.#newest();
    return version.version === newest.version && version.id === newest.id;
  }

  #openSession(about: { brokerId: number; leaseMs: number; brokerEpoch: number }): Session {
    const { clock } = this.#options;
    const session: Session = {
      ...about,
      expiresAtMs: clock.monotonicMs() + about.leaseMs,
      renew: () => {
        const isCurrent = this.#sessions.get(about.brokerId) === session;
        if (isCurrent) session.expiresAtMs = clock.monotonicMs() + about.leaseMs;
        return Promise.resolve(isCurrent);
      },
      end: () => {
        if (this.#sessions.get(about.brokerId) === session) this.#sessions.delete(about.brokerId);
        if (this.#controller === session) this.#controller = undefined;
        this.#hint('sessions');
        return Promise.resolve();
      },
    };
    this.#sessions.set(about.brokerId, session);
    this.#hint('sessions');
    return session;
  }

  #isAlive(session: Session): boolean {
    return (
      this.#sessions.get(session.brokerId) === session &&
      this.#options.clock.monotonicMs() < session.expiresAtMs
    );
  }

  #currentController(): Controller | undefined {
    const session = this.#controller;
    if (session === undefined || !this.#isAlive(session)) return undefined;
    return { brokerId: session.brokerId, controllerEpoch: this.#controllerEpoch };
  }

  #randomId(): string {
    return this.#options.random.bytes(ID_BYTES).toString('hex');
  }

  #hint(hint: CoordinationHint): void {
    for (const listener of this.#listeners) this.#options.clock.defer(() => listener(hint));
  }

  /** One change at a time: each sees what the one before left, and the journal is written in that order. */
  #inOrder<T>(change: () => Promise<T>): Promise<T> {
    if (this.#closed !== undefined) {
      return Promise.reject(new TidelogError('CLOSED', 'the coordination is closed'));
    }
    const result = this.#queue.then(change);
    this.#queue = result.catch(() => undefined);
    return result;
  }
}

function journalValue(value: JournalValue): JsonValue {
  return value as unknown as JsonValue;
}

function formatSnapshot(snapshot: StoredSnapshot): string {
  const json = JSON.stringify(snapshot);
  const crc = crc32c(Buffer.from(json)).toString(16).padStart(8, '0');
  return `tidelog-metadata-snapshot ${SNAPSHOT_VERSION} ${crc}\n${json}`;
}

function parseSnapshot(content: Buffer, path: string): StoredSnapshot {
  const headEnd = content.indexOf('\n');
  const head = /^tidelog-metadata-snapshot (\d+) ([0-9a-f]{8})$/.exec(
    content.subarray(0, Math.max(0, headEnd)).toString('latin1'),
  );
  const version = Number(head?.[1]);
  if (version > SNAPSHOT_VERSION) {
    throw new TidelogError(
      'DATA_DIR_FORMAT',
      `${path}: has format version ${version}, newer than ${SNAPSHOT_VERSION}, the newest that this release reads; use a newer release, or another data directory`,
    );
  }
  const json = content.subarray(headEnd + 1);
  if (head === null || crc32c(json) !== parseInt(head[2] as string, 16)) {
    throw new TidelogError('LOG_CORRUPT', `${path}: is damaged; restore it from a backup`);
  }
  return JSON.parse(json.toString('utf8')) as StoredSnapshot;
}
