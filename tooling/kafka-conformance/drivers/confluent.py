"""The driver of confluent-kafka for Python, which is librdkafka's."""

import confluent_kafka
from confluent_kafka import Consumer, KafkaException, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, ConfigResource, NewPartitions, NewTopic
from serve_operations import Member, Unsupported, next_offsets, serve_operations

TIMEOUT_S = 10
FAST = {"fetch.wait.max.ms": 100, "heartbeat.interval.ms": 300}

state = {"broker": None, "producers": {}, "member": None, "consumer": None, "admin": None}


def configured(settings=None):
    return {"bootstrap.servers": state["broker"], **(settings or {})}


def admin():
    """One for all calls: its futures end with it."""
    if state["admin"] is None:
        state["admin"] = AdminClient(configured())
    return state["admin"]


def finish(futures):
    for future in futures.values():
        future.result(TIMEOUT_S)


def open_client(arguments):
    state["broker"] = arguments["broker"]
    return {"version": f"{confluent_kafka.version()[0]} (librdkafka {confluent_kafka.libversion()[0]})"}


def metadata(arguments):
    found = admin().list_topics(arguments["topic"], TIMEOUT_S)
    return {
        "brokerCount": len(found.brokers),
        "partitionCount": len(found.topics[arguments["topic"]].partitions),
    }


def create_topic(arguments):
    finish(admin().create_topics([NewTopic(arguments["topic"], arguments["partitions"], 1)]))


def delete_topic(arguments):
    finish(admin().delete_topics([arguments["topic"]]))


def list_topics(_arguments):
    return list(admin().list_topics(timeout=TIMEOUT_S).topics)


def producer_for(settings):
    key = repr(settings)
    if key not in state["producers"]:
        state["producers"][key] = Producer(configured(settings))
    return state["producers"][key]


def produce(arguments):
    records = arguments["records"]
    producer = producer_for(
        {
            "partitioner": "murmur2_random",
            "acks": arguments.get("acks", -1),
            "compression.type": arguments.get("compression", "none"),
            "enable.idempotence": arguments.get("idempotent", False),
            "message.max.bytes": 20_000_000,
            "linger.ms": 5,
        }
    )
    written = [None] * len(records)
    failures = []

    def delivered(index):
        def on_delivery(error, message):
            if error is not None:
                failures.append(KafkaException(error))
            else:
                offset = message.offset()
                written[index] = {
                    "partition": message.partition(),
                    "offset": -1 if offset is None or offset < 0 else offset,
                }

        return on_delivery

    for index, record in enumerate(records):
        options = {}
        if "partition" in record:
            options["partition"] = record["partition"]
        if "timestampMs" in record:
            options["timestamp"] = record["timestampMs"]
        if record.get("headers"):
            options["headers"] = [(name, value) for name, value in record["headers"]]
        producer.produce(
            arguments["topic"],
            record["value"],
            record["key"],
            on_delivery=delivered(index),
            **options,
        )
    producer.flush(TIMEOUT_S)
    if failures:
        raise failures[0]
    return written


def text(data):
    return None if data is None else data.decode()


def incoming(message):
    return {
        "partition": message.partition(),
        "offset": message.offset(),
        "key": text(message.key()),
        "value": text(message.value()),
        "headers": [[name, text(value)] for name, value in message.headers() or []],
        "timestampMs": message.timestamp()[1],
    }


def reader():
    return Consumer(configured({**FAST, "group.id": "unused", "enable.auto.commit": False}))


def consume(arguments):
    topic, partition, start = arguments["topic"], arguments["partition"], arguments["from"]
    consumer = reader()
    if start == "beginning":
        offset = confluent_kafka.OFFSET_BEGINNING
    elif "offset" in start:
        offset = start["offset"]
    else:
        asked = [TopicPartition(topic, partition, start["timestampMs"])]
        offset = consumer.offsets_for_times(asked, TIMEOUT_S)[0].offset
    consumer.assign([TopicPartition(topic, partition, offset)])
    records = []
    while len(records) < arguments["count"]:
        message = consumer.poll(TIMEOUT_S)
        if message is None:
            raise TimeoutError(f"{len(records)} of {arguments['count']} records came")
        if message.error():
            raise KafkaException(message.error())
        records.append(incoming(message))
    consumer.close()
    return records


def join(arguments):
    if arguments.get("protocol") == "consumer":
        raise Unsupported("librdkafka knows groups by KIP-848 from 2.4 on")
    settings = {
        "group.id": arguments["groupId"],
        "auto.offset.reset": "earliest",
        "enable.auto.commit": False,
        "session.timeout.ms": 10_000,
    }
    consumer = Consumer(configured({**FAST, **settings}))
    consumer.subscribe([arguments["topic"]])

    def poll(member):
        message = consumer.poll(0.1)
        member.assigned = [place.partition for place in consumer.assignment()]
        if message is not None and message.error() is None:
            member.records.append(incoming(message))

    state["consumer"], state["topic"] = consumer, arguments["topic"]
    state["member"] = Member(poll)


def commit_and_leave(_arguments):
    member, consumer = state["member"], state["consumer"]
    member.stop()
    offsets = next_offsets(member.records, member.assigned)
    places = [TopicPartition(state["topic"], partition, offset) for partition, offset in offsets.items()]
    if places:
        consumer.commit(offsets=places, asynchronous=False)
    consumer.close()


def group_offsets(arguments):
    """Asks as a member of the group would, which reads nothing."""
    consumer = Consumer(configured({"group.id": arguments["groupId"]}))
    topic = arguments["topic"]
    partitions = consumer.list_topics(topic, TIMEOUT_S).topics[topic].partitions
    rows = consumer.committed([TopicPartition(topic, partition) for partition in partitions], TIMEOUT_S)
    consumer.close()
    return [{"partition": row.partition, "offset": row.offset} for row in rows if row.offset >= 0]


def set_group_offsets(arguments):
    consumer = Consumer(configured({"group.id": arguments["groupId"]}))
    places = [
        TopicPartition(arguments["topic"], row["partition"], row["offset"]) for row in arguments["offsets"]
    ]
    consumer.commit(offsets=places, asynchronous=False)
    consumer.close()


def describe_configs(arguments):
    resource = ConfigResource(ConfigResource.Type.TOPIC, arguments["topic"])
    (future,) = admin().describe_configs([resource]).values()
    return {name: entry.value for name, entry in future.result(TIMEOUT_S).items()}


def alter_configs(arguments):
    resource = ConfigResource(ConfigResource.Type.TOPIC, arguments["topic"], set_config=arguments["configs"])
    finish(admin().alter_configs([resource]))


def create_partitions(arguments):
    finish(admin().create_partitions([NewPartitions(arguments["topic"], arguments["totalCount"])]))


def offset_range(arguments):
    consumer = reader()
    place = TopicPartition(arguments["topic"], arguments["partition"])
    beginning, end = consumer.get_watermark_offsets(place, TIMEOUT_S)
    consumer.close()
    return {"beginning": beginning, "end": end}


def describe_cluster(_arguments):
    found = admin().list_topics(timeout=TIMEOUT_S)
    return {"clusterId": found.cluster_id, "brokerCount": len(found.brokers)}


def list_groups(_arguments):
    return [group.id for group in admin().list_groups(timeout=TIMEOUT_S)]


def describe_group(arguments):
    for group in admin().list_groups(arguments["groupId"], TIMEOUT_S):
        return {"state": group.state, "memberCount": len(group.members)}
    return {"state": "none", "memberCount": 0}


# Names that librdkafka gives to errors of the broker.
CODES = {"MSG_SIZE_TOO_LARGE": "MESSAGE_TOO_LARGE"}


def error_code(error):
    if not isinstance(error, KafkaException):
        return None
    name = error.args[0].name()
    return CODES.get(name, name)


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
    },
    error_code,
)
