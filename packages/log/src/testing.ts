/**
 * What tests of code on top of the log need: a disk that loses what was not synced, and time that stands still.
 */
export { ManualClock, type ManualClockOptions } from './manual-clock.ts';
export {
  MemoryFileSystem,
  type CrashOptions,
  type MemoryFileSystemOptions,
  type SyncPoint,
} from './memory-file-system.ts';
export { seededRandom, type Random } from './seeded-random.ts';
