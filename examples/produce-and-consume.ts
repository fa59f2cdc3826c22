/** Records in, records out. A serializer types the values on both sides. */
import { Tidelog, json } from '@tidelog/client';

interface Order {
  readonly fruit: string;
  readonly count: number;
}

const [broker = 'localhost:7650'] = process.argv.slice(2);
await using tidelog = new Tidelog({ brokers: [broker], clientId: 'shop' });

const topic = `orders-${Date.now()}`;
await tidelog.admin().createTopics([{ topic, partitions: 3 }]);

const producer = tidelog.producer({ value: json<Order>() });
const acknowledged = await producer.send({
  topic,
  messages: [
    { key: 'alice', value: { fruit: 'banana', count: 3 } },
    { key: 'bob', value: { fruit: 'apple', count: 1 }, headers: { source: 'web' } },
    { key: 'alice', value: { fruit: 'cherry', count: 40 } },
  ],
});
// Alice's two orders are in one partition, in the order in which they were sent.
for (const { partition, offset } of acknowledged)
  console.log(`stored in partition ${partition} at ${offset}`);

const consumer = tidelog.consumer({ topics: [topic], startFrom: 'earliest', value: json<Order>() });
let remaining = acknowledged.length;
for await (const record of consumer) {
  console.log(`${record.key?.toString()} orders ${record.value?.count} × ${record.value?.fruit}`);
  if (--remaining === 0) break;
}
