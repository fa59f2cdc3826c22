/**
 * Every metric of a broker: its name, its unit and where its value is kept. Counters are plain fields that hot
 * paths add to; nothing here costs more than an addition until somebody reads the metrics (prometheus.ts).
 *
 * Invariant: a name begins with `tidelog_`, ends with its unit, and a counter with `_total`; each name is
 * written once, in this file.
 */
import { REQUEST_KINDS, type RequestKind } from './requests.ts';

/** Upper bounds of the latency buckets, in seconds. */
export const LATENCY_BUCKETS_SECONDS: readonly number[] = [
  0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10,
];

/** Counts of values per bucket, cumulative only when read. */
export class Histogram {
  readonly counts: number[] = new Array<number>(LATENCY_BUCKETS_SECONDS.length + 1).fill(0);
  count = 0;
  sumSeconds = 0;

  observeMs(durationMs: number): void {
    const seconds = durationMs / 1000;
    let bucket = 0;
    while (bucket < LATENCY_BUCKETS_SECONDS.length && seconds > (LATENCY_BUCKETS_SECONDS[bucket] as number)) {
      bucket++;
    }
    (this.counts[bucket] as number)++;
    this.count++;
    this.sumSeconds += seconds;
  }
}

/** What one listener counts. The listener adds to the fields itself. */
export class ListenerMetrics {
  openConnections = 0;
  acceptedConnectionsTotal = 0;
  /** Closed at once because of maxConnections. */
  refusedConnectionsTotal = 0;
  receivedBytesTotal = 0;
  sentBytesTotal = 0;
  /** Frames that could not be decoded or were too large; each closed its connection. */
  malformedFramesTotal = 0;
  /** Connections closed because they were idle. */
  idleConnectionsClosedTotal = 0;
}

/** What the log cleaner counts. The cleaner adds to the fields itself. */
export class CleanerMetrics {
  cleaningsTotal = 0;
  failuresTotal = 0;
  readBytesTotal = 0;
  writtenBytesTotal = 0;
  removedRecordsTotal = 0;
  /** Of the logs that were looked at last. */
  maxDirtyRatio = 0;
}

/** What one request kind counts. */
export class RequestMetrics {
  readonly latency: Histogram = new Histogram();
  /** By error code; errors of the whole request only. */
  readonly errors: Map<string, number> = new Map();
  inFlight = 0;
}

export type MetricType = 'counter' | 'gauge' | 'histogram';

/** One value of a metric, or one histogram. */
export interface MetricSample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number | Histogram;
}

/** A metric as it is read: the samples are taken when `read` is called. */
export interface MetricDefinition {
  readonly name: string;
  readonly help: string;
  readonly type: MetricType;
  readonly read: () => readonly MetricSample[];
}

/** The metrics of one broker. */
export class BrokerMetrics {
  readonly requests: Readonly<Record<RequestKind, RequestMetrics>> = Object.fromEntries(
    REQUEST_KINDS.map((kind) => [kind, new RequestMetrics()]),
  ) as Record<RequestKind, RequestMetrics>;
  readonly #listeners = new Map<string, ListenerMetrics>();
  readonly #definitions: MetricDefinition[] = [];
  /** From a written batch to a durable one: the disk's share of a write with acks=1 or all. */
  readonly durableLatency: Histogram = new Histogram();
  readonly cleaner: CleanerMetrics = new CleanerMetrics();
  /** Bytes of record batches appended and given to readers. */
  producedBytesTotal = 0;
  producedBatchesTotal = 0;
  fetchedBytesTotal = 0;
  /** Handlers that failed in an unexpected way; the log has each. */
  unexpectedErrorsTotal = 0;

  constructor() {
    this.#defineRequestMetrics();
    this.#defineListenerMetrics();
    this.#defineTrafficMetrics();
    this.#defineCleanerMetrics();
  }

  /** The counters of a listener, the same object for the same name. */
  listener(name: string): ListenerMetrics {
    let metrics = this.#listeners.get(name);
    if (metrics === undefined) this.#listeners.set(name, (metrics = new ListenerMetrics()));
    return metrics;
  }

  /** Adds a metric whose value is asked for when the metrics are read. Throws when the name is taken. */
  define(definition: MetricDefinition): void {
    if (this.#definitions.some((other) => other.name === definition.name)) {
      throw new Error(`the metric ${definition.name} is defined twice`);
    }
    this.#definitions.push(definition);
  }

  /** Adds a gauge without labels. */
  gauge(name: string, help: string, read: () => number): void {
    this.define({ name, help, type: 'gauge', read: () => [{ labels: {}, value: read() }] });
  }

  /** Adds a counter without labels. */
  counter(name: string, help: string, read: () => number): void {
    this.define({ name, help, type: 'counter', read: () => [{ labels: {}, value: read() }] });
  }

  /** All metrics, in the order of their definition. */
  definitions(): readonly MetricDefinition[] {
    return this.#definitions;
  }

  #defineRequestMetrics(): void {
    const perKind = (value: (metrics: RequestMetrics) => number | Histogram) => (): MetricSample[] =>
      REQUEST_KINDS.filter(
        (kind) => this.requests[kind].latency.count + this.requests[kind].inFlight > 0,
      ).map((kind) => ({ labels: { request: kind }, value: value(this.requests[kind]) }));
    this.define({
      name: 'tidelog_request_duration_seconds',
      help: 'From dispatch to answer, waits for replicas and for new records included.',
      type: 'histogram',
      read: perKind((metrics) => metrics.latency),
    });
    this.define({
      name: 'tidelog_requests_in_flight',
      help: 'Requests that are being worked on.',
      type: 'gauge',
      read: perKind((metrics) => metrics.inFlight),
    });
    this.define({
      name: 'tidelog_request_errors_total',
      help: 'Requests that failed as a whole, by error code.',
      type: 'counter',
      read: () =>
        REQUEST_KINDS.flatMap((kind) =>
          [...this.requests[kind].errors].map(([code, value]) => ({
            labels: { request: kind, code },
            value,
          })),
        ),
    });
    this.counter(
      'tidelog_unexpected_errors_total',
      'Errors that the broker did not expect; its log has each.',
      () => this.unexpectedErrorsTotal,
    );
  }

  #defineListenerMetrics(): void {
    const perListener = (
      name: string,
      help: string,
      type: 'counter' | 'gauge',
      value: (metrics: ListenerMetrics) => number,
    ): void =>
      this.define({
        name,
        help,
        type,
        read: () =>
          [...this.#listeners].map(([listener, metrics]) => ({
            labels: { listener },
            value: value(metrics),
          })),
      });
    perListener('tidelog_connections', 'Connections open now.', 'gauge', (m) => m.openConnections);
    perListener(
      'tidelog_connections_accepted_total',
      'Connections accepted.',
      'counter',
      (m) => m.acceptedConnectionsTotal,
    );
    perListener(
      'tidelog_connections_refused_total',
      'Connections closed at once because maxConnections was reached.',
      'counter',
      (m) => m.refusedConnectionsTotal,
    );
    perListener(
      'tidelog_connections_idle_closed_total',
      'Connections closed because they were idle.',
      'counter',
      (m) => m.idleConnectionsClosedTotal,
    );
    perListener(
      'tidelog_received_bytes_total',
      'Bytes read from sockets.',
      'counter',
      (m) => m.receivedBytesTotal,
    );
    perListener('tidelog_sent_bytes_total', 'Bytes given to sockets.', 'counter', (m) => m.sentBytesTotal);
    perListener(
      'tidelog_malformed_frames_total',
      'Frames that were too large or could not be decoded.',
      'counter',
      (m) => m.malformedFramesTotal,
    );
  }

  #defineTrafficMetrics(): void {
    this.counter(
      'tidelog_produced_bytes_total',
      'Bytes of record batches appended for producers.',
      () => this.producedBytesTotal,
    );
    this.counter(
      'tidelog_produced_batches_total',
      'Record batches appended for producers.',
      () => this.producedBatchesTotal,
    );
    this.counter(
      'tidelog_fetched_bytes_total',
      'Bytes of record batches given to readers.',
      () => this.fetchedBytesTotal,
    );
  }

  #defineCleanerMetrics(): void {
    const { cleaner } = this;
    this.counter(
      'tidelog_log_cleaner_cleanings_total',
      'Compactions of a log that ended.',
      () => cleaner.cleaningsTotal,
    );
    this.counter(
      'tidelog_log_cleaner_failures_total',
      'Logs that could not be compacted; the log has each.',
      () => cleaner.failuresTotal,
    );
    this.counter(
      'tidelog_log_cleaner_read_bytes_total',
      'Bytes of batches read to compact them.',
      () => cleaner.readBytesTotal,
    );
    this.counter(
      'tidelog_log_cleaner_written_bytes_total',
      'Bytes of batches written in cleaned segments.',
      () => cleaner.writtenBytesTotal,
    );
    this.counter(
      'tidelog_log_cleaner_removed_records_total',
      'Records that compaction took out.',
      () => cleaner.removedRecordsTotal,
    );
    this.gauge(
      'tidelog_log_cleaner_max_dirty_ratio',
      'Largest part of a compacted log in use that was not compacted yet.',
      () => cleaner.maxDirtyRatio,
    );
  }
}

/** What the storage of a broker can be asked; every call is cheap. */
export interface StorageSource {
  topicCount(): number;
  partitionCount(): number;
  /** The logs that are open now. */
  openLogs(): Iterable<{ readonly sizeBytes: number; readonly isQuarantined: boolean }>;
  /** Directories whose disk failed: 0 or 1. */
  offlineDirectoryCount(): number;
  /** Partition directories that belong to no topic that the metadata knows. */
  unknownDirectoryCount(): number;
  /** Descriptors of log files. */
  openFileCount(): number;
  /** undefined while it is not known. */
  freeBytes(): number | undefined;
  commitStats(): {
    readonly fileSyncCount: number;
    readonly journalSyncCount: number;
    readonly journalBytes: number;
  };
}

/** Adds the metrics of topics, partitions, logs and the disk. */
export function defineStorageMetrics(metrics: BrokerMetrics, source: StorageSource): void {
  const openLogs = (): readonly { readonly sizeBytes: number; readonly isQuarantined: boolean }[] => [
    ...source.openLogs(),
  ];
  metrics.gauge('tidelog_topics', 'Topics of the cluster.', () => source.topicCount());
  metrics.gauge('tidelog_partitions', 'Partitions of all topics.', () => source.partitionCount());
  metrics.gauge('tidelog_open_logs', 'Logs in use since the start.', () => openLogs().length);
  metrics.gauge('tidelog_log_size_bytes', 'Bytes in the segments of the logs in use.', () =>
    openLogs().reduce((sum, log) => sum + log.sizeBytes, 0),
  );
  metrics.gauge(
    'tidelog_quarantined_partitions',
    'Logs in use of which a part is damaged.',
    () => openLogs().filter((log) => log.isQuarantined).length,
  );
  metrics.gauge('tidelog_offline_directories', 'Data directories whose disk failed.', () =>
    source.offlineDirectoryCount(),
  );
  metrics.gauge(
    'tidelog_unknown_partition_directories',
    'Partition directories that belong to no topic.',
    () => source.unknownDirectoryCount(),
  );
  metrics.gauge('tidelog_open_files', 'Descriptors of log files.', () => source.openFileCount());
  metrics.define({
    name: 'tidelog_disk_free_bytes',
    help: 'Free space of the disk of the data directory.',
    type: 'gauge',
    read: () => {
      const value = source.freeBytes();
      return value === undefined ? [] : [{ labels: {}, value }];
    },
  });
  metrics.define({
    name: 'tidelog_durable_wait_seconds',
    help: 'From a written batch to a durable one.',
    type: 'histogram',
    read: () => [{ labels: {}, value: metrics.durableLatency }],
  });
  metrics.counter(
    'tidelog_file_syncs_total',
    'Syncs of segment files that acknowledgements waited for.',
    () => source.commitStats().fileSyncCount,
  );
  metrics.counter(
    'tidelog_journal_syncs_total',
    'Syncs of the shared journal, each for a group of batches.',
    () => source.commitStats().journalSyncCount,
  );
  metrics.counter(
    'tidelog_journal_written_bytes_total',
    'Bytes written to the shared journal.',
    () => source.commitStats().journalBytes,
  );
}

/** What the coordinator of groups can be asked; every call is cheap. */
export interface GroupSource {
  readonly counts: {
    readonly writtenRecords: number;
    readonly writtenBatches: number;
    readonly loads: number;
    readonly failures: number;
  };
  readonly shards: ReadonlyMap<number, { readonly isActive: boolean; readonly waitingCount: number }>;
}

/** Adds the metrics of the group coordinator. */
export function defineGroupMetrics(metrics: BrokerMetrics, source: GroupSource): void {
  const shards = (): readonly { readonly isActive: boolean; readonly waitingCount: number }[] => [
    ...source.shards.values(),
  ];
  metrics.gauge(
    'tidelog_group_partitions',
    'Partitions of the offsets topic whose groups are served here.',
    () => shards().filter(({ isActive }) => isActive).length,
  );
  metrics.gauge(
    'tidelog_group_partitions_unavailable',
    'Partitions of the offsets topic whose groups are still loading, or could not be loaded.',
    () => shards().filter(({ isActive }) => !isActive).length,
  );
  metrics.gauge('tidelog_group_requests_waiting', 'Requests of members that wait for other members.', () =>
    shards().reduce((sum, { waitingCount }) => sum + waitingCount, 0),
  );
  metrics.counter(
    'tidelog_group_records_total',
    'Records written to the offsets topic.',
    () => source.counts.writtenRecords,
  );
  metrics.counter(
    'tidelog_group_batches_total',
    'Batches written to the offsets topic.',
    () => source.counts.writtenBatches,
  );
  metrics.counter(
    'tidelog_group_loads_total',
    'Partitions of the offsets topic that were loaded.',
    () => source.counts.loads,
  );
  metrics.counter(
    'tidelog_group_failures_total',
    'Loads of groups, and writes of their changes, that failed.',
    () => source.counts.failures,
  );
}
