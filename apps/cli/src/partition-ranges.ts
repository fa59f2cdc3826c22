/** Where each partition of a topic is read from and where it ends now. */
import type { Tidelog } from '@tidelog/client';
import { TidelogError } from '@tidelog/record/errors';
import type { StartPosition } from './start-position.ts';

export interface PartitionRange {
  readonly partition: number;
  readonly startOffset: number;
  /** Exclusive. */
  readonly endOffset: number;
}

/**
 * The ranges of one partition, or of all. Rejects with OFFSET_OUT_OF_RANGE when `start` is an offset that a
 * partition does not have.
 */
export async function listRanges(
  tidelog: Tidelog,
  topic: string,
  o: { start: StartPosition; partition: number | undefined; signal: AbortSignal },
): Promise<PartitionRange[]> {
  const { start, signal } = o;
  const admin = tidelog.admin();
  const [earliest, latest, byTime] = await Promise.all([
    admin.listOffsets(topic, 'earliest', { signal }),
    admin.listOffsets(topic, 'latest', { signal }),
    start.kind === 'timestamp'
      ? admin.listOffsets(topic, { timestampMs: start.timestampMs }, { signal })
      : [],
  ]);
  const offsetIn = (list: typeof earliest, partition: number, otherwise: number): number =>
    list.find((entry) => entry.partition === partition)?.offset ?? otherwise;
  return latest
    .filter(({ partition }) => o.partition === undefined || partition === o.partition)
    .map(({ partition, offset: endOffset }) => {
      const bounds = { startOffset: offsetIn(earliest, partition, 0), endOffset };
      const foundOffset = offsetIn(byTime, partition, -1);
      const startOffset = startOffsetIn(bounds, start, foundOffset);
      if (startOffset === undefined) throw outOfRange(topic, partition, { ...bounds, start });
      return { partition, startOffset, endOffset };
    });
}

/** undefined: the partition does not have the offset. `foundOffset`: the first at the time, −1 for none. */
function startOffsetIn(
  bounds: { readonly startOffset: number; readonly endOffset: number },
  start: StartPosition,
  foundOffset: number,
): number | undefined {
  const { startOffset, endOffset } = bounds;
  switch (start.kind) {
    case 'beginning':
      return startOffset;
    case 'end':
      return endOffset;
    case 'offset':
      return start.offset >= startOffset && start.offset <= endOffset ? start.offset : undefined;
    case 'last':
      return Math.max(startOffset, endOffset - start.recordCount);
    case 'timestamp':
      return foundOffset >= 0 ? foundOffset : endOffset;
  }
}

function outOfRange(
  topic: string,
  partition: number,
  o: { readonly startOffset: number; readonly endOffset: number; readonly start: StartPosition },
): TidelogError {
  const { startOffset, endOffset, start } = o;
  const offset = start.kind === 'offset' ? start.offset : undefined;
  const holds =
    startOffset === endOffset
      ? `is empty and continues at ${endOffset}`
      : `holds ${startOffset} to ${endOffset - 1}`;
  return new TidelogError(
    'OFFSET_OUT_OF_RANGE',
    `offset ${String(offset)} is outside partition ${partition} of topic ${JSON.stringify(topic)}, which ${holds}; ` +
      'give another --offset, or one --partition',
    { topic, partition, ...(offset === undefined ? {} : { offset }) },
  );
}
