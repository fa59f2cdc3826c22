/** A running broker, as its user sees it. */

/** What a broker says about itself, as plain data: for health checks and for support. */
export interface BrokerStatus {
  readonly brokerId: number;
  readonly clusterId: string;
  readonly version: string;
  readonly dataDir: string;
  /** `starting` until the listeners are open; `closing` from the first call of `close`. */
  readonly phase: 'starting' | 'ready' | 'closing';
  readonly topicCount: number;
  readonly partitionCount: number;
  /** Why the disk is offline: nothing more can be written. Absent while it is not. */
  readonly offline?: string;
}

export interface Broker extends AsyncDisposable {
  /** Where native clients connect: `['127.0.0.1:7650']`. Give it to `new Tidelog({ brokers })`. */
  readonly brokers: string[];
  /** Where Kafka clients connect; empty without a Kafka listener. */
  readonly kafkaBrokers: string[];
  /** The base of `/healthz`, `/readyz` and `/metrics`; absent without an HTTP listener. */
  readonly httpUrl?: string;
  readonly brokerId: number;
  readonly clusterId: string;
  /** The data directory; a temporary one that `close` removes when none was given. */
  readonly dataDir: string;
  status(): BrokerStatus;
  /** Every metric in the Prometheus text format, whether or not there is an HTTP listener. */
  metrics(): Promise<string>;
  /**
   * Stops accepting, lets requests in flight finish for up to `closeTimeoutMs`, closes every log cleanly and frees
   * the data directory. Idempotent: all calls share one close. Rejects when something could not be closed; the
   * rest is closed all the same.
   */
  close(): Promise<void>;
}
