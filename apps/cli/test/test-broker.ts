/** A broker in the process of the tests, and the flag that leads a command to it. */
import { startTestBroker, type StartTestBrokerOptions, type TestBroker } from '@tidelog/broker/testing';
import { Tidelog } from '@tidelog/client';

export interface CliTestBroker extends AsyncDisposable {
  readonly broker: TestBroker;
  /** `['--broker', address]` */
  readonly at: readonly string[];
  readonly tidelog: Tidelog;
}

export async function brokerForCli(options: StartTestBrokerOptions = {}): Promise<CliTestBroker> {
  const broker = await startTestBroker(options);
  const tidelog = new Tidelog({ brokers: broker.brokers });
  return {
    broker,
    at: ['--broker', broker.brokers[0] as string],
    tidelog,
    async [Symbol.asyncDispose]() {
      await tidelog.close();
      await broker.close();
    },
  };
}

/** A record as text. */
export interface StoredRecord {
  readonly partition: number;
  readonly key: string | null;
  readonly value: string | null;
}

/** All records that a topic holds now, partition by partition. */
export async function recordsOf(tidelog: Tidelog, topic: string): Promise<StoredRecord[]> {
  const ends = await tidelog.admin().listOffsets(topic, 'latest');
  const total = ends.reduce((sum, { offset }) => sum + offset, 0);
  const records: StoredRecord[] = [];
  if (total === 0) return records;
  await using consumer = tidelog.consumer({ topics: [topic], startFrom: 'earliest' });
  for await (const { partition, key, value } of consumer) {
    records.push({ partition, key: key?.toString() ?? null, value: value?.toString() ?? null });
    if (records.length === total) break;
  }
  return records.sort((a, b) => a.partition - b.partition);
}

/** The values that a topic of one partition holds now. */
export async function valuesOf(tidelog: Tidelog, topic: string): Promise<(string | null)[]> {
  return (await recordsOf(tidelog, topic)).map(({ value }) => value);
}
