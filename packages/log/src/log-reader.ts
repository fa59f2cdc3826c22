/**
 * Reads of a log as ranges of bytes: whole batches of one segment, as they lie in the file.
 *
 * Memory comes from the pool and is the caller's until `release`. Records are not looked at and CRCs are not
 * compared, but every batch must continue the offsets of the one before: where it does not, the good batches
 * before it are given, and a read that begins there fails with KAFKA_STORAGE_ERROR naming file and position. In the
 * compacted part of a log offsets may be missing: a read there begins with the next batch that is left.
 *
 * Reads of bytes that this process wrote a moment ago come from the page cache for certain and are done at once;
 * all others leave the event loop. A read that a truncation overtakes begins again; so does one that fails because
 * cleaned segments came in place of those that it was reading. One that does not fail gives what was there before.
 */
import { TidelogError } from '@tidelog/record/errors';
import { BATCH_HEADER_BYTES } from '@tidelog/record';
import { BatchScanner } from './batch-scanner.ts';
import { measureBatches, type BatchRange } from './batch-range.ts';
import type { PooledBuffer } from './buffer-pool.ts';
import type { LogContents } from './log-contents.ts';
import type { ReadPosition, ReadPositions } from './read-positions.ts';
import type { Segment } from './segment.ts';

/** What a read gives. */
export interface LogRead {
  /** Whole batches, back to back; empty when there is nothing to read yet. Not to be touched after `release`. */
  readonly bytes: Buffer;
  /** The offset asked for. The first batch may begin before it. */
  readonly fromOffset: number;
  /** Where the next read begins: the offset after the last batch, or behind offsets of which nothing is left. */
  readonly nextOffset: number;
  /** Gives the memory back: to be called exactly once, when the bytes are no longer needed. */
  release(): void;
}

export interface ReadOptions {
  /** First offset wanted, from the log start offset to the log end offset. */
  readonly fromOffset: number;
  /** Most bytes wanted. */
  readonly maxBytes: number;
  /** Exclusive: batches that reach it are left out. The log end offset unless given. */
  readonly upToOffset?: number | undefined;
  /** Give the first batch even when it is larger than `maxBytes`. */
  readonly minOneBatch?: boolean | undefined;
}

/**
 * Up to so many bytes are read in this turn when they are hot: 10 to 30 µs, where the way through a thread takes 30 to
 * 100 µs. More would hold up the event loop for longer than it saves.
 */
const MAX_SYNC_READ_BYTES = 262144;
/** How far behind the end of the active segment bytes count as hot. */
const HOT_BYTES = 16 * 1024 * 1024;
const EMPTY = Buffer.alloc(0);

export class LogReader {
  readonly #contents: LogContents;
  readonly #positions: ReadPositions;

  constructor(contents: LogContents, positions: ReadPositions) {
    this.#contents = contents;
    this.#positions = positions;
  }

  /** Throws OFFSET_OUT_OF_RANGE, or KAFKA_STORAGE_ERROR when the bytes are damaged or cannot be read. */
  async read(options: ReadOptions): Promise<LogRead> {
    for (;;) {
      if (this.#contents.truncating !== undefined) await this.#contents.truncating;
      const { truncationCount, swapCount } = this.#contents;
      const endOffset = this.#endOffset(options);
      if (options.fromOffset >= endOffset) return emptyRead(options.fromOffset);
      try {
        const at = await this.locate(options.fromOffset);
        if (at !== undefined) {
          const read = await this.#readAt(at, options, endOffset);
          if (truncationCount === this.#contents.truncationCount) return read;
          read.release();
        } else if (truncationCount === this.#contents.truncationCount) {
          return this.#nothingFrom(options.fromOffset, endOffset);
        }
      } catch (error) {
        // A segment that retention or the cleaner took away, or a truncation, explains any failure: look again.
        const { swapping } = this.#contents;
        const isOvertaken =
          swapping !== undefined ||
          truncationCount !== this.#contents.truncationCount ||
          swapCount !== this.#contents.swapCount ||
          options.fromOffset < this.#contents.logStartOffset;
        await swapping;
        if (!isOvertaken) throw this.#readError(error, options.fromOffset);
      }
    }
  }

  /** Where the batch that holds `offset` begins; undefined when no batch does, which is so at the log's end. */
  async locate(offset: number): Promise<ReadPosition | undefined> {
    const { segments } = this.#contents;
    const known = this.#positions.find(offset);
    if (known !== undefined && !known.segment.isDeleted && known.position < known.segment.sizeBytes)
      return known;
    let segment = segments.at(Math.max(0, segments.indexOf(offset)));
    while (segment !== undefined && (offset >= segment.nextOffset || segment.sizeBytes === 0)) {
      segment = segments.after(segment);
    }
    if (segment === undefined) return undefined;
    if (offset <= segment.baseOffset) return { segment, position: 0 };
    const at = await this.#walkTo(segment, offset);
    if (at !== undefined) return at;
    // The last batches of the segment may have been compacted away.
    for (let next = segments.after(segment); next !== undefined; next = segments.after(next)) {
      if (next.sizeBytes > 0) return { segment: next, position: 0 };
    }
    return undefined;
  }

  /** One whole batch whose position and size a walk has given. Release the memory. */
  async readBatch(at: ReadPosition, sizeBytes: number): Promise<PooledBuffer> {
    await this.#checkLargeBatch(at, sizeBytes);
    return this.#readBytes(at, sizeBytes);
  }

  /** No batch follows. Where compaction has left nothing up to the end, the next read begins there. */
  #nothingFrom(fromOffset: number, endOffset: number): LogRead {
    const isGap = endOffset <= this.#contents.gapsBelow;
    return { ...emptyRead(fromOffset), nextOffset: isGap ? endOffset : fromOffset };
  }

  /** Checks the range; gives the offset where this read has to end. */
  #endOffset(options: ReadOptions): number {
    const { fromOffset } = options;
    const { logStartOffset, logEndOffset, damaged } = this.#contents;
    if (!(fromOffset >= logStartOffset && fromOffset <= logEndOffset)) {
      throw new TidelogError(
        'OFFSET_OUT_OF_RANGE',
        `offset ${fromOffset} is outside log ${this.#contents.options.name}, which holds ${logStartOffset} to ${logEndOffset - 1}`,
        { offset: fromOffset },
      );
    }
    const damage = this.#contents.damageAt(fromOffset);
    if (damage !== undefined) throw damage;
    let endOffset = Math.min(options.upToOffset ?? logEndOffset, logEndOffset);
    for (const range of damaged)
      if (range.fromOffset > fromOffset) endOffset = Math.min(endOffset, range.fromOffset);
    return endOffset;
  }

  async #readAt(at: ReadPosition, options: ReadOptions, endOffset: number): Promise<LogRead> {
    const { fromOffset } = options;
    const availableBytes = at.segment.sizeBytes - at.position;
    const wantBytes = Math.min(availableBytes, this.#boundBytes(at, options, endOffset));
    let memory = await this.#readBytes(at, wantBytes);
    const { gapsBelow } = this.#contents;
    const range = { fromOffset, upToOffset: endOffset, availableBytes, gapsBelow };
    let measured = measureBatches(memory.buffer, range);
    if (measured.firstBatchBytes !== undefined && options.minOneBatch === true) {
      memory.release();
      await this.#checkLargeBatch(at, measured.firstBatchBytes);
      memory = await this.#readBytes(at, measured.firstBatchBytes);
      measured = measureBatches(memory.buffer, range);
    }
    return this.#finish(at, memory, measured, fromOffset);
  }

  #finish(at: ReadPosition, memory: PooledBuffer, measured: BatchRange, fromOffset: number): LogRead {
    if (measured.sizeBytes === 0) {
      memory.release();
      if (measured.fault !== undefined) throw this.#damageFound(at, measured.fault);
      return emptyRead(fromOffset);
    }
    this.#positions.note(measured.nextOffset, at.segment, at.position + measured.sizeBytes);
    return {
      bytes: memory.buffer.subarray(0, measured.sizeBytes),
      fromOffset,
      nextOffset: measured.nextOffset,
      release: () => memory.release(),
    };
  }

  /** Bytes to read: what was asked for, but not far beyond the end offset where that one's position is known. */
  #boundBytes(at: ReadPosition, options: ReadOptions, endOffset: number): number {
    const maxBytes = Math.max(BATCH_HEADER_BYTES, options.maxBytes);
    const end = this.#positions.find(endOffset);
    if (end === undefined || end.segment !== at.segment) return maxBytes;
    return Math.min(maxBytes, Math.max(BATCH_HEADER_BYTES, end.position - at.position));
  }

  async #readBytes(at: ReadPosition, sizeBytes: number): Promise<PooledBuffer> {
    const { segment, position } = at;
    const memory = this.#contents.options.buffers.acquire(sizeBytes);
    try {
      const readBytes = this.#isHot(segment, position, sizeBytes)
        ? segment.file.readSync(memory.buffer, position)
        : await segment.file.read(memory.buffer, position);
      if (readBytes === sizeBytes) return memory;
    } catch (error) {
      memory.release();
      throw error;
    }
    memory.release();
    throw this.#damageFound(at, 'the file is shorter than it was');
  }

  #isHot(segment: Segment, position: number, sizeBytes: number): boolean {
    return (
      sizeBytes <= MAX_SYNC_READ_BYTES &&
      segment === this.#contents.segments.active &&
      position >= segment.writtenFromPosition &&
      position >= segment.sizeBytes - HOT_BYTES &&
      segment.file.isOpen
    );
  }

  /** Before memory is taken for a large batch: another batch, or the end, must follow where it claims to end. */
  async #checkLargeBatch(at: ReadPosition, sizeBytes: number): Promise<void> {
    const end = at.position + sizeBytes;
    if (end === at.segment.sizeBytes) return;
    const scanner = this.#scanner(at.segment, end);
    const step = await scanner.fill();
    if (step.kind === 'damage')
      throw this.#damageFound(at, `no batch follows its ${sizeBytes} bytes: ${step.reason}`);
  }

  /** From the index entry before `offset` batch by batch. An index that does not fit the file is not used. */
  async #walkTo(segment: Segment, offset: number): Promise<ReadPosition | undefined> {
    const { offset: index } = await segment.indexes();
    const entry = await index.floor(offset);
    for (const start of entry === undefined ? [0] : [entry.position, 0]) {
      const scanner = this.#scanner(segment, start);
      let isFirst = true;
      for (;;) {
        const step = scanner.next() ?? (await scanner.fill());
        const isWrongIndex =
          isFirst && start > 0 && (step.kind !== 'batch' || step.header.lastOffset !== entry?.offset);
        if (isWrongIndex) {
          this.#contents.logger.warn(
            { segment: segment.path, offset },
            'the offset index does not fit its segment',
          );
          break;
        }
        if (step.kind === 'damage')
          throw this.#damageFound({ segment, position: step.position }, step.reason);
        if (step.kind === 'end') return undefined;
        if (step.header.lastOffset >= offset) return { segment, position: step.position };
        isFirst = false;
      }
    }
    return undefined;
  }

  #scanner(segment: Segment, position: number): BatchScanner {
    return new BatchScanner({
      file: segment.file,
      position,
      endPosition: segment.sizeBytes,
      verifyCrc: false,
    });
  }

  #damageFound(at: ReadPosition, reason: string): TidelogError {
    const error = new TidelogError(
      'KAFKA_STORAGE_ERROR',
      `log ${this.#contents.options.name} is damaged: ${at.segment.path} at byte ${at.position}: ${reason}; restore the file from a replica or a backup`,
    );
    this.#contents.logger.error({ file: at.segment.path, position: at.position }, error.message);
    return error;
  }

  #readError(cause: unknown, offset: number): TidelogError {
    if (cause instanceof TidelogError) return cause;
    if (this.#contents.closed !== undefined) return this.#contents.closed;
    const error = new TidelogError(
      'KAFKA_STORAGE_ERROR',
      `log ${this.#contents.options.name}: reading at offset ${offset} failed: ${(cause as Error).message}`,
      { cause, offset },
    );
    this.#contents.logger.error({ err: cause, offset }, error.message);
    return error;
  }
}

function emptyRead(fromOffset: number): LogRead {
  return { bytes: EMPTY, fromOffset, nextOffset: fromOffset, release: () => undefined };
}
