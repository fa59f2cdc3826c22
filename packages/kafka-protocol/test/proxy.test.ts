/**
 * The example at work: kafkajs talks to a scripted broker through the proxy, which shows what they say.
 */
import { once } from 'node:events';
import kafkajs from 'kafkajs';
import { afterEach, expect, test } from 'vitest';
import { startProxy } from '../examples/proxy.ts';
import { startScriptedBroker } from '../scripts/scripted-broker.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

test('a client works through the proxy, and every message is shown', async () => {
  const broker = await startScriptedBroker();
  cleanups.push(() => broker.close());
  const lines: string[] = [];
  const upstream = { host: '127.0.0.1', port: broker.port };
  const proxy = await startProxy({ upstream, listenPort: 0, print: (line) => lines.push(line) });
  cleanups.push(async () => {
    proxy.close();
    await once(proxy, 'close');
  });
  const { port } = proxy.address() as { port: number };

  const kafka = new kafkajs.Kafka({
    brokers: [`127.0.0.1:${port}`],
    clientId: 'through-the-proxy',
    logLevel: kafkajs.logLevel.NOTHING,
  });
  const producer = kafka.producer();
  await producer.connect();
  const [result] = await producer.send({ topic: 'golden', messages: [{ value: 'value' }] });
  await producer.disconnect();

  expect(result).toMatchObject({ topicName: 'golden', baseOffset: '0' });
  const shown = lines.map(
    (line) => JSON.parse(line) as { request?: string; response?: string; body: object },
  );
  expect(shown.map(({ request, response }) => request ?? `${response} answered`)).toEqual(
    expect.arrayContaining(['ApiVersions', 'Metadata answered', 'Produce', 'Produce answered']),
  );
  const produce = shown.find(({ request }) => request === 'Produce');
  expect(produce?.body).toMatchObject({
    topicData: [
      { name: 'golden', partitionData: [{ records: expect.stringMatching(/^\d+ bytes$/) as string }] },
    ],
  });
  const requests = shown.filter(({ request }) => request !== undefined);
  expect(requests).toHaveLength(broker.exchanges.length);
});
