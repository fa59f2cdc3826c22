/** The request that asks a broker how it is and who is connected to it; see requests.ts. */

/** Of the broker that is asked. */
export type DescribeBrokerRequest = Readonly<Record<string, never>>;

/** A listener, at the address that clients are told. */
export interface ListenerInfo {
  readonly name: string;
  readonly host: string;
  readonly port: number;
}

export interface StorageInfo {
  readonly dataDir: string;
  /** The default of its topics. */
  readonly durability: 'fsync' | 'page-cache';
  /** −1: not known. */
  readonly freeBytes: number;
  /** Why nothing more can be written; empty while that is not so. */
  readonly offline: string;
}

/** A partition whose files cannot give everything they should. */
export interface PartitionProblem {
  readonly topic: string;
  readonly partition: number;
  readonly message: string;
}

/** How often a version of an api was asked for on a connection. */
export interface ApiUse {
  readonly api: string;
  /** Of the api on the Kafka listener, of the protocol on the native one. */
  readonly version: number;
  readonly requestCount: number;
}

export interface ConnectedClientInfo {
  readonly connectionId: string;
  readonly listener: string;
  /** The client's address without its port. */
  readonly host: string;
  /** As the client names itself; empty when it does not. */
  readonly clientId: string;
  readonly softwareName: string;
  readonly softwareVersion: string;
  readonly connectedAtMs: number;
  readonly requestCount: number;
  readonly apis: readonly ApiUse[];
}

/** What clients of one kind asked for and this broker does not have. */
export interface UnsupportedRequest {
  readonly listener: string;
  /** Of the client that asked last. */
  readonly host: string;
  readonly clientId: string;
  readonly softwareName: string;
  readonly softwareVersion: string;
  /** The api, and its version where that is what is missing. */
  readonly request: string;
  readonly reason: string;
  readonly requestCount: number;
  readonly firstAtMs: number;
  readonly lastAtMs: number;
}

export interface DescribeBrokerResponse {
  readonly brokerId: number;
  readonly clusterId: string;
  readonly brokerVersion: string;
  readonly startedAtMs: number;
  /** The broker's clock. */
  readonly nowMs: number;
  readonly listeners: readonly ListenerInfo[];
  readonly storage: StorageInfo;
  readonly topicCount: number;
  readonly partitionCount: number;
  /** Of partitions that were used since the start; at most 1,000. */
  readonly problems: readonly PartitionProblem[];
  readonly clients: readonly ConnectedClientInfo[];
  readonly unsupported: readonly UnsupportedRequest[];
  /** How often a kind of unsupported request had to make place for another. */
  readonly forgottenUnsupportedCount: number;
}

export interface BrokerRequests {
  describeBroker: { request: DescribeBrokerRequest; response: DescribeBrokerResponse };
}
