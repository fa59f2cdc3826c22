/**
 * The floor of free disk space: below it appends are refused, so that the rest of the space is left to what must
 * not fail: checkpoints, the journal, deletions. Free space is looked up now and then; in between, the last look
 * counts, so a write may still find the disk full, which the log repairs.
 */
import { TidelogError } from '@tidelog/record/errors';
import type { Clock, Timer } from './clock.ts';
import type { FileSystem } from './file-system.ts';
import type { Logger } from './logger.ts';

export interface FreeSpaceGuardOptions {
  readonly fileSystem: FileSystem;
  readonly dir: string;
  /** 0: no floor. */
  readonly minFreeBytes: number;
  readonly intervalMs: number;
  readonly clock: Clock;
  readonly logger: Logger;
}

export class FreeSpaceGuard {
  readonly #options: FreeSpaceGuardOptions;
  #refusal: TidelogError | undefined;
  #freeBytes: number | undefined;
  #timer: Timer | undefined;
  #isStopped = false;

  constructor(options: FreeSpaceGuardOptions) {
    this.#options = options;
  }

  /** Why appends are refused at the moment; undefined when they are not. */
  get refusal(): TidelogError | undefined {
    return this.#refusal;
  }

  /** As last looked up. */
  get freeBytes(): number | undefined {
    return this.#freeBytes;
  }

  /** Looks once, and again every `intervalMs` until `stop`. */
  async start(): Promise<void> {
    await this.#look();
    if (this.#isStopped || this.#options.minFreeBytes === 0) return;
    this.#timer = this.#options.clock.setTimer(this.#options.intervalMs, () => void this.start());
  }

  stop(): void {
    this.#isStopped = true;
    this.#timer?.cancel();
  }

  async #look(): Promise<void> {
    const { fileSystem, dir, minFreeBytes, logger } = this.#options;
    try {
      this.#freeBytes = await fileSystem.freeBytes(dir);
    } catch (error) {
      logger.warn({ err: error, dir }, 'the free space of the disk cannot be looked up');
      return;
    }
    const isBelow = this.#freeBytes < minFreeBytes;
    if (isBelow === (this.#refusal !== undefined)) return;
    if (!isBelow) {
      this.#refusal = undefined;
      logger.info({ dir, freeBytes: this.#freeBytes }, 'there is free space again; appends are accepted');
      return;
    }
    this.#refusal = new TidelogError(
      'DISK_FULL',
      `the disk of ${dir} has ${this.#freeBytes} bytes left, less than the floor of ${minFreeBytes}; appends are ` +
        'refused until there is more: free some space, or lower retention',
    );
    logger.error({ dir, freeBytes: this.#freeBytes, minFreeBytes }, this.#refusal.message);
  }
}
