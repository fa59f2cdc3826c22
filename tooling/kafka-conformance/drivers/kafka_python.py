"""The driver of kafka-python."""

import kafka
from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import ConfigResource, ConfigResourceType, NewPartitions, NewTopic
from kafka.errors import BrokerResponseError
from kafka.structs import OffsetAndMetadata
from serve_operations import Member, Unsupported, next_offsets, serve_operations

TIMEOUT_S = 10

state = {"broker": None, "producers": {}, "member": None, "consumer": None, "admin": None}


def open_client(arguments):
    state["broker"] = arguments["broker"]
    state["admin"] = KafkaAdminClient(bootstrap_servers=arguments["broker"])
    return {"version": kafka.__version__}


def metadata(arguments):
    (topic,) = state["admin"].describe_topics([arguments["topic"]])
    cluster = state["admin"].describe_cluster()
    return {"brokerCount": len(cluster["brokers"]), "partitionCount": len(topic["partitions"])}


def create_topic(arguments):
    state["admin"].create_topics([NewTopic(arguments["topic"], arguments["partitions"], 1)])


def delete_topic(arguments):
    state["admin"].delete_topics([arguments["topic"]])


def list_topics(_arguments):
    return state["admin"].list_topics()


def producer_for(acks, compression):
    key = (acks, compression)
    if key not in state["producers"]:
        state["producers"][key] = KafkaProducer(
            bootstrap_servers=state["broker"],
            acks="all" if acks == -1 else acks,
            compression_type=None if compression == "none" else compression,
            max_request_size=20_000_000,
            linger_ms=5,
        )
    return state["producers"][key]


def encoded(value):
    return None if value is None else value.encode()


def produce(arguments):
    if arguments.get("idempotent"):
        raise Unsupported("version 2.0 has no idempotent producer")
    if any(record["key"] is None and record["value"] is None for record in arguments["records"]):
        raise Unsupported("the client writes no record that has neither key nor value")
    producer = producer_for(arguments.get("acks", -1), arguments.get("compression", "none"))
    futures = [
        producer.send(
            arguments["topic"],
            value=encoded(record["value"]),
            key=encoded(record["key"]),
            headers=[(name, value.encode()) for name, value in record.get("headers", [])],
            partition=record.get("partition"),
            timestamp_ms=record.get("timestampMs"),
        )
        for record in arguments["records"]
    ]
    producer.flush(TIMEOUT_S)
    rows = [future.get(TIMEOUT_S) for future in futures]
    return [{"partition": row.partition, "offset": row.offset} for row in rows]


def text(data):
    return None if data is None else data.decode()


def incoming(message):
    return {
        "partition": message.partition,
        "offset": message.offset,
        "key": text(message.key),
        "value": text(message.value),
        "headers": [[name, text(value)] for name, value in message.headers],
        "timestampMs": message.timestamp,
    }


def reader(**options):
    return KafkaConsumer(
        bootstrap_servers=state["broker"],
        enable_auto_commit=False,
        fetch_max_wait_ms=100,
        **options,
    )


def consume(arguments):
    place, start = TopicPartition(arguments["topic"], arguments["partition"]), arguments["from"]
    consumer = reader(consumer_timeout_ms=TIMEOUT_S * 1000)
    consumer.assign([place])
    if start == "beginning":
        consumer.seek_to_beginning(place)
    elif "offset" in start:
        consumer.seek(place, start["offset"])
    else:
        consumer.seek(place, consumer.offsets_for_times({place: start["timestampMs"]})[place].offset)
    records = []
    for message in consumer:
        records.append(incoming(message))
        if len(records) == arguments["count"]:
            break
    consumer.close(autocommit=False)
    return records


def join(arguments):
    if arguments.get("protocol") == "consumer":
        raise Unsupported("the client knows classic groups only")
    consumer = reader(
        group_id=arguments["groupId"],
        auto_offset_reset="earliest",
        heartbeat_interval_ms=300,
        session_timeout_ms=10_000,
    )
    consumer.subscribe([arguments["topic"]])

    def poll(member):
        batches = consumer.poll(100)
        member.assigned = [place.partition for place in consumer.assignment()]
        for messages in batches.values():
            member.records.extend(incoming(message) for message in messages)

    state["consumer"], state["topic"] = consumer, arguments["topic"]
    state["member"] = Member(poll)


def commit_and_leave(_arguments):
    member, consumer = state["member"], state["consumer"]
    member.stop()
    offsets = next_offsets(member.records, member.assigned)
    if offsets:
        consumer.commit(
            {
                TopicPartition(state["topic"], partition): OffsetAndMetadata(offset, "")
                for partition, offset in offsets.items()
            }
        )
    consumer.close(autocommit=False)


def group_offsets(arguments):
    rows = state["admin"].list_consumer_group_offsets(arguments["groupId"])
    return [{"partition": place.partition, "offset": row.offset} for place, row in rows.items()]


def set_group_offsets(arguments):
    """Commits as a lone consumer of the group that has assigned partitions to itself."""
    consumer = reader(group_id=arguments["groupId"])
    places = {
        TopicPartition(arguments["topic"], row["partition"]): OffsetAndMetadata(row["offset"], "")
        for row in arguments["offsets"]
    }
    consumer.assign(list(places))
    consumer.commit(places)
    consumer.close(autocommit=False)


def topic_resource(arguments, configs=None):
    return ConfigResource(ConfigResourceType.TOPIC, arguments["topic"], configs)


def describe_configs(arguments):
    (response,) = state["admin"].describe_configs([topic_resource(arguments)])
    _error, _message, _type, _name, entries = response.resources[0]
    return {entry[0]: entry[1] for entry in entries}


def alter_configs(arguments):
    response = state["admin"].alter_configs([topic_resource(arguments, arguments["configs"])])
    error_code, message, *_rest = response.resources[0]
    if error_code != 0:
        raise RuntimeError(f"{error_code}: {message}")


def create_partitions(arguments):
    state["admin"].create_partitions({arguments["topic"]: NewPartitions(arguments["totalCount"])})


def offset_range(arguments):
    place = TopicPartition(arguments["topic"], arguments["partition"])
    consumer = reader()
    found = {
        "beginning": consumer.beginning_offsets([place])[place],
        "end": consumer.end_offsets([place])[place],
    }
    consumer.close(autocommit=False)
    return found


def describe_cluster(_arguments):
    found = state["admin"].describe_cluster()
    return {"clusterId": found["cluster_id"], "brokerCount": len(found["brokers"])}


def list_groups(_arguments):
    return [group for group, _protocol in state["admin"].list_consumer_groups()]


def describe_group(arguments):
    (group,) = state["admin"].describe_consumer_groups([arguments["groupId"]])
    return {"state": group.state, "memberCount": len(group.members)}


def delete_group(arguments):
    for _group, error in state["admin"].delete_consumer_groups([arguments["groupId"]]):
        if error.errno != 0:
            raise error()


# Names that the client gives to errors of the broker.
CODES = {"MESSAGE_SIZE_TOO_LARGE": "MESSAGE_TOO_LARGE"}


def error_code(error):
    if not isinstance(error, BrokerResponseError):
        return None
    return CODES.get(error.message, error.message)


serve_operations(
    {
        "open": open_client,
        "metadata": metadata,
        "createTopic": create_topic,
        "deleteTopic": delete_topic,
        "listTopics": list_topics,
        "produce": produce,
        "consume": consume,
        "join": join,
        "member": lambda _arguments: state["member"].state(),
        "commitAndLeave": commit_and_leave,
        "groupOffsets": group_offsets,
        "setGroupOffsets": set_group_offsets,
        "describeConfigs": describe_configs,
        "alterConfigs": alter_configs,
        "createPartitions": create_partitions,
        "offsetRange": offset_range,
        "describeCluster": describe_cluster,
        "listGroups": list_groups,
        "describeGroup": describe_group,
        "deleteGroup": delete_group,
    },
    error_code,
)
