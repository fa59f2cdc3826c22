import { TidelogError } from '@tidelog/record/errors';
import { expect, test } from 'vitest';
import { FileSyncer } from './file-syncer.ts';

interface TestFile {
  readonly name: string;
}

function syncerWith(maxConcurrentSyncs: number): {
  syncer: FileSyncer<TestFile>;
  started: string[];
  finish: (name: string, error?: Error) => Promise<void>;
} {
  const running = new Map<string, PromiseWithResolvers<void>>();
  const started: string[] = [];
  const syncer = new FileSyncer<TestFile>({
    maxConcurrentSyncs,
    sync: (file) => {
      started.push(file.name);
      const outcome = Promise.withResolvers<void>();
      running.set(file.name, outcome);
      return outcome.promise;
    },
    onFailed: (cause) => new TidelogError('STORAGE_FAILED', (cause as Error).message),
  });
  const finish = async (name: string, error?: Error): Promise<void> => {
    if (error === undefined) running.get(name)!.resolve();
    else running.get(name)!.reject(error);
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  };
  return { syncer, started, finish };
}

async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  return Promise.race([
    promise.then(
      () => true,
      () => true,
    ),
    Promise.resolve()
      .then(() => undefined)
      .then(() => false),
  ]);
}

test('one sync runs per file, and the next one serves everything that came meanwhile', async () => {
  const { syncer, started, finish } = syncerWith(4);
  const file = { name: 'a' };
  const first = syncer.sync(file);
  const later = [syncer.sync(file), syncer.sync(file), syncer.sync(file)];
  expect(started).toEqual(['a']);
  await finish('a');
  expect(await isSettled(first)).toBe(true);
  expect(await isSettled(later[0]!)).toBe(false);
  expect(started).toEqual(['a', 'a']);
  await finish('a');
  await Promise.all(later);
  expect([started.length, syncer.syncCount, syncer.pendingFileCount]).toEqual([2, 2, 0]);
});

test('at most so many files are synced at a time, in the order in which they asked', async () => {
  const { syncer, started, finish } = syncerWith(2);
  const files = ['a', 'b', 'c', 'd'].map((name) => ({ name }));
  const all = files.map((file) => syncer.sync(file));
  expect(started).toEqual(['a', 'b']);
  const again = syncer.sync(files[0]!);
  await finish('a');
  await finish('b');
  expect(started).toEqual(['a', 'b', 'c', 'd']);
  await finish('d');
  expect(started).toEqual(['a', 'b', 'c', 'd', 'a']);
  await finish('c');
  await finish('a');
  await Promise.all([...all, again]);
  await syncer.idle();
});

test('the first failure fails everything that waits and everything that comes', async () => {
  const { syncer, started, finish } = syncerWith(1);
  const [a, b] = [{ name: 'a' }, { name: 'b' }];
  const outcomes = Promise.allSettled([syncer.sync(a), syncer.sync(a), syncer.sync(b)]);
  await finish('a', new Error('EIO'));
  for (const outcome of await outcomes) {
    expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'STORAGE_FAILED', message: 'EIO' } });
  }
  await expect(syncer.sync(b)).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
  expect(started).toEqual(['a']);
  await syncer.idle();
});

test('a sync that ends well after the failure of another does not count as durable', async () => {
  const { syncer, finish } = syncerWith(2);
  const outcomes = Promise.allSettled([syncer.sync({ name: 'a' }), syncer.sync({ name: 'b' })]);
  await finish('a', new Error('EIO'));
  await finish('b');
  expect((await outcomes).map((outcome) => outcome.status)).toEqual(['rejected', 'rejected']);
  await syncer.idle();
});
