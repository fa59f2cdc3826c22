/**
 * A broker in a process of its own, which can be killed. Takes the options of `startBroker` as JSON, sends its
 * address when it listens, closes at the message `close`, and ends at once when its parent is gone.
 */
import { startBroker, type StartBrokerOptions } from '@tidelog/broker';
import { followParent, leaveParent } from './parent-process.ts';

const broker = await startBroker(JSON.parse(process.argv[2] ?? '{}') as StartBrokerOptions);
followParent().addEventListener('abort', () => {
  void broker.close().then(leaveParent);
});
process.send?.({ brokers: broker.brokers });
