/**
 * What a broker tells of its clients, asked through the native listener while clients of both listeners are there.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { encodeRequest, type ApiName, type RequestInput } from '@tidelog/kafka-protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestBroker, type TestBroker } from '../src/testing.ts';
import { TestClient } from './test-client.ts';

let broker: TestBroker;
let asking: TestClient;
const portOf = (address: string | undefined): number => Number(address?.split(':')[1]);

beforeAll(async () => {
  broker = await startTestBroker({ kafka: { port: 0 }, topics: { orders: 1 } });
  asking = await TestClient.connect(portOf(broker.brokers[0]));
});
afterAll(async () => {
  asking.socket.destroy();
  await broker.close();
});

async function kafkaSocket(): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port: portOf(broker.kafkaBrokers[0]) });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

const frame = <N extends ApiName>(api: N, apiVersion: number, body: RequestInput<N>): Buffer =>
  Buffer.concat(encodeRequest(api, { apiVersion, correlationId: 1, clientId: 'billing' }, body));

test('a client of each listener is described: who it is and what it speaks', async () => {
  await asking.call('HELLO', {
    protocolVersion: 1,
    clientId: 'asking',
    clientSoftwareName: 'test',
    clientSoftwareVersion: '7',
  });
  const socket = await kafkaSocket();
  socket.write(
    frame('ApiVersions', 3, { clientSoftwareName: 'apache-kafka-java', clientSoftwareVersion: '4.1.0' }),
  );
  await once(socket, 'data');
  socket.write(frame('Metadata', 5, { topics: null, allowAutoTopicCreation: false }));
  await once(socket, 'data');
  const answer = await asking.call('DESCRIBE_BROKER', {});
  const rows = answer.clients.map(({ apis, ...client }) => ({
    ...client,
    speaks: apis?.map(({ api, version, requestCount }) => `${api} ${version} ${String(requestCount)}`),
  }));
  expect(rows).toMatchObject([
    {
      listener: 'native',
      host: '127.0.0.1',
      clientId: 'asking',
      softwareName: 'test',
      softwareVersion: '7',
      speaks: ['HELLO 1 1', 'DESCRIBE_BROKER 1 1'],
    },
    {
      listener: 'kafka',
      clientId: 'billing',
      softwareName: 'apache-kafka-java',
      softwareVersion: '4.1.0',
      speaks: ['ApiVersions 3 1', 'Metadata 5 1'],
    },
  ]);
  expect(answer).toMatchObject({
    brokerId: 1,
    clusterId: broker.clusterId,
    durability: 'page-cache',
    offline: '',
    topicCount: 1,
    partitionCount: 1,
    problems: [],
  });
  expect(answer.listeners.map(({ name }) => name)).toEqual(['native', 'kafka']);
  socket.destroy();
});

test('what clients asked for and is not there is told, also when its connection was closed for it', async () => {
  const unknown = await kafkaSocket();
  const telemetry = Buffer.from('0000000a0047000000000001ffff', 'hex'); // API key 71, version 0
  unknown.resume();
  unknown.write(telemetry);
  await once(unknown, 'close');

  const transactional = await kafkaSocket();
  transactional.write(frame('FindCoordinator', 1, { key: 'tx', keyType: 1 }));
  await once(transactional, 'data');
  transactional.write(frame('InitProducerId', 1, { transactionalId: 'tx', transactionTimeoutMs: 1000 }));
  await once(transactional, 'data');
  transactional.destroy();

  const native = await asking.callHead('INIT_PRODUCER_ID', { transactionalId: 'tx' });
  expect(native.error).toBeDefined();

  const { unsupported } = await asking.call('DESCRIBE_BROKER', {});
  const rows = unsupported.map(({ listener, clientId, request, reason }) => [
    listener,
    clientId,
    request,
    reason,
  ]);
  expect(rows).toEqual([
    ['native', 'asking', 'InitProducerId', 'transactions'],
    ['kafka', 'billing', 'InitProducerId', 'transactions'],
    ['kafka', 'billing', 'FindCoordinator', 'transactions'],
    ['kafka', '', 'API 71 v0', 'unknown api'],
  ]);
});
