/** Records straight into the logs of a fake cluster. */
import { BatchBuilder } from '@tidelog/record';
import type { FakeLog } from './fake-log.ts';

/** Appends batches of records; each inner array is one batch. */
export function fillLog(log: FakeLog, batches: readonly (readonly string[])[], timestampMs = 1_000): void {
  for (const values of batches) {
    const builder = new BatchBuilder();
    for (const value of values) builder.append(timestampMs, null, value);
    log.append(builder.buildSync());
  }
}
