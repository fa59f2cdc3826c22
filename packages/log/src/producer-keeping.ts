/**
 * Keeps what batches say of their producers when the batches themselves are about to go: by retention, or by
 * compaction, which leaves a producer's last batch and not the four before it.
 */
import { LeaderEpochCache } from './leader-epoch-cache.ts';
import type { LogContents } from './log-contents.ts';
import { encodeProducers } from './producer-snapshot-files.ts';
import { StateReplay } from './state-replay.ts';

/**
 * Makes sure of a durable snapshot at `offset`, the base offset of a segment, so that the batches below are not needed
 * for it. Runs while nothing flushes, truncates or deletes.
 */
export async function keepProducersBefore(contents: LogContents, offset: number): Promise<void> {
  const { segments, snapshots, options } = contents;
  if (snapshots.offsets.includes(offset)) return;
  const epochs = new LeaderEpochCache();
  const replay = new StateReplay({ segments, snapshots, epochs, nowMs: options.clock.nowMs() });
  await replay.upTo(offset);
  await snapshots.write(encodeProducers(offset, replay.producers.entries()));
  await options.fileSystem.syncDirectory(options.dir);
}
