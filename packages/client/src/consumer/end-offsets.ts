/**
 * Where partitions end now, asked of their leaders.
 */
import { fromSafeNumber, toSafeNumber, topicIdToBytes } from '@tidelog/protocol';
import { TidelogError } from '@tidelog/record/errors';
import type { ClientSettings } from '../client-options.ts';
import type { ClusterMetadata } from '../cluster-metadata.ts';
import { askLeaders } from '../leader-requests.ts';
import type { PartitionReader } from './partition-reader.ts';
import { LATEST_TIMESTAMP_MS } from './start-position.ts';

/** The offset after the last readable record of each partition. Rejects as `askLeaders`. */
export async function endOffsets(
  settings: ClientSettings,
  metadata: ClusterMetadata,
  readers: readonly PartitionReader[],
): Promise<Map<PartitionReader, number>> {
  const ends = new Map<PartitionReader, number>();
  const topics = Map.groupBy(readers, ({ topic }) => topic);
  const asked = [...topics].map(async ([topic, readersOfTopic]) => {
    const byPartition = new Map(readersOfTopic.map((reader) => [reader.partition, reader]));
    const rows = await askLeaders({ settings, metadata, topic }, [...byPartition.keys()], async (request) => {
      const timestampMs = fromSafeNumber(LATEST_TIMESTAMP_MS);
      const topicId = topicIdToBytes(request.topicId);
      const answer = await metadata.control.request(
        'LIST_OFFSETS',
        { partitions: request.partitions.map((partition) => ({ topicId, partition, timestampMs })) },
        { endpoint: request.endpoint },
      );
      return answer.partitions.map(({ partition, errorCode, errorMessage, offset }) => ({
        partition,
        error:
          errorCode === 0 ? undefined : TidelogError.fromWire(errorCode, errorMessage, { topic, partition }),
        offset: toSafeNumber(offset, 'offset'),
      }));
    });
    for (const { partition, offset } of rows) ends.set(byPartition.get(partition) as PartitionReader, offset);
  });
  await Promise.all(asked);
  return ends;
}
