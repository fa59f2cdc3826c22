/** DescribeBroker: how this broker is, who is connected to it, and what they asked for that it does not have. */
import type { HandlerContext } from '../broker-core.ts';
import type { DescribeBrokerRequest, DescribeBrokerResponse, PartitionProblem } from '../broker-requests.ts';

const MAX_PROBLEMS = 1000;

/** Rejects with CLUSTER_AUTHORIZATION_FAILED. */
export async function handleDescribeBroker(
  context: HandlerContext,
  _request: DescribeBrokerRequest,
): Promise<DescribeBrokerResponse> {
  const denial = context.denial({ type: 'Cluster' });
  if (denial !== undefined) throw denial;
  const { core } = context;
  const { brokerId, clusterId, brokerVersion, startedAtMs, clients, partitions, options, metadata } = core;
  return {
    brokerId,
    clusterId,
    brokerVersion,
    startedAtMs,
    nowMs: core.clock.nowMs(),
    listeners: [...core.advertised].map(([name, { host, port }]) => ({ name, host, port })),
    storage: {
      dataDir: core.dataDir,
      durability: options.durability,
      freeBytes: partitions.freeBytes ?? -1,
      offline: partitions.offline?.message ?? '',
    },
    topicCount: metadata.view.topics.size,
    partitionCount: metadata.view.partitionCount,
    problems: problemsOf(context),
    clients: clients.clients(),
    unsupported: clients.unsupported(),
    forgottenUnsupportedCount: clients.forgottenCount,
  };
}

function problemsOf({ core }: HandlerContext): PartitionProblem[] {
  const problems: PartitionProblem[] = [];
  // Offline as a whole is said once.
  if (core.partitions.offline !== undefined) return problems;
  for (const { topicId, topic, partition } of core.partitions.made()) {
    const problem = core.partitions.storageProblem(topicId, partition);
    if (problem === undefined) continue;
    problems.push({ topic, partition, message: problem.message });
    if (problems.length === MAX_PROBLEMS) break;
  }
  return problems;
}
