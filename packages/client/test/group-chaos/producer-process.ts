/**
 * Produces steadily: one record to each partition every `intervalMs`, each value unique, and writes down what was
 * acknowledged at which offset. Ends at the message `close`, after everything that it sent has its outcome.
 */
import { Tidelog } from '../../src/index.ts';
import { HistoryWriter } from './history-file.ts';
import { followParent, leaveParent } from './parent-process.ts';

export interface ProducerSettings {
  readonly brokers: readonly string[];
  readonly topic: string;
  readonly partitionCount: number;
  readonly intervalMs: number;
  readonly historyPath: string;
}

async function main(settings: ProducerSettings): Promise<void> {
  const { topic, partitionCount, intervalMs, brokers } = settings;
  const history = new HistoryWriter(settings.historyPath);
  await using tidelog = new Tidelog({ brokers, clientId: 'producer' });
  const producer = tidelog.producer({ lingerMs: 0 });
  let round = 0;
  const produceAll = (): void => {
    round += 1;
    for (let partition = 0; partition < partitionCount; partition++) {
      const value = `${partition}:${round}`;
      producer.enqueue(topic, { partition, value }, (error, metadata) => {
        // A failure leaves the outcome open: nothing was promised.
        if (error !== undefined || metadata === undefined) return;
        history.write({ type: 'acknowledged', topic, partition, offset: metadata.offset, value });
      });
    }
  };
  const timer = setInterval(produceAll, intervalMs);
  const closing = followParent();
  await new Promise((resolve) => {
    closing.addEventListener('abort', resolve);
  });
  clearInterval(timer);
  await producer.flush();
  leaveParent();
}

await main(JSON.parse(process.argv[2] ?? '{}') as ProducerSettings);
