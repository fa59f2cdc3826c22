/** What a broker says of itself: `admin.describeBroker`. */
import { toSafeNumber, type ResponseBodies } from '@tidelog/protocol';

/** How often a version of an api was asked for on a connection. */
export interface ApiUse {
  readonly api: string;
  /** Of the api on the Kafka listener, of the protocol on the native one. */
  readonly version: number;
  readonly requestCount: number;
}

/** A connection of a client. */
export interface ConnectedClient {
  readonly connectionId: string;
  /** The name of the listener that it came through. */
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

/** What clients of one kind asked for and the broker does not have. */
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

export interface DescribedBroker {
  readonly brokerId: number;
  readonly clusterId: string;
  readonly brokerVersion: string;
  readonly startedAtMs: number;
  /** The broker's clock. */
  readonly nowMs: number;
  /** By the addresses that clients are told. */
  readonly listeners: readonly { readonly name: string; readonly host: string; readonly port: number }[];
  readonly dataDir: string;
  /** The default of its topics: `fsync` or `page-cache`. */
  readonly durability: string;
  /** Of the disk; −1: not known. */
  readonly freeBytes: number;
  /** Why nothing more can be written; empty while that is not so. */
  readonly offline: string;
  readonly topicCount: number;
  readonly partitionCount: number;
  /** Partitions in use whose files cannot give everything they should; at most 1,000. */
  readonly problems: readonly {
    readonly topic: string;
    readonly partition: number;
    readonly message: string;
  }[];
  readonly clients: readonly ConnectedClient[];
  /** The latest first; the broker keeps a bounded number of kinds. */
  readonly unsupported: readonly UnsupportedRequest[];
  /** How often a kind of unsupported request had to make place for another. */
  readonly forgottenUnsupportedCount: number;
}

/** The answer as plain numbers and objects. */
export function describedBroker(answer: ResponseBodies['DESCRIBE_BROKER']): DescribedBroker {
  const { brokerId, clusterId, brokerVersion, dataDir, durability, offline } = answer;
  const { topicCount, partitionCount, forgottenUnsupportedCount } = answer;
  return {
    brokerId,
    clusterId,
    brokerVersion,
    startedAtMs: toSafeNumber(answer.startedAtMs),
    nowMs: toSafeNumber(answer.nowMs),
    listeners: answer.listeners.map(({ name = '', host = '', port = 0 }) => ({ name, host, port })),
    dataDir,
    durability,
    freeBytes: toSafeNumber(answer.freeBytes),
    offline,
    topicCount,
    partitionCount,
    problems: answer.problems.map(({ topicName = '', partition = 0, message = '' }) => ({
      topic: topicName,
      partition,
      message,
    })),
    clients: answer.clients.map(connectedClient),
    unsupported: answer.unsupported.map(unsupportedRequest),
    forgottenUnsupportedCount,
  };
}

type Answer = ResponseBodies['DESCRIBE_BROKER'];

function connectedClient(row: Answer['clients'][number]): ConnectedClient {
  return {
    connectionId: row.connectionId ?? '',
    listener: row.listener ?? '',
    host: row.host ?? '',
    clientId: row.clientId ?? '',
    softwareName: row.softwareName ?? '',
    softwareVersion: row.softwareVersion ?? '',
    connectedAtMs: toSafeNumber(row.connectedAtMs ?? 0),
    requestCount: toSafeNumber(row.requestCount ?? 0),
    apis: (row.apis ?? []).map(({ api, version, requestCount }) => ({
      api: api ?? '',
      version: version ?? 0,
      requestCount: toSafeNumber(requestCount ?? 0),
    })),
  };
}

function unsupportedRequest(row: Answer['unsupported'][number]): UnsupportedRequest {
  return {
    listener: row.listener ?? '',
    host: row.host ?? '',
    clientId: row.clientId ?? '',
    softwareName: row.softwareName ?? '',
    softwareVersion: row.softwareVersion ?? '',
    request: row.request ?? '',
    reason: row.reason ?? '',
    requestCount: toSafeNumber(row.requestCount ?? 0),
    firstAtMs: toSafeNumber(row.firstAtMs ?? 0),
    lastAtMs: toSafeNumber(row.lastAtMs ?? 0),
  };
}
