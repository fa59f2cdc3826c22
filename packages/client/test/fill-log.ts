/** Records straight into the logs of a fake cluster. */
import { BatchBuilder } from '@tidelog/record';
import type { FakeLog } from './fake-log.ts';

const PARTITION_LEADER_EPOCH_POSITION = 12;

/** Appends batches of records; each inner array is one batch. */
export function fillLog(log: FakeLog, batches: readonly (readonly string[])[], timestampMs = 1_000): void {
  for (const values of batches) {
    const builder = new BatchBuilder();
    for (const value of values) builder.append(timestampMs, null, value);
    const batch = builder.buildSync();
    // As a leader does: its epoch, which no checksum covers.
    batch.writeInt32BE(0, PARTITION_LEADER_EPOCH_POSITION);
    log.append(batch);
  }
}
