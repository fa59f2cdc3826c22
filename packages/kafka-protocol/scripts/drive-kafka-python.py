"""Sends what kafka-python has to a scripted broker: admin calls, a producer, a group.
Argument: the broker's address. Prints the version of the library."""
import sys
import time

import kafka
from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer
from kafka.admin import ConfigResource, ConfigResourceType, NewPartitions, NewTopic

address = sys.argv[1]
admin = KafkaAdminClient(bootstrap_servers=address, client_id="golden")
admin.create_topics([NewTopic("golden", 1, 1)])
admin.create_partitions({"golden": NewPartitions(2)})
admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, "golden")])
admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, "golden", {"retention.ms": "1"})])

producer = KafkaProducer(bootstrap_servers=address, client_id="golden")
producer.send("golden", b"value", b"key", partition=0).get(10)
producer.close()

consumer = KafkaConsumer(
    "golden",
    bootstrap_servers=address,
    client_id="golden",
    group_id="golden-group",
    auto_offset_reset="earliest",
    enable_auto_commit=False,
    heartbeat_interval_ms=300,
    consumer_timeout_ms=3000,
)
for message in consumer:
    consumer.commit()
    break
time.sleep(1)
consumer.poll(100)
admin.list_consumer_groups()
admin.describe_consumer_groups(["golden-group"])
admin.list_consumer_group_offsets("golden-group")
consumer.close()
admin.delete_topics(["golden"])
admin.close()
print(kafka.__version__)
