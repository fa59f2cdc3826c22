/**
 * Produce requests to one broker: fills them from the queues that it leads, keeps at most maxInFlightRequests
 * without an answer, and stops while the socket pushes back.
 *
 * What an answer means for the batches is not decided here: the outcome of every request goes to the handlers.
 */
import type { ProduceRequestInput, wire } from '@tidelog/protocol';
import { TidelogError } from '@tidelog/record/errors';
import { BrokerLink } from '../broker-link.ts';
import type { ClientSettings } from '../client-options.ts';
import type { Connection } from '../connection.ts';
import type { Endpoint } from '../transport.ts';
import type { PartitionQueue } from './partition-queue.ts';
import type { ProducerBatch } from './producer-batch.ts';

/** One batch in a request. */
export interface SentItem {
  readonly queue: PartitionQueue;
  readonly batch: ProducerBatch;
  readonly bytes: Buffer;
}

export interface BrokerSenderOptions {
  readonly brokerId: number;
  readonly acks: 'all' | 1 | 0;
  readonly maxInFlightRequests: number;
  readonly maxRequestSizeBytes: number;
  readonly settings: ClientSettings;
}

export interface BrokerSenderHandlers {
  /** A queue that this broker does not lead (any more). */
  onForeignQueue(queue: PartitionQueue): void;
  /** The answer, one result per item in the same order; undefined for acks 0, which has none. */
  onAnswered(
    items: readonly SentItem[],
    results: readonly wire.ProducePartitionResult.$Properties[] | undefined,
  ): void;
  /** No usable answer came; the outcome of all items is unknown. */
  onUnanswered(items: readonly SentItem[], error: TidelogError): void;
  /** The broker cannot be reached at the moment. */
  onDown(error: TidelogError): void;
}

export class BrokerSender {
  readonly #options: BrokerSenderOptions;
  readonly #handlers: BrokerSenderHandlers;
  readonly #link: BrokerLink;
  /** In the order of their turns. */
  readonly #listed = new Set<PartitionQueue>();
  #inFlight = 0;
  #isDraining = false;

  constructor(endpoint: Endpoint, options: BrokerSenderOptions, handlers: BrokerSenderHandlers) {
    this.#options = options;
    this.#handlers = handlers;
    this.#link = new BrokerLink(endpoint, options.settings, {
      onOpen: () => this.drain(),
      onWritable: () => this.drain(),
      onDown: (error) => {
        handlers.onDown(error);
        if (this.#listed.size > 0) this.#link.connect();
      },
    });
  }

  /** The broker is at another address now. */
  moveTo(endpoint: Endpoint): void {
    this.#link.moveTo(endpoint);
  }

  /** Puts a queue on the list of those that have, or soon will have, something to send. */
  list(queue: PartitionQueue): void {
    this.#listed.add(queue);
  }

  /** Sends as much as may be sent now. */
  drain(): void {
    if (this.#isDraining || this.#listed.size === 0) return;
    const connection = this.#link.current;
    if (connection === undefined) {
      this.#link.connect();
      return;
    }
    this.#isDraining = true;
    try {
      while (this.#inFlight < this.#options.maxInFlightRequests && connection.canWrite) {
        const items = this.#collect(connection.maxRequestBytes);
        if (items.length === 0) break;
        this.#send(connection, items);
      }
    } finally {
      this.#isDraining = false;
    }
  }

  /** As `drain`, and puts the requests on the wire at once: for a caller at the end of a turn. */
  drainNow(): void {
    this.drain();
    this.#link.current?.flush();
  }

  close(): void {
    this.#link.close();
  }

  /** Takes one batch of each listed queue, as many as fit a request; queues with nothing to send leave the list. */
  #collect(brokerMaxBytes: number): SentItem[] {
    const nowMs = this.#options.settings.clock.monotonicMs();
    const maxBytes =
      brokerMaxBytes > 0
        ? Math.min(this.#options.maxRequestSizeBytes, brokerMaxBytes)
        : this.#options.maxRequestSizeBytes;
    const items: SentItem[] = [];
    let totalBytes = 0;
    for (const queue of this.#listed) {
      if (queue.leaderId !== this.#options.brokerId) {
        this.#listed.delete(queue);
        this.#handlers.onForeignQueue(queue);
        continue;
      }
      const batch = queue.peek(nowMs);
      if (batch === undefined) {
        this.#listed.delete(queue);
        continue;
      }
      if (totalBytes > 0 && totalBytes + batch.sizeBytes > maxBytes) break;
      totalBytes += batch.sizeBytes;
      items.push({ queue, ...queue.take(batch) });
    }
    // Queues that had their turn go behind those that had not.
    for (const { queue } of items) {
      this.#listed.delete(queue);
      this.#listed.add(queue);
    }
    return items;
  }

  #send(connection: Connection, items: readonly SentItem[]): void {
    const { acks, settings } = this.#options;
    const request: ProduceRequestInput = {
      acks: acks === 'all' ? -1 : acks,
      // The broker gives up first, so that its answer arrives before the connection is given up.
      timeoutMs: Math.max(1, Math.floor(settings.requestTimeoutMs * 0.75)),
      partitions: items.map(({ queue, bytes }) => ({
        topicId: queue.topicIdBytes,
        partition: queue.partition,
        records: bytes,
      })),
    };
    if (acks === 0) {
      this.#sendOneWay(connection, request, items);
      return;
    }
    this.#inFlight += 1;
    connection.send('PRODUCE', request).then(
      ({ partitions }) => {
        this.#inFlight -= 1;
        if (partitions.length === items.length) this.#handlers.onAnswered(items, partitions);
        else this.#handlers.onUnanswered(items, strangeAnswer(partitions.length, items.length));
        this.drain();
      },
      (thrown: unknown) => {
        this.#inFlight -= 1;
        this.#handlers.onUnanswered(items, TidelogError.from(thrown));
        this.drain();
      },
    );
  }

  #sendOneWay(connection: Connection, request: ProduceRequestInput, items: readonly SentItem[]): void {
    try {
      connection.sendOneWay('PRODUCE', request);
    } catch (thrown) {
      this.#handlers.onUnanswered(items, TidelogError.from(thrown));
      return;
    }
    this.#handlers.onAnswered(items, undefined);
  }
}

function strangeAnswer(got: number, expected: number): TidelogError {
  return new TidelogError(
    'MALFORMED_FRAME',
    `a produce answer has ${got} results for ${expected} partitions; the outcome is unknown`,
  );
}
