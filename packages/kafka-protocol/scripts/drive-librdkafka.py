"""Sends what librdkafka (confluent_kafka) has to a scripted broker: admin calls, a transaction, a group.
Argument: the broker's address. Prints the version of the library."""
import sys

import confluent_kafka
from confluent_kafka.admin import AdminClient, ConfigResource, NewPartitions, NewTopic

bootstrap = {"bootstrap.servers": sys.argv[1], "client.id": "golden"}
admin = AdminClient(bootstrap)


def wait(futures):
    for future in futures.values():
        future.result(10)


admin.list_topics(timeout=10)
wait(admin.create_topics([NewTopic("golden", 1, 1)], operation_timeout=0))
wait(admin.create_partitions([NewPartitions("golden", 2)]))
resource = ConfigResource("topic", "golden")
wait(admin.describe_configs([resource]))
wait(admin.alter_configs([ConfigResource("topic", "golden", set_config={"retention.ms": "1"})]))

producer = confluent_kafka.Producer({**bootstrap, "transactional.id": "golden-txn"})
producer.init_transactions(10)

consumer = confluent_kafka.Consumer(
    {
        **bootstrap,
        "group.id": "golden-group",
        "auto.offset.reset": "earliest",
        "enable.auto.commit": False,
        "session.timeout.ms": 6000,
    }
)
consumer.subscribe(["golden"])
producer.begin_transaction()
producer.produce("golden", b"value", b"key", partition=0, headers=[("h", b"1")])
producer.flush(10)
message = None
for _ in range(100):
    message = consumer.poll(0.1)
    if message is not None and message.error() is None:
        break
producer.send_offsets_to_transaction(
    [confluent_kafka.TopicPartition("golden", 0, 1)], consumer.consumer_group_metadata(), 10
)
producer.commit_transaction(10)
if message is not None:
    consumer.commit(message=message, asynchronous=False)
    consumer.offsets_for_times([confluent_kafka.TopicPartition("golden", 0, 1)], 10)
    consumer.committed([confluent_kafka.TopicPartition("golden", 0)], 10)
# Long enough for a heartbeat, which is sent every three seconds.
for _ in range(40):
    consumer.poll(0.1)
admin.list_groups(timeout=10)
admin.list_groups("golden-group", timeout=10)
consumer.close()
wait(admin.delete_topics(["golden"], operation_timeout=0))
print(confluent_kafka.libversion()[0])
