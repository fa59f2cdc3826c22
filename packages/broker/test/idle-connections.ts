/**
 * What idle connections cost: opens many, each of which has been used once or has not, and compares the broker's
 * memory before and after. A healthy client beside them must be served all along.
 *
 *   node --conditions=@tidelog/source packages/broker/test/idle-connections.ts [--connections 2000] [--kind broker|listener]
 *
 * Prints one JSON line; exit code 1 when a connection costs more than 20 KB (200 MB for 10,000), when one was
 * closed, or when the healthy client was not served. 10,000 connections need as many descriptors in each of two
 * processes (`ulimit -n`).
 */
import { parseArgs } from 'node:util';
import { BrokerProcess, type BrokerKind } from './broker-process.ts';
import { TestClient } from './test-client.ts';

/** 200 MB for 10,000, and one megabyte that comes and goes. */
const MAX_BYTES_PER_CONNECTION = 20_000;
const SLACK_BYTES = 1_000_000;
const CONNECTS_AT_ONCE = 200;

process.once('disconnect', () => process.exit(1));
const { values } = parseArgs({
  options: {
    connections: { type: 'string', default: '2000' },
    kind: { type: 'string', default: 'broker' },
  },
});
// The healthy client is one of them: 10,000 are as many as a broker takes by default.
const connectionCount = Number(values.connections) - 1;
const broker = await BrokerProcess.start(values.kind as BrokerKind);
const healthy = await TestClient.connect(broker.port);
await healthy.call('METADATA', {});
const before = await broker.memory({ collect: true });

const clients: TestClient[] = [];
while (clients.length < connectionCount) {
  const count = Math.min(CONNECTS_AT_ONCE, connectionCount - clients.length);
  clients.push(...(await Promise.all(Array.from({ length: count }, () => TestClient.connect(broker.port)))));
  await healthy.call('METADATA', {});
}
// Every second one has spoken before it went idle.
await Promise.all(clients.filter((_, index) => index % 2 === 0).map((client) => client.call('METADATA', {})));
await healthy.call('METADATA', {});
const after = await broker.memory({ collect: true });
const closedCount = clients.filter(({ socket }) => socket.destroyed || socket.readableEnded).length;
const addedBytes = after.rssBytes - before.rssBytes;
const ok = closedCount === 0 && addedBytes <= connectionCount * MAX_BYTES_PER_CONNECTION + SLACK_BYTES;
console.log(
  JSON.stringify({
    ok,
    kind: values.kind,
    connections: clients.length + 1,
    closed: closedCount,
    baselineMB: Math.round(before.rssBytes / 1e6),
    addedMB: Number((addedBytes / 1e6).toFixed(1)),
    bytesPerConnection: Math.round(addedBytes / connectionCount),
  }),
);
for (const { socket } of clients) socket.destroy();
healthy.socket.destroy();
await broker.stop();
process.exit(ok ? 0 : 1);
