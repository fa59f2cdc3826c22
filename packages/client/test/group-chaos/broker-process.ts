/**
 * A broker in a process of its own, which can be killed. Takes the options of `startBroker` as JSON, sends its
 * address when it listens, closes at the message `close`, and ends at once when its parent is gone.
 */
import { startBroker, type StartBrokerOptions } from '@tidelog/broker';

const broker = await startBroker(JSON.parse(process.argv[2] ?? '{}') as StartBrokerOptions);
process.once('disconnect', () => process.exit(1));
process.once('message', () => {
  void broker.close().then(() => process.disconnect());
});
process.send?.({ brokers: broker.brokers });
