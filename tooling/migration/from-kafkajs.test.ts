/**
 * The page docs/migration/from-kafkajs.md is run: both columns of each row, and both programs, against one broker; the
 * old client through the Kafka listener, ours through the native one. What they did must be the same.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestBroker, type TestBroker } from '@tidelog/broker/testing';
import { Tidelog } from '@tidelog/client';
import kafkajs from 'kafkajs';
import { programsOf, rowsOf } from './migration-page.ts';
import { runProgram } from './run-code.ts';
import { runSide, type Doors } from './sides.ts';

const page = readFileSync(new URL('../../docs/migration/from-kafkajs.md', import.meta.url), 'utf8');
const rows = rowsOf(page);
const KINDS = ['client', 'producer-options', 'producer', 'consumer-options', 'consumer', 'admin'];

let broker: TestBroker;
let doors: Doors;
beforeAll(async () => {
  broker = await startTestBroker({ kafka: { port: 0 } });
  doors = { native: broker.brokers[0]!, kafka: broker.kafkaBrokers[0]! };
});
afterAll(() => broker.close());

test('the page has rows of every kind', () => {
  expect([...new Set(rows.map(({ kind }) => kind))]).toEqual(KINDS);
  expect(rows.length).toBeGreaterThan(40);
});

describe.each(KINDS)('%s', (kind) => {
  test.each(rows.filter((row) => row.kind === kind))('$what: $ours', async (row) => {
    const theirs = await runSide(row, 'theirs', doors);
    expect(await runSide(row, 'ours', doors)).toEqual(theirs);
  });
});

test('both programs print the same', async () => {
  const [theirs, ours] = programsOf(page).map((program) =>
    program.replace('localhost:9092', doors.kafka).replace('localhost:7650', doors.native),
  );
  const Kafka = class extends kafkajs.Kafka {
    constructor(options: kafkajs.KafkaConfig) {
      super({ ...options, logLevel: kafkajs.logLevel.NOTHING });
    }
  };
  const printed = await runProgram(theirs!, { Kafka, Partitioners: kafkajs.Partitioners });
  expect(printed).toEqual([['orders', expect.any(Number), 'alice', 'banana']]);
  await using tidelog = new Tidelog({ brokers: broker.brokers });
  await tidelog.admin().deleteTopics(['orders']);
  await tidelog.admin().deleteGroups(['billing']);
  expect(await runProgram(ours!, { Tidelog })).toEqual(printed);
});
