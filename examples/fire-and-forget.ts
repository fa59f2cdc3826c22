/**
 * The fast way in: `enqueue` takes a record without a promise for it. It says false when the buffer is full: wait
 * for `drained`. What could not be delivered makes `flush` reject, or is given to a callback.
 */
import { Tidelog } from '@tidelog/client';

const RECORDS = 200_000;

const [broker = 'localhost:7650'] = process.argv.slice(2);
await using tidelog = new Tidelog({ brokers: [broker] });

const topic = `clicks-${Date.now()}`;
await tidelog.admin().createTopics([{ topic, partitions: 4 }]);

const producer = tidelog.producer({ lingerMs: 5, compression: 'zstd' });
const startMs = performance.now();
for (let index = 0; index < RECORDS; index++) {
  const hasRoom = producer.enqueue(topic, { key: `user-${index % 1000}`, value: `click ${index}` });
  if (!hasRoom) await producer.drained();
}
await producer.flush();
const seconds = (performance.now() - startMs) / 1000;
console.log(`${RECORDS} records acknowledged in ${seconds.toFixed(2)} s`);

const ends = await tidelog.admin().listOffsets(topic, 'latest');
const total = ends.reduce((sum, { offset }) => sum + offset, 0);
if (total !== RECORDS) throw new Error(`the topic holds ${total} records`);
