/** Sends what kafkajs has to a scripted broker: admin calls, producers of three kinds, a group. */
import kafkajs, { type Kafka } from 'kafkajs';

const topic = 'golden';
const groupId = 'golden-group';

/** @param address the broker's address */
export async function driveKafkajs(address: string): Promise<void> {
  const kafka = new kafkajs.Kafka({
    brokers: [address],
    clientId: 'golden',
    logLevel: kafkajs.logLevel.NOTHING,
  });
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic, numPartitions: 1 }] });
  await admin.createPartitions({ topicPartitions: [{ topic, count: 2 }] });
  const resource = { type: kafkajs.ConfigResourceTypes.TOPIC, name: topic };
  await admin.describeConfigs({ includeSynonyms: true, resources: [resource] });
  const configEntries = [{ name: 'retention.ms', value: '1' }];
  await admin.alterConfigs({ validateOnly: false, resources: [{ ...resource, configEntries }] });

  for (const acks of [-1, 0]) {
    const producer = kafka.producer({ idempotent: acks === -1 });
    await producer.connect();
    await producer.send({ topic, acks, messages: [{ key: 'key', value: 'value', headers: { h: '1' } }] });
    await producer.disconnect();
  }
  const consumer = kafka.consumer({ groupId, heartbeatInterval: 200 });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await new Promise<void>((resolve, reject) => {
    const eachMessage = async (): Promise<void> => resolve();
    consumer.run({ autoCommitThreshold: 1, eachMessage }).catch(reject);
  });
  await sendTransaction(kafka);
  await new Promise<void>((resolve) => consumer.on('consumer.heartbeat', () => resolve()));
  await consumer.disconnect();

  await admin.listGroups();
  await admin.describeGroups([groupId]);
  await admin.fetchOffsets({ groupId, topics: [topic] });
  await admin.fetchTopicOffsets(topic);
  await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '1' }] });
  await admin.deleteGroups([groupId]);
  await admin.deleteTopics({ topics: [topic] });
  await admin.disconnect();
}

async function sendTransaction(kafka: Kafka): Promise<void> {
  const producer = kafka.producer({
    transactionalId: 'golden-txn',
    maxInFlightRequests: 1,
    idempotent: true,
  });
  await producer.connect();
  const transaction = await producer.transaction();
  await transaction.send({ topic, messages: [{ value: 'value' }] });
  const topics = [{ topic, partitions: [{ partition: 0, offset: '1' }] }];
  await transaction.sendOffsets({ consumerGroupId: groupId, topics });
  await transaction.commit();
  await producer.disconnect();
}
