/**
 * The broker's copy of the cluster's metadata, and the way to change it: a command is decided on the newest state,
 * its records are committed by compare-and-set, and only then applied.
 *
 * Invariants: `view` is the result of exactly the versions up to `at`; changes are applied in the order of the
 * chain; commands of this broker run one after the other. A commit whose outcome is unknown is settled by reading.
 */
import { TidelogError } from '@tidelog/record/errors';
import type {
  BrokerSession,
  Coordination,
  JsonValue,
  MetadataVersion,
} from '../coordination/coordination.ts';
import { FIRST_VERSION } from '../coordination/coordination.ts';
import type { Logger } from '@tidelog/log';
import type { MetadataRecord } from './metadata-records.ts';
import { readMetadataRecord } from './metadata-records.ts';
import type { MetadataCommand, MetadataView } from './metadata-state.ts';
import { decide, MetadataState } from './metadata-state.ts';

/** After so many versions, or so many partitions in them, the state is saved: starts stay quick, histories small. */
const VERSIONS_PER_SNAPSHOT = 500;
const PARTITIONS_PER_SNAPSHOT = 50_000;
/** Races lost in a row before a command gives up; each loss means that another broker's change won. */
const MAX_CONFLICTS = 100;

export interface MetadataStoreOptions {
  readonly coordination: Coordination;
  readonly logger: Logger;
}

export class MetadataStore {
  readonly #coordination: Coordination;
  readonly #logger: Logger;
  readonly #listeners = new Set<(record: MetadataRecord) => void>();
  #state = new MetadataState();
  #at: MetadataVersion = FIRST_VERSION;
  #savedVersion = 0;
  /** Partitions in the records since then. */
  #unsavedPartitionCount = 0;
  #controllerEpoch = 0;
  #queue: Promise<unknown> = Promise.resolve();

  private constructor({ coordination, logger }: MetadataStoreOptions) {
    this.#coordination = coordination;
    this.#logger = logger;
  }

  /**
   * Loads the newest state.
   *
   * @throws DATA_DIR_FORMAT when it holds records that this version does not know
   */
  static async open(options: MetadataStoreOptions): Promise<MetadataStore> {
    const store = new MetadataStore(options);
    await store.#catchUp();
    return store;
  }

  get view(): MetadataView {
    return this.#state;
  }

  /** The version that `view` is at. */
  get at(): MetadataVersion {
    return this.#at;
  }

  /** Calls `listener` after each record that is applied from now on; it must not throw. */
  subscribe(listener: (record: MetadataRecord) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /**
   * Registers a broker under a new broker epoch.
   *
   * @throws DUPLICATE_BROKER_REGISTRATION when a live broker has the id
   */
  registerBroker(broker: { brokerId: number; rack: string; leaseMs: number }): Promise<BrokerSession> {
    const { brokerId, rack, leaseMs } = broker;
    return this.#inOrder(() =>
      this.#untilNoConflict(async () => {
        const brokerEpoch = this.#at.version + 1;
        const decision = decide(this.#state, { type: 'registerBroker', brokerId, brokerEpoch, rack });
        if (decision.error !== undefined) throw decision.error;
        const { records } = decision;
        const result = await this.#coordination.registerBroker({
          expected: this.#at,
          brokerId,
          leaseMs,
          records: toJson(records),
        });
        if (result.outcome === 'conflict') return undefined;
        if (result.outcome === 'duplicate') {
          throw new TidelogError(
            'DUPLICATE_BROKER_REGISTRATION',
            `a broker with the id ${brokerId} is alive (broker epoch ${result.brokerEpoch}); give each broker its own brokerId`,
          );
        }
        this.#advance(records, result.at);
        return result.session;
      }),
    );
  }

  /** Makes this broker controller if there is none; without that, commands are refused. */
  async claimController(session: BrokerSession): Promise<void> {
    const controller = await this.#coordination.claimController(session);
    if (controller.brokerId === session.brokerId) this.#controllerEpoch = controller.controllerEpoch;
  }

  /**
   * Changes the metadata. Resolves with the reason when the command was refused, and with undefined when its
   * records were committed and applied, or there was nothing to do.
   *
   * Rejects with NOT_CONTROLLER, or with what the coordination's storage failed with.
   */
  execute(command: MetadataCommand): Promise<TidelogError | undefined> {
    return this.#inOrder(async () => {
      const result = await this.#untilNoConflict(async () => {
        const decision = decide(this.#state, command);
        if (decision.error !== undefined) return { error: decision.error };
        if (decision.records.length === 0) return {};
        return await this.#commit(decision.records);
      });
      return result.error;
    });
  }

  /** Why a command would be refused on the state of now; undefined when it would not. Changes nothing. */
  validate(command: MetadataCommand): TidelogError | undefined {
    return decide(this.#state, command).error;
  }

  async #commit(records: readonly MetadataRecord[]): Promise<{ error?: TidelogError } | undefined> {
    const { version } = this.#at;
    try {
      const result = await this.#coordination.commit({
        expected: this.#at,
        controllerEpoch: this.#controllerEpoch,
        records: toJson(records),
      });
      if (result.outcome === 'conflict') return undefined;
      if (result.outcome === 'fenced') {
        throw new TidelogError(
          'NOT_CONTROLLER',
          `this broker is not the controller any more (epoch ${this.#controllerEpoch}, the newest is ${result.controllerEpoch})`,
        );
      }
      this.#advance(records, result.at);
    } catch (error) {
      if (this.#at.version === version) await this.#catchUp().catch(() => undefined);
      throw error;
    }
    await this.#saveNowAndThen();
    return {};
  }

  async #untilNoConflict<T>(attempt: () => Promise<T | undefined>): Promise<T> {
    for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts++) {
      const result = await attempt();
      if (result !== undefined) return result;
      await this.#catchUp();
    }
    throw new TidelogError(
      'REQUEST_TIMED_OUT',
      `the cluster metadata was changed by others ${MAX_CONFLICTS} times in a row; try again`,
    );
  }

  async #catchUp(): Promise<void> {
    const read = await this.#coordination.read(this.#at);
    if (read.outcome === 'forked') {
      throw new TidelogError(
        'UNKNOWN_SERVER_ERROR',
        `the coordination is at version ${read.newest.version} of another history than the version ${this.#at.version} that this broker has seen`,
      );
    }
    if (read.snapshot !== undefined) {
      this.#state = MetadataState.fromSnapshot(read.snapshot.state);
      this.#at = read.snapshot.at;
      this.#savedVersion = read.snapshot.at.version;
    }
    for (const entry of read.entries) this.#advance(entry.records.map(readMetadataRecord), entry.at);
  }

  #advance(records: readonly MetadataRecord[], at: MetadataVersion): void {
    for (const record of records) this.#state.apply(record);
    this.#at = at;
    for (const record of records) {
      if ('partitions' in record) this.#unsavedPartitionCount += record.partitions.length;
      for (const listener of this.#listeners) listener(record);
    }
  }

  async #saveNowAndThen(): Promise<void> {
    const isDue =
      this.#at.version - this.#savedVersion >= VERSIONS_PER_SNAPSHOT ||
      this.#unsavedPartitionCount >= PARTITIONS_PER_SNAPSHOT;
    if (!isDue) return;
    try {
      await this.#coordination.saveSnapshot({ at: this.#at, state: this.#state.toSnapshot() });
      this.#savedVersion = this.#at.version;
      this.#unsavedPartitionCount = 0;
    } catch (error) {
      // The chain is whole without it; the next command tries again.
      this.#logger.warn({ err: error }, 'a snapshot of the cluster metadata could not be saved');
    }
  }

  #inOrder<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => undefined);
    return result;
  }
}

function toJson(records: readonly MetadataRecord[]): readonly JsonValue[] {
  return records as unknown as readonly JsonValue[];
}
