/**
 * Child processes of the benchmarks. Each child is a module of this folder that sends `{ ready: … }` when it
 * can be used and ends when its channel closes, so that nothing outlives the benchmark.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

export interface Child<T> extends AsyncDisposable {
  readonly ready: T;
  readonly process: ChildProcess;
  /** Sends a message and waits for the next one that comes back. */
  ask<A>(message: unknown): Promise<A>;
}

/** Starts `module` (a file of this folder) with one JSON argument and waits until it is ready. */
export async function startChild<T>(module: string, argument: unknown): Promise<Child<T>> {
  const child = fork(new URL(module, import.meta.url), [JSON.stringify(argument)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
  const exited = once(child, 'exit');
  const next = async <A>(): Promise<A> => {
    const [message] = (await Promise.race([
      once(child, 'message'),
      exited.then(([code]) => {
        throw new Error(`${module} ended with ${String(code)}`);
      }),
    ])) as [A];
    return message;
  };
  const { ready } = await next<{ ready: T }>();
  return {
    ready,
    process: child,
    ask<A>(message: unknown): Promise<A> {
      child.send(message as never);
      return next<A>();
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) {
        child.disconnect();
        await exited;
      }
    },
  };
}

/** In a child: says that it is ready and runs `close` once the parent goes away. */
export function childReady(ready: unknown, close: () => Promise<void> | void): void {
  process.on('disconnect', () => {
    void Promise.resolve(close()).finally(() => process.exit(0));
  });
  process.send?.({ ready });
}

/** A directory on the disk under test, removed at the end. */
export async function scratchDirectory(root: string): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(root, 'tidelog-bench-'));
  return {
    path,
    async [Symbol.asyncDispose]() {
      await rm(path, { recursive: true, force: true });
    },
  };
}
