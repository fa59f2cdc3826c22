import { ManualClock } from '@tidelog/log/testing';
import { expect, test } from 'vitest';
import { ClientRegistry } from './client-registry.ts';

const connection = (connectionId: string) => ({ connectionId, listener: 'kafka', host: '10.0.0.7' });

test('a connection is known with what it speaks, until it ends', () => {
  const clock = new ManualClock();
  const registry = new ClientRegistry({ clock });
  const client = registry.connected(connection('c1'));
  client.clientId = 'billing';
  client.identify({ name: 'librdkafka', version: '2.0.2' });
  for (const version of [5, 5, 6]) client.count('Metadata', version);
  client.count('Fetch', 11);
  expect(registry.clients()).toEqual([
    {
      connectionId: 'c1',
      listener: 'kafka',
      host: '10.0.0.7',
      clientId: 'billing',
      softwareName: 'librdkafka',
      softwareVersion: '2.0.2',
      connectedAtMs: clock.nowMs(),
      requestCount: 4,
      apis: [
        { api: 'Metadata', version: 5, requestCount: 2 },
        { api: 'Metadata', version: 6, requestCount: 1 },
        { api: 'Fetch', version: 11, requestCount: 1 },
      ],
    },
  ]);
  registry.disconnected(client);
  registry.disconnected(client);
  expect(registry.clients()).toEqual([]);
});

test('what is missing is counted by client and request, and outlives the connection', () => {
  const clock = new ManualClock();
  const registry = new ClientRegistry({ clock });
  const startMs = clock.nowMs();
  for (const connectionId of ['c1', 'c2']) {
    const client = registry.connected(connection(connectionId));
    client.clientId = 'billing';
    registry.missing(connectionId, { request: 'Produce v2', reason: 'version not served' });
    registry.disconnected(client);
    clock.advance(10);
  }
  registry.connected(connection('c3'));
  registry.missing('c3', { request: 'API 71 v0', reason: 'unknown api' });
  registry.missing('c99', { request: 'API 71 v0', reason: 'unknown api' });
  const [latest, before, ...others] = registry.unsupported();
  expect(others).toEqual([]);
  expect(latest).toMatchObject({ request: 'API 71 v0', requestCount: 1, clientId: '' });
  expect(before).toMatchObject({
    request: 'Produce v2',
    reason: 'version not served',
    clientId: 'billing',
    requestCount: 2,
    firstAtMs: startMs,
    lastAtMs: startMs + 10,
  });
});

test('a client cannot make the registry grow', () => {
  const registry = new ClientRegistry({ clock: new ManualClock() });
  const client = registry.connected(connection('c1'));
  client.identify({ name: 'n'.repeat(100_000), version: 'v'.repeat(100_000) });
  for (let index = 0; index < 1000; index++) {
    client.clientId = `client ${index} ${'x'.repeat(1000)}`;
    client.count('Metadata', index);
    registry.missing('c1', { request: 'Produce v2', reason: 'version not served' });
  }
  const [described] = registry.clients();
  expect(described?.requestCount).toBe(1000);
  expect(described?.apis).toHaveLength(64);
  expect(described?.clientId).toHaveLength(255);
  expect(described?.softwareName).toHaveLength(255);
  expect(registry.unsupported()).toHaveLength(256);
  expect(registry.unsupported()[0]?.clientId).toMatch(/^client 999 /);
  expect(registry.forgottenCount).toBe(1000 - 256);
});
