/** A broker in memory, spoken to at its router: what handlers are tested with. */
import { MemoryFileSystem } from '@tidelog/log/testing';
import { launchBroker } from '../src/launch-broker.ts';
import type { LaunchedBroker } from '../src/launch-broker.ts';
import type { StartBrokerOptions } from '../src/options.ts';
import { ANONYMOUS } from '../src/requests.ts';
import type {
  Acks,
  FetchPartition,
  FetchRequest,
  FetchResult,
  ProduceResult,
  RequestContext,
  RequestKind,
  RequestOf,
  ResponseOf,
} from '../src/requests.ts';
import { seededBytes } from './seeded-bytes.ts';
import { batchOf, valuesIn } from './test-batches.ts';

export interface Fetched {
  readonly results: readonly FetchResult[];
  /** The values read of each partition. */
  readonly values: readonly (readonly string[])[];
}

/** The boot during which a disk is used: a power loss ends it, a kill does not. */
const bootIds = new WeakMap<MemoryFileSystem, string>();
let bootCount = 0;

export class MemoryBroker implements AsyncDisposable {
  readonly fileSystem: MemoryFileSystem;
  readonly launched: LaunchedBroker;
  readonly #connection = new AbortController();

  private constructor(launched: LaunchedBroker, fileSystem: MemoryFileSystem) {
    this.launched = launched;
    this.fileSystem = fileSystem;
  }

  /** Starts a broker on a disk in memory; on `fileSystem` when that is given, to go on with what is there. */
  static async start(
    options: StartBrokerOptions = {},
    fileSystem: MemoryFileSystem = new MemoryFileSystem(),
  ): Promise<MemoryBroker> {
    if (!bootIds.has(fileSystem)) bootIds.set(fileSystem, `boot-${bootCount++}`);
    const bootId = bootIds.get(fileSystem) as string;
    const launched = await launchBroker({
      dataDir: '/data',
      ...options,
      environment: {
        fileSystem,
        bootId,
        random: seededBytes(Math.floor(performance.now() * 1000)),
        ...options.environment,
      },
    });
    return new MemoryBroker(launched, fileSystem);
  }

  /** The requests of one connection. */
  get context(): RequestContext {
    return {
      listener: 'native',
      principal: ANONYMOUS,
      clientId: 'test',
      clientHost: '127.0.0.1',
      connectionId: 'c1',
      signal: this.#connection.signal,
    };
  }

  /** What the connection of `context` does when its client goes away. */
  dropConnection(): void {
    this.#connection.abort();
  }

  dispatch<K extends RequestKind>(kind: K, request: RequestOf<K>): Promise<ResponseOf<K>> {
    return this.launched.router.dispatch(kind, request, this.context);
  }

  async produce(
    topic: string,
    records: Buffer | readonly string[],
    {
      partition = 0,
      acks = -1,
      timeoutMs = 5000,
    }: { partition?: number; acks?: Acks; timeoutMs?: number } = {},
  ): Promise<ProduceResult> {
    const bytes = Buffer.isBuffer(records) ? records : batchOf(records, { timestampMs: Date.now() });
    const response = await this.dispatch('produce', {
      acks,
      timeoutMs,
      partitions: [{ topic, partition, records: bytes }],
    });
    return response.partitions[0] as ProduceResult;
  }

  async fetch(
    partitions: readonly (Partial<FetchPartition> & { topic: string })[],
    options: Partial<FetchRequest> = {},
  ): Promise<Fetched> {
    const response = await this.dispatch('fetch', {
      maxWaitMs: 0,
      minBytes: 1,
      maxBytes: 1_000_000,
      isolationLevel: 'read_uncommitted',
      ...options,
      partitions: partitions.map((partition) => ({
        partition: 0,
        fetchOffset: 0,
        partitionMaxBytes: 1_000_000,
        ...partition,
      })),
    });
    const values = response.partitions.map((result) => valuesIn(result.records));
    const results = response.partitions.map((result) => ({
      ...result,
      records: Buffer.from(result.records),
    }));
    response.release();
    return { results, values };
  }

  /** Kills it: nothing is closed; what survives is a new disk. */
  kill(kind: 'process-kill' | 'power-loss' = 'process-kill', seed = 1): MemoryFileSystem {
    const survivor = this.fileSystem.crash({ kind, seed });
    if (kind === 'process-kill') bootIds.set(survivor, bootIds.get(this.fileSystem) as string);
    return survivor;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.launched.broker.close();
  }
}
