/**
 * The records of one partition that are with the program while records of the same key wait for each other and
 * others do not.
 *
 *   batch (leased) → a record → its key's lane is free: run it
 *                             → the lane is busy: wait in the lane
 *
 * A lane is a key with a record at work; it is there as long as one is. Records without a key have no lane: nothing
 * orders them. A batch is given back as soon as all its records are out, so that the next one follows while the
 * last records of this one are at work.
 *
 * Invariants: records of one key run one after the other in the order of the partition, also across a seek (a lane
 * stays busy until its record ends). At most maxRecordsAhead records are out from the first unfinished one on, and
 * no batch is begun while earlier ones hold maxHeldBytes. After `reader.place` rose, nothing that was handed out
 * before is marked as processed, and none of it that had not begun begins.
 */
import type { BatchSource, Lease, Progress } from '../batch-source.ts';
import type { ConsumerRecord } from '../consumer-record.ts';
import type { PartitionReader } from '../partition-reader.ts';
import { ContiguousOffsets, type OffsetSlot } from './contiguous-offsets.ts';

export interface PartitionWorkLimits<K, V> {
  readonly maxRecordsAhead: number;
  readonly maxHeldBytes: number;
  /** False: this record, and so the ones behind it, are for later; who says so sees to it that they come again. */
  readonly isDue: (record: ConsumerRecord<K, V>, reader: PartitionReader) => boolean;
}

/** A batch with records at work. */
interface BatchHold {
  openCount: number;
  /** Ends the count of its memory; undefined while it is still being handed out. */
  end: (() => void) | undefined;
}

/** A record to run, or one that runs. */
export interface RecordTask<K, V> {
  readonly record: ConsumerRecord<K, V>;
  /** Undefined: no key. */
  readonly lane: string | undefined;
  readonly slot: OffsetSlot<Progress>;
  readonly hold: BatchHold;
  readonly place: number;
}

export class PartitionWork<K, V> {
  readonly reader: PartitionReader;
  readonly #source: BatchSource<K, V>;
  readonly #limits: PartitionWorkLimits<K, V>;
  #lease: Lease<K, V> | undefined;
  #records: IterableIterator<ConsumerRecord<K, V>> | undefined;
  #hold: BatchHold = newHold();
  #offsets = new ContiguousOffsets<Progress>();
  /** Of each key with a record at work, or ready: those behind it. */
  readonly #lanes = new Map<string, RecordTask<K, V>[]>();
  /** Their lane was handed on to them. */
  #ready: RecordTask<K, V>[] = [];
  #runningCount = 0;
  #place: number;

  constructor(source: BatchSource<K, V>, reader: PartitionReader, limits: PartitionWorkLimits<K, V>) {
    this.#source = source;
    this.reader = reader;
    this.#limits = limits;
    this.#place = reader.place;
  }

  /** Nothing is at work or waits. */
  get isIdle(): boolean {
    return this.#lease === undefined && this.#runningCount === 0 && this.#offsets.openCount === 0;
  }

  /** The next batch. The one before was given back. */
  add(lease: Lease<K, V>): void {
    this.refresh();
    if (lease.isCurrent) this.#lease = lease;
    else this.#source.release(lease);
  }

  /**
   * A record that may run now, or undefined: see what changes (`end`, another batch, a change of the reader).
   * Throws the error of a record that is malformed.
   */
  next(): RecordTask<K, V> | undefined {
    this.refresh();
    const { isPaused, isStopping, isOurs } = this.reader;
    if (isPaused || isStopping || !isOurs) return undefined;
    const ready = this.#ready.shift();
    if (ready !== undefined) return this.#begin(ready);
    while (this.#lease !== undefined && this.#hasRoom()) {
      const record = this.#nextRecord(this.#lease);
      if (record === undefined) return undefined;
      const task = this.#take(record, this.#lease);
      if (task !== undefined) return this.#begin(task);
    }
    return undefined;
  }

  /** A record's call has ended. Unless it was processed, nothing from it on may be committed. */
  end(task: RecordTask<K, V>, { isProcessed }: { readonly isProcessed: boolean }): void {
    this.#runningCount -= 1;
    this.reader.workEnded();
    this.refresh();
    if (isProcessed && task.place === this.#place) markProcessed(this.#offsets.finish(task.slot));
    this.#endLane(task);
    endOne(task.hold);
  }

  /** Takes note of what happened to the reader: it was put elsewhere, or is held back. */
  refresh(): void {
    const { reader } = this;
    if (reader.place !== this.#place) this.#leave();
    if (reader.isSuspended) this.#giveBack();
  }

  /** No more records are wanted: what was handed out from the first unfinished record on comes again. */
  stop(): void {
    this.refresh();
    const fromOffset = this.#offsets.firstOpenOffset;
    this.#leave();
    if (fromOffset !== undefined && !this.#source.isClosed) this.#source.takeBack(this.reader, fromOffset);
  }

  #hasRoom(): boolean {
    if (this.#offsets.openCount >= this.#limits.maxRecordsAhead) return false;
    return this.#records !== undefined || this.reader.heldBytes < this.#limits.maxHeldBytes;
  }

  /** The next record of the batch; undefined when there is none that is wanted now. */
  #nextRecord(lease: Lease<K, V>): ConsumerRecord<K, V> | undefined {
    this.#records ??= lease.batch[Symbol.iterator]();
    let result: IteratorResult<ConsumerRecord<K, V>, unknown>;
    try {
      result = this.#records.next();
    } catch (thrown) {
      throw this.#source.unreadable(lease, thrown);
    }
    if (result.done === true) {
      const endOffset = lease.batch.lastOffset + 1;
      lease.delivered(endOffset);
      markProcessed(this.#offsets.skipTo(endOffset, lease.progress));
      this.#giveBack();
      return undefined;
    }
    const record = result.value;
    if (!this.#limits.isDue(record, this.reader)) {
      lease.delivered(record.offset);
      this.#giveBack();
      return undefined;
    }
    lease.delivered(record.offset + 1);
    return record;
  }

  /** The record as a task, or undefined when it has to wait for its key. */
  #take(record: ConsumerRecord<K, V>, { progress }: Lease<K, V>): RecordTask<K, V> | undefined {
    const lane = record.keyBytes?.toString('latin1');
    const slot = this.#offsets.handOut(record.offset, progress);
    this.#hold.openCount += 1;
    const task = { record, lane, slot, hold: this.#hold, place: this.#place };
    if (lane === undefined) return task;
    const waiting = this.#lanes.get(lane);
    if (waiting === undefined) {
      this.#lanes.set(lane, []);
      return task;
    }
    waiting.push(task);
    return undefined;
  }

  #begin(task: RecordTask<K, V>): RecordTask<K, V> {
    this.#runningCount += 1;
    this.reader.workBegan();
    return task;
  }

  #endLane({ lane }: RecordTask<K, V>): void {
    if (lane === undefined) return;
    const next = this.#lanes.get(lane)?.shift();
    if (next === undefined) this.#lanes.delete(lane);
    else this.#ready.push(next);
  }

  /** Gives the batch back: the reader may hand out the next one, or this one again from where it is. */
  #giveBack(): void {
    const lease = this.#lease;
    if (lease === undefined) return;
    this.#lease = undefined;
    this.#records = undefined;
    const hold = this.#hold;
    this.#hold = newHold();
    if (hold.openCount > 0) hold.end = this.#source.hold(lease);
    this.#source.release(lease);
  }

  /** What was handed out and has not begun is not wanted any more; what is at work ends, and counts no more. */
  #leave(): void {
    this.#place = this.reader.place;
    this.#giveBack();
    const dropped = this.#ready;
    this.#ready = [];
    this.#offsets = new ContiguousOffsets<Progress>();
    for (const { lane } of dropped) {
      dropped.push(...(this.#lanes.get(lane as string) ?? []));
      this.#lanes.delete(lane as string);
    }
    for (const waiting of this.#lanes.values()) dropped.push(...waiting.splice(0));
    for (const { hold } of dropped) endOne(hold);
  }
}

/** Everything up to the slot is processed. */
function markProcessed(slot: OffsetSlot<Progress> | undefined): void {
  slot?.note.processed(slot.nextOffset);
}

function newHold(): BatchHold {
  return { openCount: 0, end: undefined };
}

function endOne(hold: BatchHold): void {
  hold.openCount -= 1;
  if (hold.openCount === 0) hold.end?.();
}
