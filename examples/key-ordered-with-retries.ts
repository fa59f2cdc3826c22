/**
 * Many records at a time, those of one customer in order: payments to a provider that is slow, sometimes out of order
 * and never takes one of them. What fails is tried again in place, then once more from a retry topic, and what does
 * not work at all ends in a dead-letter topic, so that nothing blocks the others.
 */
import { json, string, Tidelog } from '@tidelog/client';

interface Payment {
  readonly amount: number;
}

const [broker = 'localhost:7650'] = process.argv.slice(2);
await using tidelog = new Tidelog({ brokers: [broker] });

const run = Date.now();
const topic = `payments-${run}`;
const groupId = `billing-${run}`;
const retryTopic = `${groupId}.${topic}.retry`;
const deadLetterTopic = `${groupId}.${topic}.dead-letters`;
await tidelog.admin().createTopics([
  { topic, partitions: 2 },
  { topic: retryTopic, partitions: 2 },
  { topic: deadLetterTopic, partitions: 1 },
]);

const producer = tidelog.producer({ key: string(), value: json<Payment>() });
await producer.send({
  topic,
  messages: [
    { key: 'alice', value: { amount: 10 } },
    { key: 'bob', value: { amount: 999 } },
    { key: 'carol', value: { amount: 20 } },
    { key: 'alice', value: { amount: 11 } },
    { key: 'dave', value: { amount: -1 } },
    { key: 'alice', value: { amount: 12 } },
  ],
});

const paid: string[] = [];
/** The provider: 999 works only after a while, what is below zero never does. */
async function pay(customer: string, { amount }: Payment, attempt: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 20));
  if (amount === 999 && attempt <= 2) throw new Error('the provider is busy');
  if (amount < 0) throw new RangeError(`an amount of ${amount}`);
  paid.push(`${customer} ${amount}`);
}

await using consumer = tidelog.consumer({
  groupId,
  topics: [topic],
  startFrom: 'earliest',
  key: string(),
  value: json<Payment>(),
});
const done = new AbortController();
const running = consumer.run({
  concurrency: { by: 'key', max: 16 },
  retry: {
    maxAttempts: 2,
    backoffMs: 10,
    shouldRetry: (error) => !(error instanceof RangeError),
    retryTopic: true,
    retryDelayMs: 200,
  },
  deadLetterTopic: true,
  signal: done.signal,
  eachMessage: async ({ message, attempt, origin }) => {
    await pay(message.key ?? '', message.value as Payment, attempt);
    const where = message.topic === origin.topic ? '' : ` from ${message.topic}`;
    console.log(`paid ${message.key} ${message.value?.amount} at attempt ${attempt}${where}`);
    if (paid.length === 5) done.abort();
  },
});
await running;
await consumer.close();

const deadLetters = tidelog.consumer({ topics: [deadLetterTopic], startFrom: 'earliest' });
for await (const record of deadLetters) {
  const headers = Object.fromEntries(record.headers.map(({ key, value }) => [key, String(value)]));
  console.log(`not paid: ${String(record.key)} ${String(record.value)}: ${headers['tidelog.error.message']}`);
  break;
}
const ofAlice = paid.filter((payment) => payment.startsWith('alice'));
if (ofAlice.join() !== 'alice 10,alice 11,alice 12') throw new Error(`out of order: ${ofAlice.join()}`);
