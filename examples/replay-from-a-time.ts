/** Replays what came at or after a time: the broker finds the offset by its time index. */
import { Tidelog } from '@tidelog/client';

const [broker = 'localhost:7650'] = process.argv.slice(2);
await using tidelog = new Tidelog({ brokers: [broker] });

const topic = `temperatures-${Date.now()}`;
await tidelog.admin().createTopics([{ topic, partitions: 1 }]);

const HOUR_MS = 3_600_000;
const noonMs = Date.now() - 6 * HOUR_MS;
await tidelog.producer().send({
  topic,
  messages: [11, 12, 13, 14, 15].map((hour) => ({
    value: `${hour}:00 ${hour + 7} °C`,
    timestampMs: noonMs + (hour - 12) * HOUR_MS,
  })),
});

const consumer = tidelog.consumer({ topics: [topic], startFrom: { timestampMs: noonMs + HOUR_MS } });
const replayed: string[] = [];
for await (const record of consumer) {
  replayed.push(String(record.value));
  if (record.offset === 4) break;
}
console.log(replayed.join('\n'));
if (replayed.length !== 3) throw new Error(`replayed ${replayed.length} records instead of 3`);
