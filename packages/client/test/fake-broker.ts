/**
 * A broker in memory over the native protocol: enough of one to test a client against, with a hook to fail,
 * delay or change any answer. Several brokers can share one `FakeCluster`.
 */
import {
  decodeRequestBody,
  decodeRequestHeader,
  apiNameOf,
  encodeErrorResponse,
  encodeResponse,
  FrameDecoder,
  fromSafeNumber,
  toSafeNumber,
  topicIdFromBytes,
  topicIdToBytes,
  type ApiName,
  type RequestBodies,
  type ResponseInputs,
} from '@tidelog/protocol';
import { errorNumber, TidelogError, type ErrorCode } from '@tidelog/record/errors';
import { FakeGroups } from './fake-groups.ts';
import { FakeLog } from './fake-log.ts';
import type { FakeNetwork, FakeServer, ServerSocket } from './fake-network.ts';

export interface FakeTopic {
  readonly name: string;
  readonly topicId: string;
  readonly partitions: FakeLog[];
  /** By partition. */
  leaderIds: number[];
  leaderEpochs: number[];
}

/** What a hook may do with a request: an error for the whole request, silence, or a broken connection. */
export type HookVerdict = 'handle' | 'drop' | 'disconnect' | 'handle-then-disconnect' | ErrorCode;
export type RequestHook = (api: ApiName, body: object, brokerId: number) => HookVerdict | undefined;
/** Changes the outcome of one partition of a produce: an error before or after the append. */
export type ProduceHook = (at: {
  readonly topic: string;
  readonly partition: number;
  readonly records: Buffer;
}) => { readonly code: ErrorCode; readonly isAppended?: boolean } | undefined;

/** Answers a request that the fake broker has no rules for; throws a TidelogError for the whole request. */
export type RequestHandler<A extends ApiName> = (
  body: RequestBodies[A],
  brokerId: number,
) => ResponseInputs[A];

/** A topic id for the n-th topic. */
function topicIdOf(number: number): string {
  const bytes = Buffer.alloc(16, 1);
  bytes.writeUInt32BE(number, 0);
  return topicIdFromBytes(bytes);
}

/** Topics and logs that one or more fake brokers serve. */
export class FakeCluster {
  readonly network: FakeNetwork;
  readonly topics = new Map<string, FakeTopic>();
  readonly brokers = new Map<number, string>();
  readonly requests: ApiName[] = [];
  readonly groups = new FakeGroups(this);
  /** Answers of single apis, before the broker's own rules. */
  readonly handlers: { [A in ApiName]?: RequestHandler<A> } = {};
  onRequest: RequestHook | undefined;
  onProduce: ProduceHook | undefined;
  autoCreatePartitions = 0;
  nextProducerId = 1_000;
  readonly #parkedFetches = new Set<() => void>();
  #topicCount = 0;

  constructor(network: FakeNetwork, brokerIds: readonly number[] = [1]) {
    this.network = network;
    for (const brokerId of brokerIds) this.startBroker(brokerId);
  }

  /** The addresses for `new Tidelog({ brokers })`. */
  get addresses(): string[] {
    return [...this.brokers.values()];
  }

  startBroker(brokerId: number): void {
    const address = `broker-${brokerId}:7650`;
    this.brokers.set(brokerId, address);
    this.network.listen(address, serverOf(this, brokerId));
  }

  stopBroker(brokerId: number): void {
    this.network.stop(this.brokers.get(brokerId) as string);
  }

  createTopic(name: string, partitionCount = 1): FakeTopic {
    const [leaderId = 1] = this.brokers.keys();
    const topic: FakeTopic = {
      name,
      topicId: topicIdOf(++this.#topicCount),
      partitions: Array.from({ length: partitionCount }, () => new FakeLog()),
      leaderIds: Array.from({ length: partitionCount }, () => leaderId),
      leaderEpochs: Array.from({ length: partitionCount }, () => 0),
    };
    this.topics.set(name, topic);
    return topic;
  }

  /** The topic is gone, and its id with it. */
  deleteTopic(name: string): void {
    this.topics.delete(name);
    this.wakeFetches();
  }

  addPartition(topic: FakeTopic): void {
    topic.partitions.push(new FakeLog());
    topic.leaderIds.push(topic.leaderIds[0] as number);
    topic.leaderEpochs.push(0);
  }

  moveLeader(topic: FakeTopic, partition: number, leaderId: number): void {
    topic.leaderIds[partition] = leaderId;
    topic.leaderEpochs[partition] = (topic.leaderEpochs[partition] as number) + 1;
  }

  log(topic: string, partition = 0): FakeLog {
    return this.topics.get(topic)?.partitions[partition] as FakeLog;
  }

  topicById(topicId: string): FakeTopic | undefined {
    return [...this.topics.values()].find((topic) => topic.topicId === topicId);
  }

  /** Answers the fetches that wait for records. */
  wakeFetches(): void {
    for (const wake of [...this.#parkedFetches]) wake();
  }

  parkFetch(wake: () => void): void {
    this.#parkedFetches.add(wake);
  }

  unparkFetch(wake: () => void): void {
    this.#parkedFetches.delete(wake);
  }
}

function serverOf(cluster: FakeCluster, brokerId: number): FakeServer {
  return (socket) => {
    const decoder = new FrameDecoder({ maxFrameBytes: 100_000_000 });
    const state = { isOpen: true };
    return {
      onData(chunk) {
        decoder.push(chunk);
        for (let frame = decoder.next(); frame !== undefined; frame = decoder.next()) {
          serve(cluster, brokerId, socket, state, frame);
        }
      },
      onClose() {
        state.isOpen = false;
      },
    };
  };
}

function serve(
  cluster: FakeCluster,
  brokerId: number,
  socket: ServerSocket,
  state: { isOpen: boolean },
  frame: Buffer,
): void {
  const { api: number, correlationId, body: bytes } = decodeRequestHeader(frame);
  const api = apiNameOf(number) as ApiName;
  const body = decodeRequestBody(api, bytes);
  cluster.requests.push(api);
  const verdict = cluster.onRequest?.(api, body, brokerId) ?? 'handle';
  if (verdict === 'drop') return;
  if (verdict === 'disconnect') {
    socket.destroy();
    return;
  }
  if (verdict !== 'handle' && verdict !== 'handle-then-disconnect') {
    socket.write(encodeErrorResponse(correlationId, verdict, `hook says ${verdict}`));
    return;
  }
  const reply = (response: ResponseInputs[ApiName]): void => {
    if (state.isOpen) socket.write(encodeResponse(correlationId, api, response));
  };
  if (api === 'PRODUCE') {
    const request = body as RequestBodies['PRODUCE'];
    const response = produce(cluster, brokerId, request);
    if (verdict === 'handle-then-disconnect') socket.destroy();
    else if (request.acks !== 0) reply(response);
    cluster.wakeFetches();
    return;
  }
  if (verdict === 'handle-then-disconnect') {
    socket.destroy();
  } else if (api === 'FETCH') {
    fetch(cluster, brokerId, body as RequestBodies['FETCH'], reply);
  } else {
    try {
      reply(answer(cluster, brokerId, api, body));
    } catch (thrown) {
      if (!(thrown instanceof TidelogError)) throw thrown;
      socket.write(encodeErrorResponse(correlationId, thrown.code, thrown.message));
    }
  }
}

function answer(
  cluster: FakeCluster,
  brokerId: number,
  api: ApiName,
  body: RequestBodies[ApiName],
): ResponseInputs[ApiName] {
  const handler = cluster.handlers[api] as RequestHandler<ApiName> | undefined;
  if (handler !== undefined) return handler(body, brokerId);
  switch (api) {
    case 'HELLO':
      return { protocolVersion: 1, clusterId: 'fake', brokerId, brokerVersion: '0', maxRequestBytes: 0 };
    case 'METADATA':
      return metadata(cluster, body as RequestBodies['METADATA']);
    case 'INIT_PRODUCER_ID':
      return { producerId: fromSafeNumber(cluster.nextProducerId++), producerEpoch: 0 };
    case 'LIST_OFFSETS':
      return listOffsets(cluster, body as RequestBodies['LIST_OFFSETS']);
    case 'FIND_COORDINATOR':
      return cluster.groups.findCoordinator(body as RequestBodies['FIND_COORDINATOR']);
    case 'CONSUMER_GROUP_HEARTBEAT':
      return cluster.groups.heartbeat(brokerId, body as RequestBodies['CONSUMER_GROUP_HEARTBEAT']);
    case 'OFFSET_COMMIT':
      return cluster.groups.commit(brokerId, body as RequestBodies['OFFSET_COMMIT']);
    case 'OFFSET_FETCH':
      return cluster.groups.fetchOffsets(brokerId, body as RequestBodies['OFFSET_FETCH']);
    default:
      throw new Error(`the fake broker does not serve ${api}`);
  }
}

function metadata(cluster: FakeCluster, request: RequestBodies['METADATA']): ResponseInputs['METADATA'] {
  const ids = new Set(request.topicIds.map((bytes) => topicIdFromBytes(bytes)));
  const named = [...cluster.topics.values()]
    .filter(({ topicId }) => ids.has(topicId))
    .map(({ name }) => name);
  const names = request.allTopics ? [...cluster.topics.keys()] : [...request.topicNames, ...named];
  return {
    clusterId: 'fake',
    controllerId: 1,
    brokers: [...cluster.brokers].map(([brokerId, address]) => {
      const [host = '', port] = address.split(':');
      return { brokerId, host, port: Number(port) };
    }),
    topics: names.map((name) => {
      if (request.allowAutoTopicCreation && cluster.autoCreatePartitions > 0 && !cluster.topics.has(name)) {
        cluster.createTopic(name, cluster.autoCreatePartitions);
      }
      const topic = cluster.topics.get(name);
      if (topic === undefined) {
        return { name, errorCode: errorNumber('UNKNOWN_TOPIC_OR_PARTITION'), errorMessage: 'no such topic' };
      }
      return {
        name,
        topicId: topicIdToBytes(topic.topicId),
        partitions: topic.partitions.map((_log, partition) => ({
          partition,
          leaderId: topic.leaderIds[partition] as number,
          leaderEpoch: topic.leaderEpochs[partition] as number,
        })),
      };
    }),
  };
}

/** The topic's log when this broker leads the partition; else the error that it answers. */
function logOf(
  cluster: FakeCluster,
  brokerId: number,
  at: { readonly topicId?: Uint8Array; readonly partition?: number },
): { readonly topic: FakeTopic; readonly log: FakeLog } {
  const topic = cluster.topicById(topicIdFromBytes(at.topicId ?? new Uint8Array(0)));
  if (topic === undefined) throw new TidelogError('UNKNOWN_TOPIC_ID', 'no such topic');
  const log = topic.partitions[at.partition ?? 0];
  if (log === undefined) throw new TidelogError('UNKNOWN_TOPIC_OR_PARTITION', 'no such partition');
  if (topic.leaderIds[at.partition ?? 0] !== brokerId) {
    throw new TidelogError('NOT_LEADER_OR_FOLLOWER', 'not the leader');
  }
  return { topic, log };
}

function failure(thrown: unknown): { errorCode: number; errorMessage: string } {
  const error = TidelogError.from(thrown);
  return { errorCode: errorNumber(error.code), errorMessage: error.message };
}

function produce(
  cluster: FakeCluster,
  brokerId: number,
  request: RequestBodies['PRODUCE'],
): ResponseInputs['PRODUCE'] {
  return {
    partitions: request.partitions.map((at) => {
      try {
        const { topic, log } = logOf(cluster, brokerId, at);
        const records = Buffer.from(at.records ?? new Uint8Array(0));
        const verdict = cluster.onProduce?.({ topic: topic.name, partition: at.partition ?? 0, records });
        if (verdict !== undefined && verdict.isAppended !== true)
          throw new TidelogError(verdict.code, 'hook');
        const baseOffset = log.append(records);
        if (verdict !== undefined) throw new TidelogError(verdict.code, 'hook, after the append');
        return {
          baseOffset: fromSafeNumber(baseOffset),
          logAppendTimeMs: fromSafeNumber(-1),
          logStartOffset: fromSafeNumber(log.logStartOffset),
        };
      } catch (thrown) {
        return { ...failure(thrown), baseOffset: fromSafeNumber(-1), logAppendTimeMs: fromSafeNumber(-1) };
      }
    }),
  };
}

function fetch(
  cluster: FakeCluster,
  brokerId: number,
  request: RequestBodies['FETCH'],
  reply: (response: ResponseInputs['FETCH']) => void,
): void {
  const attempt = (): { response: ResponseInputs['FETCH']; isWorthIt: boolean } => {
    let sizeBytes = 0;
    let hasError = false;
    const partitions = request.partitions.map((at) => {
      const place = { topicId: at.topicId ?? new Uint8Array(0), partition: at.partition ?? 0 };
      try {
        const { log } = logOf(cluster, brokerId, at);
        const offset = toSafeNumber(at.fetchOffset ?? 0);
        const records = log.read(offset, at.partitionMaxBytes ?? 0);
        sizeBytes += records.length;
        return {
          ...place,
          highWatermark: fromSafeNumber(log.nextOffset),
          lastStableOffset: fromSafeNumber(log.nextOffset),
          logStartOffset: fromSafeNumber(log.logStartOffset),
          records,
        };
      } catch (thrown) {
        hasError = true;
        return { ...place, ...failure(thrown) };
      }
    });
    return { response: { partitions }, isWorthIt: hasError || sizeBytes >= request.minBytes };
  };
  const { response, isWorthIt } = attempt();
  if (isWorthIt) {
    reply(response);
    return;
  }
  const wake = (): void => {
    const again = attempt();
    if (!again.isWorthIt) return;
    cluster.unparkFetch(wake);
    reply(again.response);
  };
  cluster.parkFetch(wake);
}

function listOffsets(
  cluster: FakeCluster,
  request: RequestBodies['LIST_OFFSETS'],
): ResponseInputs['LIST_OFFSETS'] {
  return {
    partitions: request.partitions.map((at) => {
      const topicId = at.topicId ?? new Uint8Array(0);
      const partition = at.partition ?? 0;
      const log = cluster.topicById(topicIdFromBytes(topicId))?.partitions[partition];
      if (log === undefined) {
        return { topicId, partition, ...failure(new TidelogError('UNKNOWN_TOPIC_ID', 'no such topic')) };
      }
      const found = log.offsetForTimestamp(toSafeNumber(at.timestampMs ?? 0));
      return {
        topicId,
        partition,
        offset: fromSafeNumber(found.offset),
        timestampMs: fromSafeNumber(found.timestampMs),
      };
    }),
  };
}
