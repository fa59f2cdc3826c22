/**
 * All connections of a broker, whatever their listener, and what they share: memory for requests, room for
 * responses, the end-of-turn flush, and one timer that watches over their time limits, so that a connection that
 * is idle costs nothing but its socket.
 *
 * Invariant: the timer runs only while there are connections.
 */
import type { Clock, Logger, Timer } from '@tidelog/log';
import { ClientRegistry } from '../client-registry.ts';
import { ChunkPool } from './chunk-pool.ts';
import type { ResolvedLimits } from './limits.ts';
import { OutgoingBudget, TurnFlusher } from './outgoing-queue.ts';
import { RateLimitedLog } from './rate-limited-log.ts';

/** Time limits are kept to this precision. */
const SWEEP_INTERVAL_MS = 1000;

/** What the table does with a connection. */
export interface TableEntry {
  /** Called about once a second. */
  sweep(nowMs: number): void;
  /** The memory for requests ran out, or there is some again. */
  memoryChanged(): void;
  /** True while a request of it has begun to arrive and is not read on for want of memory. */
  readonly lacksMemory: boolean;
  /** Its turn to exceed the bound, until `endRelief`. */
  relieve(): void;
}

export interface ConnectionTableOptions {
  readonly limits: ResolvedLimits;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Where the connections are noted; nowhere else unless given. */
  readonly clients?: ClientRegistry;
}

export class ConnectionTable {
  readonly limits: ResolvedLimits;
  readonly clock: Clock;
  readonly log: RateLimitedLog;
  readonly clients: ClientRegistry;
  /** The memory of requests. */
  readonly pool: ChunkPool;
  /** The memory of responses that wait for sockets. */
  readonly outgoing: OutgoingBudget;
  readonly flusher: TurnFlusher;
  readonly #entries = new Set<TableEntry>();
  #timer: Timer | undefined;
  #lastId = 0;
  /** The connection that may exceed the bound on memory; one at a time. */
  #relieved: TableEntry | undefined;
  /** The pool's relief count at the last sweep that found a shortage. */
  #shortageSince: number | undefined;

  constructor({ limits, clock, logger, clients }: ConnectionTableOptions) {
    this.limits = limits;
    this.clock = clock;
    this.clients = clients ?? new ClientRegistry({ clock });
    this.log = new RateLimitedLog({ logger, clock });
    const memoryChanged = (): void => {
      for (const entry of this.#entries) entry.memoryChanged();
    };
    this.pool = new ChunkPool({
      maxBytes: limits.maxInFlightBytes,
      onFull: () => {
        this.log.warn(
          'requests fill the memory that they may have: sockets are not read until some are done',
          {
            maxInFlightBytes: limits.maxInFlightBytes,
          },
        );
        memoryChanged();
      },
      onRoom: memoryChanged,
    });
    this.outgoing = new OutgoingBudget({ maxBytes: limits.maxInFlightBytes });
    this.flusher = new TurnFlusher(clock);
  }

  get connectionCount(): number {
    return this.#entries.size;
  }

  /** True when one more connection would be too many. */
  get isFull(): boolean {
    return this.#entries.size >= this.limits.maxConnections;
  }

  /** An id that no other connection of the broker has or had. */
  nextConnectionId(): string {
    return `c${++this.#lastId}`;
  }

  add(entry: TableEntry): void {
    this.#entries.add(entry);
    if (this.#timer === undefined) this.#startTimer();
  }

  /** The connection needs no more than its share again. */
  endRelief(entry: TableEntry): void {
    if (this.#relieved === entry) this.#relieved = undefined;
  }

  remove(entry: TableEntry): void {
    this.#entries.delete(entry);
    this.endRelief(entry);
    if (this.#entries.size > 0) return;
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  #startTimer(): void {
    this.#timer = this.clock.setTimer(SWEEP_INTERVAL_MS, () => {
      this.#timer = undefined;
      const nowMs = this.clock.monotonicMs();
      for (const entry of this.#entries) entry.sweep(nowMs);
      this.#relieveShortage();
      if (this.#entries.size > 0 && this.#timer === undefined) this.#startTimer();
    });
  }

  /**
   * Memory that lies in half-received requests only does not come back by itself. So when a shortage has lasted
   * for a whole interval, the oldest connection that suffers from it may exceed the bound with one request.
   */
  #relieveShortage(): void {
    const { isShort, reliefCount } = this.pool;
    const isLasting = isShort && this.#shortageSince === reliefCount;
    this.#shortageSince = isShort ? reliefCount : undefined;
    if (!isLasting || this.#relieved !== undefined) return;
    for (const entry of this.#entries) {
      if (!entry.lacksMemory) continue;
      this.#relieved = entry;
      entry.relieve();
      return;
    }
  }
}
