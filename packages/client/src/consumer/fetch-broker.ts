/**
 * The fetches and offset lookups of one consumer at one broker: which partitions go into the next request, and
 * what comes back for each.
 *
 * A partition is in at most one request. Several requests may be on their way, so that partitions that were
 * resumed or moved need not wait behind a long poll for idle ones.
 */
import { fromSafeNumber, toSafeNumber, type RequestInputs, type wire } from '@tidelog/protocol';
import { TidelogError } from '@tidelog/record/errors';
import { BrokerLink } from '../broker-link.ts';
import type { ClientSettings } from '../client-options.ts';
import type { Connection } from '../connection.ts';
import { fetchChannel } from '../tracing.ts';
import type { Endpoint } from '../transport.ts';
import { LATEST_TIMESTAMP_MS, lookupTimestampMs } from './start-position.ts';
import type { PartitionReader } from './partition-reader.ts';

const MAX_FETCHES_IN_FLIGHT = 4;

export interface FetchLimits {
  readonly fetchMinBytes: number;
  readonly fetchMaxWaitMs: number;
  readonly fetchMaxBytes: number;
  readonly maxPartitionFetchBytes: number;
}

/** What a broker said about one partition, or that it said nothing. */
export type FetchOutcome =
  | {
      readonly kind: 'fetched';
      readonly generation: number;
      readonly fetchOffset: number;
      readonly records: Buffer;
      readonly highWatermark: number;
    }
  | { readonly kind: 'located'; readonly generation: number; readonly offset: number }
  | { readonly kind: 'refused' | 'unanswered'; readonly generation: number; readonly error: TidelogError };

export interface FetchBrokerHandlers {
  onOutcome(reader: PartitionReader, outcome: FetchOutcome): void;
  /** Outcomes were given; there may be something to do. */
  onIdle(): void;
  onDown(error: TidelogError): void;
}

/** One partition in a request. */
interface Asked {
  readonly reader: PartitionReader;
  readonly generation: number;
  readonly fetchOffset: number;
}

export class FetchBroker {
  readonly #limits: FetchLimits;
  readonly #handlers: FetchBrokerHandlers;
  readonly #link: BrokerLink;
  readonly #brokerId: number;
  #fetchesInFlight = 0;

  constructor(
    place: { readonly brokerId: number; readonly endpoint: Endpoint },
    options: { readonly settings: ClientSettings; readonly limits: FetchLimits },
    handlers: FetchBrokerHandlers,
  ) {
    this.#brokerId = place.brokerId;
    this.#limits = options.limits;
    this.#handlers = handlers;
    this.#link = new BrokerLink(place.endpoint, options.settings, {
      onOpen: () => handlers.onIdle(),
      onDown: (error) => {
        handlers.onDown(error);
        handlers.onIdle();
      },
    });
  }

  moveTo(endpoint: Endpoint): void {
    this.#link.moveTo(endpoint);
  }

  close(): void {
    this.#link.close();
  }

  /**
   * Asks for what the readers (all led by this broker, none in a request) want: offsets to start from, and
   * records up to `roomBytes`. False when it could not ask for records now.
   */
  ask(readers: readonly PartitionReader[], roomBytes: number): boolean {
    const connection = this.#link.current;
    if (connection === undefined) {
      this.#link.connect();
      return false;
    }
    const locating = readers.filter(({ state }) => state.phase === 'locating');
    if (locating.length > 0) void this.#locate(connection, locating);
    const fetching = readers.filter(({ state }) => state.phase === 'fetching');
    if (fetching.length === 0) return true;
    if (this.#fetchesInFlight >= MAX_FETCHES_IN_FLIGHT || roomBytes <= 0) return false;
    void this.#fetch(connection, fetching, roomBytes);
    return true;
  }

  async #fetch(
    connection: Connection,
    readers: readonly PartitionReader[],
    roomBytes: number,
  ): Promise<void> {
    const { fetchMaxWaitMs, fetchMinBytes, fetchMaxBytes, maxPartitionFetchBytes } = this.#limits;
    const asked = this.#mark(readers);
    this.#fetchesInFlight += 1;
    try {
      const answer = await connection.send(
        'FETCH',
        {
          maxWaitMs: fetchMaxWaitMs,
          minBytes: fetchMinBytes,
          maxBytes: Math.min(fetchMaxBytes, roomBytes),
          partitions: asked.map(({ reader, fetchOffset }) => ({
            topicId: reader.topicIdBytes,
            partition: reader.partition,
            fetchOffset: fromSafeNumber(fetchOffset),
            partitionMaxBytes: maxPartitionFetchBytes,
            currentLeaderEpochPlusOne: reader.leaderEpoch + 1,
          })),
        },
        { extraTimeMs: fetchMaxWaitMs },
      );
      this.#traceFetch(answer.partitions);
      this.#tellEach(asked, answer.partitions, (item, result) => {
        const records = (result.records ?? EMPTY) as Buffer;
        const highWatermark = toSafeNumber(result.highWatermark ?? -1, 'high watermark');
        return { kind: 'fetched', ...item, records, highWatermark };
      });
    } catch (thrown) {
      this.#tellAll(asked, TidelogError.from(thrown));
    }
    this.#fetchesInFlight -= 1;
    this.#handlers.onIdle();
  }

  async #locate(connection: Connection, readers: readonly PartitionReader[]): Promise<void> {
    const asked = this.#mark(readers);
    try {
      const timestamps = readers.map(({ state }) => lookupTimestampMs(state.target));
      const answers = await connection.send('LIST_OFFSETS', lookupOf(readers, timestamps));
      const results: (wire.ListOffsetsResult.$Properties | undefined)[] = [...answers.partitions];
      // No record is as late as the time asked for: reading starts at the end.
      const late = asked.flatMap((_item, index) => (isNowhere(results[index]) ? [index] : []));
      if (late.length > 0) {
        const lateReaders = late.map((index) => readers[index] as PartitionReader);
        const latest = late.map(() => LATEST_TIMESTAMP_MS);
        const ends = await connection.send('LIST_OFFSETS', lookupOf(lateReaders, latest));
        late.forEach((index, position) => (results[index] = ends.partitions[position]));
      }
      this.#tellEach(asked, results, (item, result) => {
        const offset = Math.max(0, toSafeNumber(result.offset ?? 0, 'offset'));
        return { kind: 'located', ...item, offset };
      });
    } catch (thrown) {
      this.#tellAll(asked, TidelogError.from(thrown));
    }
    this.#handlers.onIdle();
  }

  #mark(readers: readonly PartitionReader[]): Asked[] {
    const request = {};
    return readers.map((reader) => {
      reader.request = request;
      const { generation, fetchOffset } = reader.state;
      return { reader, generation, fetchOffset };
    });
  }

  /** Gives each reader the result at its place; a result for another partition is no answer. */
  #tellEach<R extends Result>(
    asked: readonly Asked[],
    results: readonly (R | undefined)[],
    outcomeOf: (item: Asked, result: R) => FetchOutcome,
  ): void {
    asked.forEach((item, index) => {
      const { reader, generation } = item;
      const result = results[index];
      if (result === undefined || (result.partition ?? 0) !== reader.partition) {
        this.#tell(item, { kind: 'unanswered', generation, error: strangeAnswer(reader) });
      } else if ((result.errorCode ?? 0) !== 0) {
        const { topic, partition } = reader;
        const options = { topic, partition, offset: item.fetchOffset };
        const error = TidelogError.fromWire(result.errorCode as number, result.errorMessage ?? '', options);
        this.#tell(item, { kind: 'refused', generation, error });
      } else {
        this.#tell(item, outcomeOf(item, result));
      }
    });
  }

  #tellAll(asked: readonly Asked[], error: TidelogError): void {
    for (const item of asked) {
      this.#tell(item, { kind: 'unanswered', generation: item.generation, error });
    }
  }

  #tell({ reader, generation }: Asked, outcome: FetchOutcome): void {
    // After a seek the partition may be in a newer request already.
    if (generation === reader.state.generation) reader.request = undefined;
    this.#handlers.onOutcome(reader, outcome);
  }

  #traceFetch(partitions: readonly wire.FetchPartitionData.$Properties[]): void {
    if (!fetchChannel.hasSubscribers) return;
    const sizeBytes = partitions.reduce((sum, { records }) => sum + (records?.length ?? 0), 0);
    fetchChannel.publish({ brokerId: this.#brokerId, partitionCount: partitions.length, sizeBytes });
  }
}

interface Result {
  readonly partition?: number;
  readonly errorCode?: number;
  readonly errorMessage?: string;
}

const EMPTY = Buffer.alloc(0);

function lookupOf(
  readers: readonly PartitionReader[],
  timestampsMs: readonly number[],
): RequestInputs['LIST_OFFSETS'] {
  return {
    partitions: readers.map(({ topicIdBytes, partition }, index) => ({
      topicId: topicIdBytes,
      partition,
      timestampMs: fromSafeNumber(timestampsMs[index] as number),
    })),
  };
}

/** The broker looked and found no record. */
function isNowhere(result: wire.ListOffsetsResult.$Properties | undefined): boolean {
  if (result === undefined || (result.errorCode ?? 0) !== 0) return false;
  return toSafeNumber(result.offset ?? 0, 'offset') < 0;
}

function strangeAnswer({ topic, partition }: PartitionReader): TidelogError {
  return new TidelogError(
    'MALFORMED_FRAME',
    `the answer has no result for topic ${JSON.stringify(topic)} partition ${partition}`,
    { topic, partition, retriable: true },
  );
}
