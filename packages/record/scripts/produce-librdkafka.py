"""Produces records with librdkafka (confluent_kafka). Reads one JSON object from stdin:
{"config": {...}, "records": [{"timestampMs", "key", "value", "headers"}]}, byte fields in base64 or null."""
import base64
import json
import sys

import confluent_kafka

job = json.load(sys.stdin)


def data(text):
    return None if text is None else base64.b64decode(text)


producer = confluent_kafka.Producer(job["config"])
for record in job["records"]:
    headers = [(key, data(value)) for key, value in record["headers"]]
    producer.produce(
        "golden",
        partition=0,
        key=data(record["key"]),
        value=data(record["value"]),
        timestamp=record["timestampMs"],
        headers=headers or None,
    )
left = producer.flush(10)
print(confluent_kafka.libversion()[0])
sys.exit(1 if left else 0)
