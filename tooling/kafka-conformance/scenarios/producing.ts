/** What producers do: acknowledgements, codecs, keys, nothing in place of keys and values, records too large. */
import assert from 'node:assert/strict';
import { partitionForKey } from '@tidelog/client';
import { DriverError } from '../driver.ts';
import { COMPRESSIONS, type IncomingRecord, type OutgoingRecord } from '../operations.ts';
import { until, type Scenario, type Stage } from '../scenario.ts';

const records = (count: number, prefix = 'value'): OutgoingRecord[] =>
  Array.from({ length: count }, (_, index) => ({ key: `key-${index}`, value: `${prefix}-${index} 🌊` }));

/** What is common to a record on its way in and out. */
const content = ({ key, value, headers = [] }: OutgoingRecord | IncomingRecord) => ({ key, value, headers });

const byKey = (one: { key: string | null }, two: { key: string | null }): number =>
  String(one.key).localeCompare(String(two.key));

/** The client and the other door read the same, offsets and timestamps included. */
async function assertSameThroughBothDoors(
  { driver, other, topic }: Stage,
  count: number,
): Promise<IncomingRecord[]> {
  const ours = await other.consume(topic, { from: 'beginning', count });
  const theirs = await driver.call('consume', { topic, partition: 0, from: 'beginning', count });
  assert.deepEqual(theirs, ours);
  return ours;
}

const acknowledged = (acks: 0 | 1 | -1): Scenario => ({
  title: `produce with acks ${acks === -1 ? 'all' : acks}`,
  async run(stage) {
    const { driver, other, topic } = stage;
    await other.createTopic(topic);
    const sent = records(20);
    const written = await driver.call('produce', { topic, records: sent, acks });
    // Without acknowledgement nobody says when they have arrived.
    await until(
      'the end of the log at 20',
      () => other.admin.listOffsets(topic, 'latest'),
      ([row]) => row?.offset === sent.length,
    );
    const read = await assertSameThroughBothDoors(stage, sent.length);
    assert.deepEqual(read.map(content).sort(byKey), sent.map(content).sort(byKey));
    if (written !== null && acks !== 0) {
      assert.ok(written.every(({ partition, offset }) => partition === 0 && offset >= 0));
    }
  },
});

const compressed = (compression: (typeof COMPRESSIONS)[number]): Scenario => ({
  title: `codec ${compression}, written and read`,
  async run(stage) {
    const { driver, other, topic } = stage;
    await other.createTopic(topic);
    const sent = records(100, 'a value that is long enough to be worth compressing '.repeat(3));
    await driver.call('produce', { topic, records: sent, compression });
    const codecs = await other.codecsOf(topic);
    assert.ok(codecs.length > 0 && codecs.every((codec) => codec === compression), String(codecs));
    await other.produce(topic, sent, compression);
    const after = await other.codecsOf(topic);
    assert.ok(after.length > codecs.length && after.at(-1) === compression, String(after));
    await assertSameThroughBothDoors(stage, 2 * sent.length);
  },
});

const keyed: Scenario = {
  title: 'a key lands on the same partition as from Tidelog and Java',
  async run({ driver, other, topic }) {
    const partitions = 7;
    await other.createTopic(topic, partitions);
    const sent = Array.from({ length: 60 }, (_, index) => ({
      key: index % 2 === 0 ? `key-${index}` : `schlüssel-${index * 7919}`,
      value: 'v',
    }));
    await driver.call('produce', { topic, records: sent });
    const read = await other.consumeAll(topic);
    assert.equal(read.length, sent.length);
    for (const { key, partition } of read) {
      assert.equal(partition, partitionForKey(Buffer.from(key!), partitions), key!);
    }
  },
};

const idempotent: Scenario = {
  title: 'idempotent produce',
  async run(stage) {
    const { driver, other, topic } = stage;
    await other.createTopic(topic);
    for (let round = 0; round < 3; round++) {
      await driver.call('produce', { topic, records: records(10, `round-${round}`), idempotent: true });
    }
    const read = await assertSameThroughBothDoors(stage, 30);
    assert.equal(new Set(read.map(({ value }) => value)).size, 30);
  },
};

const withHeaders = (title: string, headers: NonNullable<OutgoingRecord['headers']>): Scenario => ({
  title,
  async run(stage) {
    const { driver, other, topic } = stage;
    await other.createTopic(topic);
    const sent = [
      { key: 'a', value: 'with', headers },
      { key: 'b', value: 'without', headers: [] },
    ];
    await driver.call('produce', { topic, records: sent });
    const written = await other.consume(topic, { from: 'beginning', count: 2 });
    assert.deepEqual(written.map(content).sort(byKey), sent.map(content).sort(byKey));
    await other.produce(topic, sent);
    await assertSameThroughBothDoors(stage, 4);
  },
});

const nulls = (title: string, sent: readonly OutgoingRecord[]): Scenario => ({
  title,
  async run(stage) {
    const { driver, other, topic } = stage;
    await other.createTopic(topic);
    await driver.call('produce', { topic, records: sent });
    const read = await assertSameThroughBothDoors(stage, sent.length);
    const shown = (list: readonly (OutgoingRecord | IncomingRecord)[]): string[] =>
      list.map(({ key, value }) => JSON.stringify([key, value])).sort();
    assert.deepEqual(shown(read), shown(sent));
  },
});

const timestamps: Scenario = {
  title: 'timestamps as the client sets them',
  async run({ driver, other, topic }) {
    await other.createTopic(topic);
    const sent = [1_700_000_000_000, 1_700_000_060_000].map((timestampMs) => ({
      key: 'k',
      value: 'v',
      timestampMs,
    }));
    await driver.call('produce', { topic, records: sent });
    const read = await other.consume(topic, { from: 'beginning', count: 2 });
    assert.deepEqual(
      read.map(({ timestampMs }) => timestampMs),
      sent.map(({ timestampMs }) => timestampMs),
    );
  },
};

const tooLarge: Scenario = {
  title: 'a message of 5 MB is refused with MESSAGE_TOO_LARGE, and the connection stays',
  async run({ driver, other, topic }) {
    await other.createTopic(topic);
    await driver.call('produce', { topic, records: [{ key: 'k', value: 'before' }] });
    const large = [{ key: 'k', value: 'x'.repeat(5_000_000) }];
    await assert.rejects(driver.call('produce', { topic, records: large }), (error) => {
      assert.ok(error instanceof DriverError, String(error));
      assert.equal(error.code, 'MESSAGE_TOO_LARGE', error.message);
      return true;
    });
    await driver.call('produce', { topic, records: [{ key: 'k', value: 'after' }] });
    const read = await other.consumeAll(topic);
    assert.deepEqual(
      read.map(({ value }) => value),
      ['before', 'after'],
    );
  },
};

export const PRODUCING: readonly Scenario[] = [
  acknowledged(0),
  acknowledged(1),
  acknowledged(-1),
  ...COMPRESSIONS.map(compressed),
  keyed,
  idempotent,
  withHeaders('headers', [
    ['trace', '1'],
    ['kind', 'grün'],
  ]),
  withHeaders('two headers of the same name', [
    ['trace', '1'],
    ['trace', '2'],
  ]),
  nulls('records without a key, without a value, with an empty one', [
    { key: 'tombstone', value: null },
    { key: null, value: 'no key' },
    { key: 'empty', value: '' },
  ]),
  nulls('records with neither key nor value', [{ key: null, value: null }]),
  timestamps,
  tooLarge,
];
