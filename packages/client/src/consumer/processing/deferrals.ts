/**
 * Partitions whose next record is for later (a retry that is not due): they are held back until then, without a
 * call, a slot or a batch of theirs being held, and without the program's own pausing being touched.
 *
 * Invariant: a reader is deferred only while its timer is set; a seek, removal, or `close` ends it.
 */
import { MAX_TIMER_MS, type Clock, type Timer } from '../../clock.ts';
import type { BatchSource } from '../batch-source.ts';
import type { PartitionReader } from '../partition-reader.ts';

interface Deferral {
  readonly timer: Timer;
  readonly place: number;
}

export class Deferrals {
  readonly #source: Pick<BatchSource<unknown, unknown>, 'readable' | 'onChange'>;
  readonly #clock: Clock;
  readonly #deferrals = new Map<PartitionReader, Deferral>();
  readonly #stopListening: () => void;

  constructor(source: Pick<BatchSource<unknown, unknown>, 'readable' | 'onChange'>, clock: Clock) {
    this.#source = source;
    this.#clock = clock;
    this.#stopListening = source.onChange((reader) => this.#changed(reader));
  }

  /** Holds a reader back for `waitMs`. The batch that its record is in is to be given back. */
  defer(reader: PartitionReader, waitMs: number): void {
    if (this.#deferrals.has(reader)) return;
    reader.isDeferred = true;
    const timer = this.#clock.setTimer(Math.min(waitMs, MAX_TIMER_MS), () => this.#end(reader));
    this.#deferrals.set(reader, { timer, place: reader.place });
  }

  /** Lets all of them go on. */
  close(): void {
    this.#stopListening();
    for (const reader of [...this.#deferrals.keys()]) this.#end(reader);
  }

  #changed(reader: PartitionReader): void {
    const deferral = this.#deferrals.get(reader);
    if (deferral !== undefined && deferral.place !== reader.place) this.#end(reader);
  }

  #end(reader: PartitionReader): void {
    this.#deferrals.get(reader)?.timer.cancel();
    this.#deferrals.delete(reader);
    reader.isDeferred = false;
    this.#source.readable(reader);
  }
}
