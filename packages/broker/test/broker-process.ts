/**
 * The other side of the programs that attack a broker from outside: a broker, or a listener alone, in a process
 * of its own, so that its memory can be told from that of the attacker and a crash of it is seen.
 *
 * As a module it starts such a process. As a program (`broker-process.ts broker|kafka|listener`) it is one: it sends its
 * port when it listens, answers `memory`, and exits when its parent goes.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { silentLogger, systemClock } from '@tidelog/log';
import { validateBatch } from '@tidelog/record';
import { ConnectionTable } from '../src/listeners/connection-table.ts';
import { resolveLimits } from '../src/listeners/limits.ts';
import { startNativeListener } from '../src/listeners/native/native-listener.ts';
import { ListenerMetrics } from '../src/metrics.ts';
import type { ProduceRequest } from '../src/requests.ts';
import type { Router } from '../src/router.ts';

/**
 * `broker`: all of it, on a temporary directory; `kafka`: the same, by its Kafka listener. `listener`: a listener whose
 * requests are answered from nothing.
 */
export type BrokerKind = 'broker' | 'kafka' | 'listener';

export interface MemoryReport {
  readonly rssBytes: number;
  readonly heapUsedBytes: number;
  readonly arrayBufferBytes: number;
}

/** A running process. */
export class BrokerProcess {
  readonly port: number;
  readonly #child: ChildProcess;
  readonly #waiting: { resolve: (report: MemoryReport) => void; reject: (error: Error) => void }[] = [];
  #exit: string | undefined;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.port = port;
    child.on('message', (report) => this.#waiting.shift()?.resolve(report as MemoryReport));
    child.once('exit', (code, signal) => {
      this.#exit = `exit code ${String(code)}, signal ${String(signal)}`;
      for (const { reject } of this.#waiting) reject(this.#gone());
    });
  }

  static async start(kind: BrokerKind): Promise<BrokerProcess> {
    const child = fork(fileURLToPath(import.meta.url), [kind], {
      execArgv: ['--conditions=@tidelog/source', '--expose-gc'],
    });
    const [message] = (await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => Promise.reject(new Error(`the ${kind} did not start`))),
    ])) as [{ port: number }];
    return new BrokerProcess(child, message.port);
  }

  /** How the process ended, when it has. */
  get exit(): string | undefined {
    return this.#exit;
  }

  /** Its memory, after a collection when that is asked for. Rejects when the process is gone. */
  memory({ collect = false } = {}): Promise<MemoryReport> {
    if (this.#exit !== undefined) return Promise.reject(this.#gone());
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#child.send({ collect });
    });
  }

  #gone(): Error {
    return new Error(`the process under test is gone: ${this.#exit ?? ''}`);
  }

  async stop(): Promise<void> {
    if (this.#exit !== undefined) return;
    const exited = once(this.#child, 'exit');
    this.#child.disconnect();
    await exited;
  }
}

/** Answers everything with success and without content; batches are validated. */
const answeringRouter = {
  dispatch(kind: string, request: ProduceRequest) {
    switch (kind) {
      case 'produce':
        for (const { records } of request.partitions) validateBatch(records);
        return Promise.resolve({
          partitions: request.partitions.map(() => ({
            baseOffset: 0,
            logAppendTimeMs: -1,
            logStartOffset: 0,
          })),
        });
      case 'fetch':
        return Promise.resolve({
          partitions: request.partitions.map(() => ({
            highWatermark: 0,
            lastStableOffset: 0,
            logStartOffset: 0,
            records: Buffer.alloc(0),
          })),
          release: () => undefined,
        });
      case 'metadata':
        return Promise.resolve({ clusterId: 'test', controllerId: 1, brokers: [], topics: [] });
      default:
        return Promise.resolve({ topics: [], partitions: [], resources: [], features: [], producerId: 1 });
    }
  },
} as unknown as Router;

async function listenerPort(): Promise<number> {
  const table = new ConnectionTable({ limits: resolveLimits(), clock: systemClock, logger: silentLogger });
  const listener = await startNativeListener({
    host: '127.0.0.1',
    port: 0,
    table,
    router: answeringRouter,
    metrics: new ListenerMetrics(),
  });
  return listener.port;
}

async function brokerPort(): Promise<{ port: number; close: () => Promise<void> }> {
  const { startBroker } = await import('../src/index.ts');
  const broker = await startBroker({ durability: 'page-cache' });
  return { port: Number(broker.brokers[0]?.split(':').at(-1)), close: () => broker.close() };
}

async function kafkaPort(): Promise<{ port: number; close: () => Promise<void> }> {
  const { startBroker } = await import('../src/index.ts');
  const broker = await startBroker({
    durability: 'page-cache',
    kafka: { port: 0 },
    groupInitialRebalanceDelayMs: 0,
  });
  return { port: Number(broker.kafkaBrokers[0]?.split(':').at(-1)), close: () => broker.close() };
}

async function running(kind: string): Promise<{ port: number; close?: () => Promise<void> }> {
  if (kind === 'broker') return await brokerPort();
  if (kind === 'kafka') return await kafkaPort();
  return { port: await listenerPort() };
}

async function main(kind: string): Promise<void> {
  const { port, close } = await running(kind);
  process.on('message', ({ collect }: { collect: boolean }) => {
    if (collect) (globalThis as { gc?: () => void }).gc?.();
    const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
    const report: MemoryReport = { rssBytes: rss, heapUsedBytes: heapUsed, arrayBufferBytes: arrayBuffers };
    if (process.connected) process.send?.(report, () => undefined);
  });
  process.once('disconnect', () => {
    void (close?.() ?? Promise.resolve()).finally(() => process.exit(0));
  });
  process.send?.({ port });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv[2] ?? 'broker');
