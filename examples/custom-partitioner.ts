/**
 * Banana is by far the largest customer. With the default partitioner its records would share a partition with
 * those of other customers, who would wait behind them. Here it has the last partition for itself, and all others
 * are hashed over the rest.
 */
import { Tidelog, partitionForKey, type Partitioner } from '@tidelog/client';

const bananaAlone: Partitioner = ({ key, keyBytes, partitionCount }) => {
  if (keyBytes === null || partitionCount === 1) return undefined; // as the default does
  if (key === 'Banana') return partitionCount - 1;
  return partitionForKey(keyBytes, partitionCount - 1);
};

const [broker = 'localhost:7650'] = process.argv.slice(2);
await using tidelog = new Tidelog({ brokers: [broker] });

const topic = `customers-${Date.now()}`;
await tidelog.admin().createTopics([{ topic, partitions: 4 }]);

const producer = tidelog.producer({ partitioner: bananaAlone });
const customers = ['Apple', 'Banana', 'Cherry', 'Banana', 'Damson', 'Elderberry', 'Banana', 'Fig'];
const stored = await producer.send({
  topic,
  messages: customers.map((customer) => ({ key: customer, value: 'an order' })),
});
for (const [index, { partition }] of stored.entries()) {
  const customer = customers[index];
  console.log(`${customer} → partition ${partition}`);
  if ((partition === 3) !== (customer === 'Banana')) throw new Error(`${customer} is in the wrong partition`);
}
