/**
 * `node --conditions=@tidelog/source tooling/kafka-files/write-data-directory.ts DIR`: writes a data directory as
 * the tests of this folder do, for Kafka's own tools to be run on.
 */
import { startTestBroker } from '@tidelog/broker/testing';
import { requireSystemPackage } from '../system-packages.js';
import { EAGER, writeFiles } from './write-files.ts';
import { KCAT, WRITERS } from './writers.ts';

const [dataDir] = process.argv.slice(2);
if (dataDir === undefined) {
  console.error('usage: write-data-directory.ts DIR');
  process.exit(2);
}
const broker = await startTestBroker({ dataDir, kafka: { port: 0 }, ...EAGER });
const written = await writeFiles(broker, requireSystemPackage('kcat') ? [...WRITERS, KCAT] : WRITERS);
await broker.close();
console.log(`${written.length} topics in ${dataDir}`);
