/**
 * Puts a broker together, in this order: data directory, identity and metadata, partitions, groups, topics, listeners. What
 * fails on the way closes everything that was opened before it.
 *
 * Closing goes the other way: no new connections, requests in flight finish, long polls end, logs and directory are
 * closed cleanly, a temporary data directory is removed.
 *
 * As a library it does nothing to its process: no signal handlers, no exit, no output, no shared metrics registry,
 * no timer that keeps the process alive.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { LogDirectory, nodeFileSystem, silentLogger, systemClock } from '@tidelog/log';
import type { Clock, FileSystem, Logger } from '@tidelog/log';
import { TidelogError } from '@tidelog/record/errors';
import type { Broker, BrokerStatus } from './broker.ts';
import type { AdvertisedAddress, BrokerCore } from './broker-core.ts';
import { ClientRegistry } from './client-registry.ts';
import { CloseStack } from './close-stack.ts';
import { EmbeddedCoordination } from './coordination/embedded-coordination.ts';
import { SessionKeeper } from './coordination/session-keeper.ts';
import { GroupCoordinator } from './groups/group-coordinator.ts';
import { groupConfigOf } from './groups/group-options.ts';
import { createTopicCommand } from './handlers/topic-changes.ts';
import { ConnectionTable } from './listeners/connection-table.ts';
import { formatAddress } from './listeners/listener.ts';
import { startNativeListener } from './listeners/native/native-listener.ts';
import { MetadataStore } from './metadata/metadata-store.ts';
import { MemoryBudget } from './memory-budget.ts';
import { BrokerMetrics, defineGroupMetrics, defineStorageMetrics } from './metrics.ts';
import { resolveBrokerOptions, topicDefaultsOf, toTopicConfigs } from './options.ts';
import type { BrokerOptions, StartBrokerOptions, TopicSetting } from './options.ts';
import { Partitions } from './partitions/partitions.ts';
import { LogCleaner } from './partitions/log-cleaner.ts';
import { Retention } from './partitions/retention.ts';
import { ProducerIds, randomProducerIdPrefix } from './producer-ids.ts';
import { createMetricsPage } from './prometheus.ts';
import type { MetricsPage } from './prometheus.ts';
import { systemRandom } from './random.ts';
import type { Random } from './random.ts';
import { createRouter } from './router.ts';
import type { Router } from './router.ts';
import { BROKER_VERSION } from './version.ts';

const NATIVE = 'native';
const KAFKA = 'kafka';
const LEASE_MS = 10_000;
const WILDCARD_HOSTS: ReadonlySet<string> = new Set(['0.0.0.0', '::', '[::]']);

/** A running broker with its insides, for tests and tools of this package. */
export interface LaunchedBroker {
  readonly broker: Broker;
  readonly core: BrokerCore;
  readonly router: Router;
}

/** As `startBroker`. */
export async function launchBroker(input?: StartBrokerOptions): Promise<LaunchedBroker> {
  const options = resolveBrokerOptions(input);
  const launch = new Launch(options);
  try {
    return await launch.run();
  } catch (error) {
    await launch.stack.close(launch.logger).catch(() => undefined);
    throw error;
  }
}

/** Creates the topics that are missing. Throws what the first refusal says. */
export async function createMissingTopics(
  core: BrokerCore,
  topics: Readonly<Record<string, TopicSetting>>,
): Promise<void> {
  for (const [topic, setting] of Object.entries(topics)) {
    if (core.metadata.view.topicNamed(topic) !== undefined) continue;
    const { partitions = 0, configs } = typeof setting === 'number' ? { partitions: setting } : setting;
    const refusal = await core.metadata.execute(
      createTopicCommand(core, {
        topic,
        partitionCount: partitions,
        replicationFactor: 0,
        configs: toTopicConfigs(configs),
      }),
    );
    if (refusal !== undefined && refusal.code !== 'TOPIC_ALREADY_EXISTS') throw refusal;
  }
}

class Launch {
  readonly stack: CloseStack = new CloseStack();
  readonly logger: Logger;
  readonly #options: BrokerOptions;
  readonly #fileSystem: FileSystem;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #metrics = new BrokerMetrics();
  readonly #clients: ClientRegistry;
  readonly #metricsPage: MetricsPage = createMetricsPage(this.#metrics);
  readonly #closing = new AbortController();
  readonly #advertised = new Map<string, AdvertisedAddress>();
  #phase: BrokerStatus['phase'] = 'starting';

  constructor(options: BrokerOptions) {
    this.#options = options;
    this.logger = options.logger ?? silentLogger;
    this.#fileSystem = options.environment.fileSystem ?? nodeFileSystem;
    this.#clock = options.environment.clock ?? systemClock;
    this.#random = options.environment.random ?? systemRandom;
    this.#clients = new ClientRegistry({ clock: this.#clock });
  }

  async run(): Promise<LaunchedBroker> {
    const options = this.#options;
    const topicDefaults = topicDefaultsOf(options);
    this.#checkNotAborted();
    const dataDir = options.dataDir ?? (await this.#temporaryDirectory());
    const logDirectory = await this.#openLogDirectory(dataDir);
    const metadata = await this.#openMetadata(dataDir, logDirectory);
    const { partitions, producerIds } = this.#openPartitions({ metadata, logDirectory, topicDefaults });
    const groups = this.#startGroups(metadata, partitions);
    const core: BrokerCore = {
      brokerId: options.brokerId,
      clusterId: logDirectory.clusterId,
      brokerVersion: BROKER_VERSION,
      startedAtMs: this.#clock.nowMs(),
      dataDir,
      options,
      topicDefaults,
      metadata,
      partitions,
      producerIds,
      groups,
      advertised: this.#advertised,
      metrics: this.#metrics,
      clients: this.#clients,
      clock: this.#clock,
      random: this.#random,
      logger: this.logger,
      closing: this.#closing.signal,
      fetchTurn: { value: 0 },
      produceRowsInFlight: { value: 0 },
      fetchRowsWaiting: { value: 0 },
      fetchMemory: new MemoryBudget({ maxBytes: options.maxInFlightBytes }),
      lookupMemory: new MemoryBudget({ maxBytes: options.maxInFlightBytes }),
    };
    this.#checkNotAborted();
    await createMissingTopics(core, options.topics);
    const status = (): BrokerStatus => this.#status(core, { dataDir, logDirectory });
    const httpUrl = await this.#openHttpListener(status);
    const router = createRouter(core);
    await this.#openListeners(router, groups);
    this.#checkNotAborted();
    this.#phase = 'ready';
    const broker = this.#broker({ core, dataDir, httpUrl, status });
    this.logger.info({ ...status(), brokers: broker.brokers, httpUrl }, 'the broker is ready');
    return { broker, core, router };
  }

  async #temporaryDirectory(): Promise<string> {
    const dir = await mkdtemp(join(tmpdir(), 'tidelog-'));
    this.stack.add('the temporary data directory', () => rm(dir, { recursive: true, force: true }));
    return dir;
  }

  async #openLogDirectory(dir: string): Promise<LogDirectory> {
    const { brokerId, durability, maxOpenFiles, minFreeBytes, environment } = this.#options;
    const logDirectory = await LogDirectory.open({
      dir,
      nodeId: brokerId,
      fileSystem: this.#fileSystem,
      clock: this.#clock,
      logger: this.logger,
      durability,
      maxOpenFiles,
      minFreeBytes,
      bootId: environment.bootId,
      randomBytes: (sizeBytes) => this.#random.bytes(sizeBytes),
    });
    this.stack.add('the data directory', () => logDirectory.close());
    this.#checkNotAborted();
    return logDirectory;
  }

  async #openMetadata(dataDir: string, logDirectory: LogDirectory): Promise<MetadataStore> {
    const { brokerId, rack } = this.#options;
    const fileSystem = this.#fileSystem;
    const clock = this.#clock;
    const random = this.#random;
    const coordination = await EmbeddedCoordination.open({ dataDir, fileSystem, clock, random });
    this.stack.add('the coordination', () => coordination.close());
    const metadata = await MetadataStore.open({ coordination, logger: this.logger });
    checkClusterId(metadata.view.clusterId, logDirectory.clusterId, dataDir);
    const session = await metadata.registerBroker({ brokerId, rack, leaseMs: LEASE_MS });
    const keeper = new SessionKeeper({ session, clock, logger: this.logger });
    this.stack.add('the session', () => keeper.end());
    await metadata.claimController(session);
    const refusal = await metadata.execute({
      type: 'registerCluster',
      clusterId: logDirectory.clusterId,
      producerIdPrefix: randomProducerIdPrefix(random),
    });
    if (refusal !== undefined) throw refusal;
    return metadata;
  }

  #openPartitions(parts: {
    metadata: MetadataStore;
    logDirectory: LogDirectory;
    topicDefaults: ReadonlyMap<string, string>;
  }): { partitions: Partitions; producerIds: ProducerIds } {
    const { metadata, logDirectory } = parts;
    const { brokerId, maxPartitions, retentionCheckIntervalMs: intervalMs } = this.#options;
    const clock = this.#clock;
    const logger = this.logger;
    const { durableLatency } = this.#metrics;
    const partitions = new Partitions({ brokerId, clock, logger, durableLatency, ...parts });
    this.stack.add('the partitions', () => partitions.close());
    partitions.reconcile();
    const retention = new Retention({ partitions, clock, logger, intervalMs });
    this.stack.add('the retention', () => retention.stop());
    const cleaner = new LogCleaner({
      partitions,
      clock,
      logger,
      metrics: this.#metrics.cleaner,
      backoffMs: this.#options.cleanerBackoffMs,
      dedupeBufferBytes: this.#options.cleanerDedupeBufferBytes,
      ioMaxBytesPerSecond: this.#options.cleanerIoMaxBytesPerSecond,
    });
    this.stack.add('the log cleaner', () => cleaner.stop());
    defineStorageMetrics(this.#metrics, {
      topicCount: () => metadata.view.topics.size,
      partitionCount: () => metadata.view.partitionCount,
      openLogs: () => [...partitions.made()].flatMap(({ openedLog }) => openedLog ?? []),
      offlineDirectoryCount: () => (logDirectory.offline === undefined ? 0 : 1),
      unknownDirectoryCount: () => partitions.unknownCount,
      openFileCount: () => logDirectory.openFileCount,
      freeBytes: () => logDirectory.freeBytes,
      commitStats: () => logDirectory.commitStats,
    });
    const random = this.#random;
    const producerIds = new ProducerIds({ brokerId, metadata, partitions, random, clock, maxPartitions });
    return { partitions, producerIds };
  }

  #startGroups(metadata: MetadataStore, partitions: Partitions): GroupCoordinator {
    const options = this.#options;
    const groups = new GroupCoordinator({
      metadata,
      partitions,
      clock: this.#clock,
      random: this.#random,
      logger: this.logger,
      config: groupConfigOf(options),
      topic: {
        partitionCount: options.offsetsTopicPartitions,
        segmentBytes: options.offsetsTopicSegmentBytes,
        maxPartitions: options.maxPartitions,
      },
      // With its engine of regular expressions, only where there are groups.
      machine: async () => (await import('./groups/kafka-groups.ts')).KAFKA_GROUPS,
    });
    this.stack.add('the group coordinator', () => groups.close());
    defineGroupMetrics(this.#metrics, groups);
    groups.start();
    return groups;
  }

  async #openHttpListener(status: () => BrokerStatus): Promise<string | undefined> {
    const { http, host } = this.#options;
    if (http === false) return undefined;
    const { startHttpListener } = await import('./listeners/http/http-listener.ts');
    const listener = await startHttpListener({
      host: http.host ?? host,
      port: http.port,
      health: { isReady: () => this.#phase === 'ready', describe: () => ({ ...status() }) },
      metricsPage: this.#metricsPage,
      metrics: this.#metrics.listener('http'),
      clock: this.#clock,
      logger: this.logger,
    });
    this.stack.add('the HTTP listener', () => listener.close());
    return `http://${formatAddress({ host: reachableHost(http.host ?? host), port: listener.port })}`;
  }

  /** Opens those that clients send their requests to. */
  async #openListeners(router: Router, groups: GroupCoordinator): Promise<void> {
    const table = new ConnectionTable({
      limits: this.#options,
      clock: this.#clock,
      logger: this.logger,
      clients: this.#clients,
    });
    await this.#openNativeListener(router, table);
    await this.#openKafkaListener(router, table);
    // The last to be added and so the first to happen: whoever waits for records gets an answer.
    this.stack.add('the long polls', () => {
      this.#phase = 'closing';
      this.#closing.abort();
      groups.beginClosing();
      return Promise.resolve();
    });
  }

  async #openNativeListener(router: Router, table: ConnectionTable): Promise<void> {
    const { host, port, advertisedHost, advertisedPort, closeTimeoutMs } = this.#options;
    const metrics = this.#metrics.listener(NATIVE);
    const listener = await startNativeListener({ name: NATIVE, host, port, table, router, metrics });
    this.stack.add('the native listener', () => listener.close({ graceMs: closeTimeoutMs }));
    this.#advertised.set(NATIVE, {
      host: advertisedHost ?? reachableHost(host),
      port: advertisedPort ?? listener.port,
    });
  }

  async #openKafkaListener(router: Router, table: ConnectionTable): Promise<void> {
    const { kafka, closeTimeoutMs, advertisedHost } = this.#options;
    if (kafka === false) return;
    const host = kafka.host ?? this.#options.host;
    const { startKafkaListener } = await import('./listeners/kafka/kafka-listener.ts');
    const metrics = this.#metrics.listener(KAFKA);
    const listener = await startKafkaListener({
      name: KAFKA,
      host,
      port: kafka.port,
      table,
      router,
      metrics,
    });
    this.stack.add('the Kafka listener', () => listener.close({ graceMs: closeTimeoutMs }));
    this.#advertised.set(KAFKA, {
      host: kafka.advertisedHost ?? advertisedHost ?? reachableHost(host),
      port: kafka.advertisedPort ?? listener.port,
    });
  }

  #status(
    core: BrokerCore,
    { dataDir, logDirectory }: { dataDir: string; logDirectory: LogDirectory },
  ): BrokerStatus {
    const { offline } = logDirectory;
    return {
      brokerId: core.brokerId,
      clusterId: core.clusterId,
      version: core.brokerVersion,
      dataDir,
      phase: this.#phase,
      topicCount: core.metadata.view.topics.size,
      partitionCount: core.metadata.view.partitionCount,
      ...(offline === undefined ? {} : { offline: offline.message }),
    };
  }

  #broker(parts: {
    core: BrokerCore;
    dataDir: string;
    httpUrl: string | undefined;
    status: () => BrokerStatus;
  }): Broker {
    const { core, dataDir, httpUrl, status } = parts;
    const { signal } = this.#options;
    const closeOnAbort = (): void => {
      // Failures are in the log; whoever wants to know them calls close.
      close().catch(() => undefined);
    };
    const close = (): Promise<void> => {
      signal?.removeEventListener('abort', closeOnAbort);
      return this.stack.close(this.logger);
    };
    signal?.addEventListener('abort', closeOnAbort);
    return {
      brokers: this.#addressesOf(NATIVE),
      kafkaBrokers: this.#addressesOf(KAFKA),
      ...(httpUrl === undefined ? {} : { httpUrl }),
      brokerId: core.brokerId,
      clusterId: core.clusterId,
      dataDir,
      status,
      metrics: () => this.#metricsPage.render(),
      close,
      [Symbol.asyncDispose]: close,
    };
  }

  #addressesOf(listener: string): string[] {
    const address = this.#advertised.get(listener);
    return address === undefined ? [] : [formatAddress(address)];
  }

  #checkNotAborted(): void {
    const { signal } = this.#options;
    if (signal?.aborted !== true) return;
    throw new TidelogError('ABORTED', 'startBroker: the signal was aborted', { cause: signal.reason });
  }
}

/** Clients cannot connect to an address that means all of a machine's. */
function reachableHost(host: string): string {
  return WILDCARD_HOSTS.has(host) ? hostname() : host;
}

function checkClusterId(inMetadata: string | undefined, inDirectory: string, dataDir: string): void {
  if (inMetadata === undefined || inMetadata === inDirectory) return;
  throw new TidelogError(
    'INCONSISTENT_CLUSTER_ID',
    `${dataDir}: meta.properties names the cluster ${inDirectory}, the metadata the cluster ${inMetadata}; restore both from one backup`,
  );
}
