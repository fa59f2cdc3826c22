/** `tidelog topic create | list | describe | alter | delete`. */
import { TidelogError } from '@tidelog/record/errors';
import { connect, type BrokerOptions } from '../connect.ts';
import { printResult, table, type Output } from '../output.ts';

interface CreateOptions extends BrokerOptions {
  partitions?: number;
  replicationFactor?: number;
  config?: Record<string, string>;
  ifNotExists?: boolean;
}

export async function createTopic(name: string, options: CreateOptions, output: Output): Promise<void> {
  await using tidelog = connect(options);
  const admin = tidelog.admin();
  try {
    await admin.createTopics([
      {
        topic: name,
        ...(options.partitions === undefined ? {} : { partitions: options.partitions }),
        ...(options.replicationFactor === undefined ? {} : { replicationFactor: options.replicationFactor }),
        ...(options.config === undefined ? {} : { configs: options.config }),
      },
    ]);
  } catch (error) {
    if (
      options.ifNotExists === true &&
      error instanceof TidelogError &&
      error.code === 'TOPIC_ALREADY_EXISTS'
    ) {
      return printResult(output, { json: { topic: name, created: false }, text: `Topic ${name} exists.` });
    }
    throw error;
  }
  const [description] = await admin.describeTopics([name]);
  const partitions = description?.partitions.length ?? 0;
  await printResult(output, {
    json: { topic: name, created: true, partitions },
    text: `Created topic ${name} with ${partitions} ${partitions === 1 ? 'partition' : 'partitions'}.`,
  });
}

export async function listTopics(
  options: BrokerOptions & { internal?: boolean },
  output: Output,
): Promise<void> {
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
  const [description] = await admin.describeTopics([name]);
  if (description === undefined)
    throw new TidelogError('UNKNOWN_TOPIC_OR_PARTITION', `There is no topic ${name}.`);
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

interface AlterOptions extends BrokerOptions {
  partitions?: number;
  config?: Record<string, string>;
  deleteConfig?: string[];
}

export async function alterTopic(name: string, options: AlterOptions, output: Output): Promise<void> {
  const set = Object.entries(options.config ?? {}).map(([key, value]) => ({ name: key, value }));
  const reset = (options.deleteConfig ?? []).map((key) => ({ name: key, value: null }));
  if (options.partitions === undefined && set.length + reset.length === 0) {
    throw new TidelogError(
      'INVALID_ARGUMENT',
      'Nothing to change: give --partitions, --config or --delete-config.',
    );
  }
  await using tidelog = connect(options);
  const admin = tidelog.admin();
  if (set.length + reset.length > 0) await admin.alterConfigs({ topic: name, configs: [...set, ...reset] });
  if (options.partitions !== undefined) {
    await admin.createPartitions([{ topic: name, totalCount: options.partitions }]);
  }
  await printResult(output, { json: { topic: name, altered: true }, text: `Altered topic ${name}.` });
}

export async function deleteTopic(
  name: string,
  options: BrokerOptions & { ifExists?: boolean },
  output: Output,
): Promise<void> {
  await using tidelog = connect(options);
  try {
    await tidelog.admin().deleteTopics([name]);
  } catch (error) {
    if (
      options.ifExists === true &&
      error instanceof TidelogError &&
      error.code === 'UNKNOWN_TOPIC_OR_PARTITION'
    ) {
      return printResult(output, {
        json: { topic: name, deleted: false },
        text: `There is no topic ${name}.`,
      });
    }
    throw error;
  }
  await printResult(output, { json: { topic: name, deleted: true }, text: `Deleted topic ${name}.` });
}
