/**
 * What brokers need from the place that they coordinate through, and what they may rely on. The embedded
 * implementation is a journal in the data directory of the only broker; one over Redis plays the part that
 * ZooKeeper had. test/coordination-conformance.ts is the same list as tests.
 *
 * Invariants that every implementation keeps:
 * - The metadata is a chain of versions 1, 2, 3, …; each carries a random id and the id of its predecessor, so
 *   that a chain that was rolled back and continued differently is recognised (`forked`), never mixed up.
 * - `commit` and `registerBroker` are compare-and-set on the newest version: of two writers that saw the same
 *   version one is told `conflict`. What was committed is durable before the promise resolves.
 * - Controller epochs strictly rise. A commit under an epoch that is not the newest is told `fenced`.
 * - Leases are for liveness only: whoever acts on a lease must still be fenced by an epoch where it acts.
 *
 * A method that rejects leaves the outcome unknown: read again, never assume.
 */

/** What can be stored: the coordination does not look inside. */
export type JsonValue =
  null | boolean | number | string | readonly JsonValue[] | { readonly [name: string]: JsonValue };

/** A place in the chain. */
export interface MetadataVersion {
  /** 0 before the first commit. */
  readonly version: number;
  /** 128 random bits in hexadecimal; empty for version 0. */
  readonly id: string;
}

/** The version of an empty chain. */
export const FIRST_VERSION: MetadataVersion = { version: 0, id: '' };

/** One commit. */
export interface MetadataEntry {
  readonly at: MetadataVersion;
  /** The id of the version before; empty for version 1. */
  readonly previousId: string;
  readonly records: readonly JsonValue[];
}

/** The result of all commits up to a version, in the words of the caller that saved it. */
export interface MetadataSnapshot {
  readonly at: MetadataVersion;
  readonly state: JsonValue;
}

export type ReadResult =
  | {
      readonly outcome: 'read';
      /** Present when entries after the version asked for were compacted away: start from it. */
      readonly snapshot?: MetadataSnapshot;
      /** In order, without a gap, from the snapshot or the version asked for up to the newest. */
      readonly entries: readonly MetadataEntry[];
    }
  /** The version asked for is not in the chain: it was rolled back or replaced. */
  | { readonly outcome: 'forked'; readonly newest: MetadataVersion };

export type CommitResult =
  | { readonly outcome: 'committed'; readonly at: MetadataVersion }
  /** Somebody committed first: read, decide again. */
  | { readonly outcome: 'conflict'; readonly newest: MetadataVersion }
  /** Another controller holds a newer epoch. */
  | { readonly outcome: 'fenced'; readonly controllerEpoch: number };

/** A broker's registration; alive while it renews its lease. */
export interface BrokerSession {
  readonly brokerId: number;
  /** Rises with every registration of any broker: the version of the commit that registered it. */
  readonly brokerEpoch: number;
  readonly leaseMs: number;
  /** Extends the lease. False: the session is over, and with it all that it held; register again. */
  renew(): Promise<boolean>;
  /** Ends the session at once, and its controllership. */
  end(): Promise<void>;
}

export type RegisterResult =
  | { readonly outcome: 'registered'; readonly session: BrokerSession; readonly at: MetadataVersion }
  | { readonly outcome: 'conflict'; readonly newest: MetadataVersion }
  /** A session of the same broker id is alive: two brokers were given one id. */
  | { readonly outcome: 'duplicate'; readonly brokerEpoch: number };

export interface Controller {
  readonly brokerId: number;
  readonly controllerEpoch: number;
}

/** Something may have changed. Hints can be lost or doubled; what is true is read. */
export type CoordinationHint = 'metadata' | 'sessions' | 'controller';

export interface Coordination {
  /** A random id of this chain; a chain that was lost and built again has another. */
  readonly generation: string;

  /** The newest version. */
  newest(): Promise<MetadataVersion>;
  /** Everything after a version that the caller has applied; `FIRST_VERSION` for a caller that has nothing. */
  read(after: MetadataVersion): Promise<ReadResult>;
  /** Adds one version, if `expected` is the newest one and `controllerEpoch` the newest epoch. */
  commit(change: {
    readonly expected: MetadataVersion;
    readonly controllerEpoch: number;
    readonly records: readonly JsonValue[];
  }): Promise<CommitResult>;
  /**
   * Says that `state` is the result of everything up to a version, which need not be the newest: readers that
   * are further behind get it instead of entries. A version that is not in the chain, or older than the
   * snapshot there is, is ignored.
   */
  saveSnapshot(snapshot: MetadataSnapshot): Promise<void>;

  /**
   * Opens a broker's session and commits its registration in one step, if `expected` is the newest version.
   * `records` are made for the broker epoch that the registration gets: the version after `expected`.
   */
  registerBroker(registration: {
    readonly expected: MetadataVersion;
    readonly brokerId: number;
    readonly leaseMs: number;
    readonly records: readonly JsonValue[];
  }): Promise<RegisterResult>;
  /** The ids of the brokers whose session is alive, in ascending order. */
  liveBrokers(): Promise<readonly number[]>;

  /** Becomes controller when no live session is; returns who is then. A claim by the controller changes nothing. */
  claimController(session: BrokerSession): Promise<Controller>;
  /** Who is controller, if any live session is. */
  controller(): Promise<Controller | undefined>;

  /** Calls `listener` with hints until the returned function is called. */
  subscribe(listener: (hint: CoordinationHint) => void): () => void;
  /** Ends the sessions opened through this object and gives up its resources. Idempotent. */
  close(): Promise<void>;
}
