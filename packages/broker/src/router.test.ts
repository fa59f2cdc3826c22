import { expect, test } from 'vitest';
import { TidelogError } from '@tidelog/record/errors';
import { MemoryBroker } from '../test/memory-broker.ts';
import type { Authorizer } from './authorization.ts';
import type { BrokerCore } from './broker-core.ts';
import { createRouter } from './router.ts';
import type { Handlers } from './router.ts';
import type { HelloResponse } from './requests.ts';

const HELLO = { protocolVersion: 1, clientId: '', clientSoftwareName: '', clientSoftwareVersion: '' };

/** A core that notes what is logged as an error. */
function recording(core: BrokerCore): { core: BrokerCore; errors: object[] } {
  const errors: object[] = [];
  const logger = { ...core.logger, error: (fields: object) => void errors.push(fields) };
  return { core: { ...core, logger }, errors };
}

const failingHello = (thrown: unknown): Handlers =>
  ({ hello: (): Promise<HelloResponse> => Promise.reject(thrown as Error) }) as unknown as Handlers;

test('what nobody foresaw becomes UNKNOWN_SERVER_ERROR, is logged with its cause, and is counted', async () => {
  await using broker = await MemoryBroker.start();
  const { core, errors } = recording(broker.launched.core);
  const bug = new TypeError('x is undefined');
  const router = createRouter(core, { handlers: failingHello(bug) });
  await expect(router.dispatch('hello', HELLO, broker.context)).rejects.toMatchObject({
    code: 'UNKNOWN_SERVER_ERROR',
    message: 'x is undefined',
    cause: bug,
  });
  expect(errors).toMatchObject([{ err: bug, request: 'hello', connectionId: 'c1' }]);
  expect(core.metrics.unexpectedErrorsTotal).toBe(1);
  expect(core.metrics.requests.hello.errors.get('UNKNOWN_SERVER_ERROR')).toBe(1);
});

test('a handler that throws before its first await rejects like any other', async () => {
  await using broker = await MemoryBroker.start();
  const handlers = {
    hello: () => {
      throw new TidelogError('DISK_FULL', 'no space');
    },
  } as unknown as Handlers;
  const router = createRouter(broker.launched.core, { handlers });
  await expect(router.dispatch('hello', HELLO, broker.context)).rejects.toMatchObject({
    code: 'KAFKA_STORAGE_ERROR',
    message: 'no space',
  });
  expect(broker.launched.core.metrics.requests.hello.inFlight).toBe(0);
});

test('requests are counted and timed by kind', async () => {
  await using broker = await MemoryBroker.start({ topics: { orders: 1 } });
  await broker.dispatch('hello', HELLO);
  await broker.produce('orders', ['a']);
  const { requests, producedBatchesTotal } = broker.launched.core.metrics;
  expect(requests.hello.latency.count).toBe(1);
  expect(requests.produce.latency.count).toBe(1);
  expect(producedBatchesTotal).toBe(1);
  expect(await broker.launched.broker.metrics()).toContain(
    'tidelog_request_duration_seconds_count{request="produce"} 1',
  );
});

test('every kind of request asks the authorizer, and what is denied is an error of its row', async () => {
  await using broker = await MemoryBroker.start({ topics: { open: 1, secret: 1 } });
  const asked: string[] = [];
  const authorizer: Authorizer = {
    isAllowed(principal, operation, resource) {
      asked.push(`${principal.name} ${operation} ${resource.type === 'Topic' ? resource.name : 'cluster'}`);
      return resource.type === 'Topic' && resource.name === 'open';
    },
  };
  const router = createRouter(broker.launched.core, { authorizer });
  const { context } = broker;
  const metadata = await router.dispatch(
    'metadata',
    { topics: 'all', allowAutoTopicCreation: false },
    context,
  );
  expect(metadata.topics.map((topic) => topic.topic)).toEqual(['open']);
  const named = await router.dispatch(
    'metadata',
    { topics: [{ topic: 'secret' }, { topic: 'nothere' }], allowAutoTopicCreation: true },
    context,
  );
  expect(named.topics.map((topic) => topic.error?.code)).toEqual([
    'TOPIC_AUTHORIZATION_FAILED',
    'TOPIC_AUTHORIZATION_FAILED',
  ]);
  await expect(router.dispatch('initProducerId', { transactionTimeoutMs: 0 }, context)).rejects.toMatchObject(
    { code: 'CLUSTER_AUTHORIZATION_FAILED' },
  );
  expect(asked).toContain('ANONYMOUS Describe secret');
  expect(asked).toContain('ANONYMOUS IdempotentWrite cluster');
});
