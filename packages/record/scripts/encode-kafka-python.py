"""Encodes one batch with kafka-python's record builder. Reads one JSON object from stdin:
{"codec": 0..4, "records": [...]} as in produce-librdkafka.py; writes {"version", "bytes"} (base64) to stdout."""
import base64
import json
import sys

import kafka
from kafka.record.default_records import DefaultRecordBatchBuilder

job = json.load(sys.stdin)


def data(text):
    return None if text is None else base64.b64decode(text)


builder = DefaultRecordBatchBuilder(
    magic=2,
    compression_type=job["codec"],
    is_transactional=False,
    producer_id=-1,
    producer_epoch=-1,
    base_sequence=-1,
    batch_size=16777216,
)
for offset, record in enumerate(job["records"]):
    headers = [(key, data(value)) for key, value in record["headers"]]
    builder.append(offset, record["timestampMs"], data(record["key"]), data(record["value"]), headers)
batch = base64.b64encode(bytes(builder.build())).decode()
json.dump({"version": kafka.__version__, "bytes": batch}, sys.stdout)
