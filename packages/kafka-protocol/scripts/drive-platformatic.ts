/** Sends what @platformatic/kafka has to a scripted broker: admin calls, a producer, a group. */
import {
  Admin,
  Consumer,
  ProduceAcks,
  Producer,
  stringDeserializers,
  stringSerializers,
} from '@platformatic/kafka';

const topic = 'golden';
const groupId = 'golden-group';

/** @param address the broker's address */
export async function drivePlatformatic(address: string): Promise<void> {
  const common = { clientId: 'golden', bootstrapBrokers: [address], retries: 0 };
  const admin = new Admin(common);
  await admin.createTopics({ topics: [topic], partitions: 1, replicas: 1 });
  await admin.createPartitions({ topics: [{ name: topic, count: 2, assignments: [] }], validateOnly: false });

  const producer = new Producer({ ...common, serializers: stringSerializers });
  for (const acks of [ProduceAcks.ALL, ProduceAcks.NO_RESPONSE]) {
    await producer.send({ acks, messages: [{ topic, partition: 0, key: 'key', value: 'value' }] });
  }
  await producer.close();

  const consumer = new Consumer({
    ...common,
    groupId,
    deserializers: stringDeserializers,
    heartbeatInterval: 200,
  });
  const stream = await consumer.consume({
    topics: [topic],
    mode: 'earliest',
    autocommit: false,
    maxWaitTime: 100,
  });
  for await (const message of stream) {
    await message.commit();
    break;
  }
  await consumer.listOffsets({ topics: [topic] });
  await new Promise((resolve) => consumer.once('consumer:heartbeat:end', resolve));
  await stream.close();
  await consumer.close(true);

  await admin.listGroups();
  await admin.describeGroups({ groups: [groupId] });
  await admin.deleteGroups({ groups: [groupId] });
  await admin.deleteTopics({ topics: [topic] });
  await admin.close();
}
