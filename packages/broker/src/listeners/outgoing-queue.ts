/**
 * What a connection has yet to send, and how it is sent: everything that was queued during a turn of the event
 * loop goes out in one gathered write at the turn's end, small pieces copied together, large ones by reference.
 *
 * One write is under way at a time and takes at most MAX_WRITE_BYTES, so that the memory of what was sent comes
 * back piece by piece, and so that a peer that takes nothing can be told from one that is slow: `writeCount`
 * stands still.
 *
 * Invariant: each `onWritten` is called exactly once, after the last byte of its buffers was taken by the
 * network, or when that will never happen any more. Until then the buffers must not change.
 */
import type { Clock } from '@tidelog/log';

const MAX_WRITE_BYTES = 512 * 1024;
const MAX_WRITE_PIECES = 2048;
/** What a queued piece costs beside its bytes; counted, so that a million tiny responses are not taken for little. */
const PIECE_OVERHEAD_BYTES = 256;
/** Below this size copying is cheaper than one more piece in the gathered write. */
const SMALL_PIECE_BYTES = 1024;

/** Sends the queues that were filled in this turn at its end: one deferred call for all connections. */
export class TurnFlusher {
  readonly #clock: Clock;
  #queues: OutgoingQueue[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(queue: OutgoingQueue): void {
    this.#queues.push(queue);
    if (this.#queues.length === 1) this.#clock.defer(() => this.#flush());
  }

  #flush(): void {
    const queues = this.#queues;
    this.#queues = [];
    for (const queue of queues) queue.flush();
  }
}

/** Response bytes that wait for sockets, of all connections together. */
export class OutgoingBudget {
  readonly #maxBytes: number;
  #queuedBytes = 0;
  readonly #waiters = new Set<() => void>();

  constructor({ maxBytes }: { maxBytes: number }) {
    this.#maxBytes = maxBytes;
  }

  get queuedBytes(): number {
    return this.#queuedBytes;
  }

  /** False while nothing large should be fetched for any connection. */
  get hasRoom(): boolean {
    return this.#queuedBytes < this.#maxBytes;
  }

  /** Calls back when there is room; each callback once, in the order in which they came. */
  whenRoom(callback: () => void): void {
    this.#waiters.add(callback);
  }

  stopWaiting(callback: () => void): void {
    this.#waiters.delete(callback);
  }

  add(sizeBytes: number): void {
    this.#queuedBytes += sizeBytes;
  }

  subtract(sizeBytes: number): void {
    this.#queuedBytes -= sizeBytes;
    for (const callback of this.#waiters) {
      if (!this.hasRoom) return;
      this.#waiters.delete(callback);
      callback();
    }
  }
}

export interface OutgoingQueueOptions {
  readonly flusher: TurnFlusher;
  readonly budget: OutgoingBudget;
  /** Sends buffers; see NetworkConnection.write. */
  readonly write: (buffers: readonly Uint8Array[], done: (error: Error | undefined) => void) => void;
  /** Called after each write, with what it took, when `queuedBytes` has gone down. */
  readonly onProgress: (writtenBytes: number) => void;
}

/** One write: its pieces, whom to tell when they are taken, and what it then takes off the queue. */
interface GatheredWrite {
  readonly pieces: readonly Uint8Array[];
  readonly callbacks: readonly (() => void)[];
  readonly writtenBytes: number;
  readonly freedBytes: number;
}

export class OutgoingQueue {
  readonly #options: OutgoingQueueOptions;
  /** From #head on: what was not given to the network. The callbacks stand at the last piece of their buffers. */
  #pieces: Uint8Array[] = [];
  #callbacks: ((() => void) | undefined)[] = [];
  #head = 0;
  #queuedBytes = 0;
  #isScheduled = false;
  #isWriting = false;
  #isClosed = false;
  #writeCount = 0;

  constructor(options: OutgoingQueueOptions) {
    this.#options = options;
  }

  /**
   * Memory of what the network has not taken, the write under way included: its bytes, and a little for each
   * piece.
   */
  get queuedBytes(): number {
    return this.#queuedBytes;
  }

  /** Writes finished so far. */
  get writeCount(): number {
    return this.#writeCount;
  }

  /** Queues buffers, which are sent back to back at the end of this turn or when the write under way is done. */
  push(buffers: readonly Uint8Array[], onWritten?: () => void): void {
    if (this.#isClosed) {
      onWritten?.();
      return;
    }
    let sizeBytes = buffers.length * PIECE_OVERHEAD_BYTES;
    const last = buffers.length - 1;
    for (let index = 0; index <= last; index++) {
      const piece = buffers[index] as Uint8Array;
      sizeBytes += piece.length;
      this.#pieces.push(piece);
      this.#callbacks.push(index === last ? onWritten : undefined);
    }
    this.#queuedBytes += sizeBytes;
    this.#options.budget.add(sizeBytes);
    if (this.#isScheduled || this.#isWriting) return;
    this.#isScheduled = true;
    this.#options.flusher.add(this);
  }

  /** Sends what is queued, unless a write is under way. */
  flush(): void {
    this.#isScheduled = false;
    if (this.#isWriting || this.#isClosed || this.#head === this.#pieces.length) return;
    const write = this.#gather();
    this.#isWriting = true;
    this.#options.write(joinSmallPieces(write.pieces), (error) => this.#finishWrite(write, error));
  }

  /** The network is gone: what was not given to it will not be sent. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const callbacks = this.#callbacks.slice(this.#head);
    let droppedBytes = callbacks.length * PIECE_OVERHEAD_BYTES;
    for (let index = this.#head; index < this.#pieces.length; index++) {
      droppedBytes += (this.#pieces[index] as Uint8Array).length;
    }
    this.#pieces = [];
    this.#callbacks = [];
    this.#head = 0;
    this.#subtract(droppedBytes);
    for (const callback of callbacks) callback?.();
  }

  #gather(): GatheredWrite {
    const pieces: Uint8Array[] = [];
    const callbacks: (() => void)[] = [];
    let writtenBytes = 0;
    let wholePieces = 0;
    while (this.#head < this.#pieces.length && wholePieces < MAX_WRITE_PIECES) {
      const piece = this.#pieces[this.#head] as Uint8Array;
      const roomBytes = MAX_WRITE_BYTES - writtenBytes;
      if (piece.length > roomBytes) {
        if (roomBytes > 0) pieces.push(piece.subarray(0, roomBytes));
        this.#pieces[this.#head] = piece.subarray(roomBytes);
        writtenBytes = MAX_WRITE_BYTES;
        break;
      }
      pieces.push(piece);
      wholePieces++;
      writtenBytes += piece.length;
      const callback = this.#callbacks[this.#head++];
      if (callback !== undefined) callbacks.push(callback);
    }
    this.#forgetHead();
    return { pieces, callbacks, writtenBytes, freedBytes: writtenBytes + wholePieces * PIECE_OVERHEAD_BYTES };
  }

  #forgetHead(): void {
    if (this.#head === this.#pieces.length) {
      this.#pieces.length = this.#callbacks.length = this.#head = 0;
    } else if (this.#head >= MAX_WRITE_PIECES) {
      this.#pieces.splice(0, this.#head);
      this.#callbacks.splice(0, this.#head);
      this.#head = 0;
    }
  }

  #finishWrite({ callbacks, writtenBytes, freedBytes }: GatheredWrite, error: Error | undefined): void {
    this.#isWriting = false;
    this.#writeCount++;
    this.#subtract(freedBytes);
    for (const callback of callbacks) callback();
    // A connection that broke is closed next: what is left will be dropped then.
    if (error !== undefined) return;
    this.#options.onProgress(writtenBytes);
    this.flush();
  }

  #subtract(sizeBytes: number): void {
    this.#queuedBytes -= sizeBytes;
    this.#options.budget.subtract(sizeBytes);
  }
}

/** Replaces runs of small pieces by one piece each. */
function joinSmallPieces(pieces: readonly Uint8Array[]): readonly Uint8Array[] {
  if (pieces.length === 1) return pieces;
  const joined: Uint8Array[] = [];
  for (let index = 0; index < pieces.length;) {
    let runEnd = index;
    let runBytes = 0;
    while (runEnd < pieces.length && (pieces[runEnd] as Uint8Array).length < SMALL_PIECE_BYTES) {
      runBytes += (pieces[runEnd++] as Uint8Array).length;
    }
    if (runEnd - index < 2) {
      joined.push(pieces[index++] as Uint8Array);
      continue;
    }
    joined.push(Buffer.concat(pieces.slice(index, runEnd), runBytes));
    index = runEnd;
  }
  return joined;
}
