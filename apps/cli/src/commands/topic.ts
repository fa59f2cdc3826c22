/** `tidelog topic create | list | describe | alter | delete`. */
import { TidelogError, type ErrorCode } from '@tidelog/record/errors';
import { connect, findTopic, type BrokerOptions } from '../connect.ts';
import { counted, printResult, table, type Output } from '../output.ts';

export interface CreateOptions extends BrokerOptions {
  readonly partitions?: number;
  readonly replicationFactor?: number;
  readonly config?: Readonly<Record<string, string>>;
  readonly ifNotExists?: boolean;
}

function isCode(error: unknown, code: ErrorCode): boolean {
  return error instanceof TidelogError && error.code === code;
}

export async function createTopic(name: string, options: CreateOptions, output: Output): Promise<void> {
  await using tidelog = connect(options);
  const { partitions: wanted, replicationFactor, config: configs, ifNotExists } = options;
  const topic = {
    topic: name,
    ...(wanted === undefined ? {} : { partitions: wanted }),
    ...(replicationFactor === undefined ? {} : { replicationFactor }),
    ...(configs === undefined ? {} : { configs }),
  };
  let partitions: number | undefined;
  try {
    const [created] = await tidelog.admin().createTopics([topic]);
    partitions = created?.partitions;
  } catch (error) {
    if (ifNotExists !== true || !isCode(error, 'TOPIC_ALREADY_EXISTS')) throw error;
    return printResult(output, { json: { topic: name, created: false }, text: `Topic ${name} exists.` });
  }
  await printResult(output, {
    json: { topic: name, created: true, partitions },
    text: `Created topic ${name} with ${counted(partitions ?? 0, 'partition')}.`,
  });
}

export interface ListOptions extends BrokerOptions {
  readonly internal?: boolean;
}

export async function listTopics(options: ListOptions, output: Output): Promise<void> {
  await using tidelog = connect(options);
  const topics = (await tidelog.admin().listTopics())
    .filter((topic) => options.internal === true || !topic.internal)
    .sort((a, b) => (a.topic < b.topic ? -1 : 1));
  if (output.json) {
    for (const { topic, partitions, internal } of topics) {
      await printResult(output, { json: { topic, partitions, internal }, text: '' });
    }
    return;
  }
  const text = topics.map(({ topic }) => topic).join('\n');
  await printResult(output, { json: undefined, text });
}

export async function describeTopic(name: string, options: BrokerOptions, output: Output): Promise<void> {
  await using tidelog = connect(options);
  const admin = tidelog.admin();
  const description = await findTopic(tidelog, name, { options, output });
  const [starts, ends, configs] = await Promise.all([
    admin.listOffsets(name, 'earliest'),
    admin.listOffsets(name, 'latest'),
    admin.describeConfigs({ topic: name }),
  ]);
  const offsetsOf = (list: typeof starts, partition: number): number =>
    list.find((entry) => entry.partition === partition)?.offset ?? -1;
  const partitions = description.partitions.map((partition) => ({
    partition: partition.partition,
    leader: partition.leaderId,
    leaderEpoch: partition.leaderEpoch,
    replicas: partition.replicaIds,
    isr: partition.isrIds,
    logStartOffset: offsetsOf(starts, partition.partition),
    highWatermark: offsetsOf(ends, partition.partition),
  }));
  const set = configs.filter((config) => config.source === 'TOPIC_CONFIG');
  const rows = partitions.map((row) => [
    row.partition,
    row.leader,
    row.replicas.join(','),
    row.isr.join(','),
    row.logStartOffset,
    row.highWatermark,
  ]);
  await printResult(output, {
    json: {
      topic: name,
      topicId: description.topicId,
      internal: description.internal,
      partitions,
      configs: Object.fromEntries(
        configs.map((config) => [config.name, { value: config.value, source: config.source }]),
      ),
    },
    text: [
      `Topic ${name} (id ${description.topicId})`,
      `Configs: ${set.length === 0 ? 'defaults' : set.map((config) => `${config.name}=${config.value}`).join(' ')}`,
      table(['partition', 'leader', 'replicas', 'isr', 'start', 'end'], rows),
    ].join('\n'),
  });
}

export interface AlterOptions extends BrokerOptions {
  readonly partitions?: number;
  readonly config?: Readonly<Record<string, string>>;
  readonly deleteConfig?: readonly string[];
}

/** Changes all or, when the broker refuses a part of it, nothing. */
export async function alterTopic(name: string, options: AlterOptions, output: Output): Promise<void> {
  const { partitions: totalCount, config = {}, deleteConfig = [] } = options;
  const configs = [
    ...Object.entries(config).map(([key, value]) => ({ name: key, value })),
    ...deleteConfig.map((key) => ({ name: key, value: null })),
  ];
  await using tidelog = connect(options);
  const admin = tidelog.admin();
  await findTopic(tidelog, name, { options, output });
  const partitions = totalCount === undefined ? [] : [{ topic: name, totalCount }];
  if (partitions.length > 0) await admin.createPartitions(partitions, { validateOnly: true });
  if (configs.length > 0) await admin.alterConfigs({ topic: name, configs });
  if (partitions.length > 0) await admin.createPartitions(partitions);
  await printResult(output, { json: { topic: name, altered: true }, text: `Altered topic ${name}.` });
}

export interface DeleteOptions extends BrokerOptions {
  readonly ifExists?: boolean;
}

export async function deleteTopic(name: string, options: DeleteOptions, output: Output): Promise<void> {
  await using tidelog = connect(options);
  try {
    await tidelog.admin().deleteTopics([name]);
  } catch (error) {
    if (!isCode(error, 'UNKNOWN_TOPIC_OR_PARTITION')) throw error;
    if (options.ifExists !== true) {
      await findTopic(tidelog, name, { options, output, isWorthCreating: false });
      throw error;
    }
    return printResult(output, {
      json: { topic: name, deleted: false },
      text: `There is no topic ${name}.`,
    });
  }
  await printResult(output, { json: { topic: name, deleted: true }, text: `Deleted topic ${name}.` });
}
