/**
 * The way into a cluster: one object per program makes its producers, consumers and admins, which share what is
 * known of the cluster. Nothing connects before something is asked for.
 */
import { TidelogError } from '@tidelog/record/errors';
import { abortedError, isAborted, untilAborted, type WaitOptions } from './abortable.ts';
import { Admin } from './admin/admin.ts';
import { resolveClientOptions, type ClientOptions, type ClientSettings } from './client-options.ts';
import { ClusterMetadata } from './cluster-metadata.ts';
import { Consumer } from './consumer/consumer.ts';
import { resolveConsumerOptions, type ConsumerOptions } from './consumer/consumer-options.ts';
import { Producer } from './producer/producer.ts';
import { resolveProducerOptions, type ProducerOptions } from './producer/producer-options.ts';
import type { Bytes } from './serializers.ts';

/** What `close` closes before the connections. */
interface Closable {
  close(options?: WaitOptions): Promise<void>;
}

/** A Tidelog cluster as one program sees it. */
export class Tidelog implements AsyncDisposable {
  readonly #settings: ClientSettings;
  readonly #metadata: ClusterMetadata;
  readonly #children = new Set<Closable>();
  #closing: Promise<void> | undefined;

  /** Throws INVALID_ARGUMENT for an unknown option or a bad value. Options: docs/reference/client-options.md. */
  constructor(options: ClientOptions) {
    this.#settings = resolveClientOptions(options);
    this.#metadata = new ClusterMetadata(this.#settings);
  }

  /**
   * Checks that a broker can be reached; nothing needs it. Rejects with CONNECTION_FAILED, which names every
   * address and why it failed, or ABORTED.
   */
  async connect(options: WaitOptions = {}): Promise<void> {
    this.#requireOpen();
    if (isAborted(options.signal)) throw abortedError('connect', options.signal);
    await untilAborted(this.#metadata.refresh(), 'connect', options.signal);
  }

  /**
   * A producer. Records are typed by the serializers: without one, keys and values are strings or Uint8Arrays.
   * Throws INVALID_ARGUMENT for an unknown option or a bad value.
   */
  producer<K = Bytes, V = Bytes>(options: ProducerOptions<K, V> = {}): Producer<K, V> {
    this.#requireOpen();
    const settings = resolveProducerOptions(options);
    const producer = new Producer<K, V>(this.#settings, this.#metadata, settings, () =>
      this.#children.delete(producer),
    );
    this.#children.add(producer);
    return producer;
  }

  /**
   * A consumer of all partitions of `topics`, or of what `assign()` names. Records are typed by the
   * deserializers: without one, keys and values are Buffers.
   * Throws INVALID_ARGUMENT for an unknown option or a bad value.
   */
  consumer<K = Buffer, V = Buffer>(options: ConsumerOptions<K, V> = {}): Consumer<K, V> {
    this.#requireOpen();
    const settings = resolveConsumerOptions(options);
    const consumer = new Consumer<K, V>(this.#settings, this.#metadata, settings, () =>
      this.#children.delete(consumer),
    );
    this.#children.add(consumer);
    return consumer;
  }

  /** An admin: topics, configs, offsets. */
  admin(): Admin {
    this.#requireOpen();
    const admin = new Admin(this.#settings, this.#metadata, () => this.#children.delete(admin));
    this.#children.add(admin);
    return admin;
  }

  /**
   * Closes every producer, consumer and admin of this object, then the connections. Calling it again gives the
   * same promise. Rejects with the first failure of a child's close, after all of them are closed.
   */
  close(options: WaitOptions = {}): Promise<void> {
    this.#closing ??= this.#closeOnce(options);
    return this.#closing;
  }

  /** As `close()`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #closeOnce(options: WaitOptions): Promise<void> {
    const outcomes = await Promise.allSettled([...this.#children].map((child) => child.close(options)));
    this.#metadata.close();
    const failure = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failure !== undefined) throw failure.reason;
  }

  #requireOpen(): void {
    if (this.#closing === undefined) return;
    throw new TidelogError('CLOSED', 'the client was closed; make a new Tidelog object');
  }
}
