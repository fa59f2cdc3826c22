/**
 * Cuts what one connection sends into frames, in pooled memory, without copying record bytes; holds no socket.
 *
 *   uint32 big-endian length (itself excluded) | payload of that many bytes
 *
 * Both listeners frame their requests so. (The FrameDecoder of the protocol package does the same for clients,
 * which own what they read into; here the reader also decides where the next bytes go.)
 *
 * Where bytes go:
 *   idle        Nothing is held. The next read goes to memory that the network shares among its connections; a
 *               frame that lies in it whole is handed over as a view, and copied only when it is retained.
 *   partial     A frame that is not complete lies at the end of a chunk of the connection's own, and reads go
 *               right behind it. When it does not fit, a larger chunk is taken, in proportion to the bytes that
 *               came and never to the length declared: ten bytes that declare 100 MB cost one kilobyte.
 *   streaming   A connection with several large reads in a second keeps a chunk between frames, so that frames
 *               are read to where they stay. It keeps at most one, and only while memory is ample.
 *   stopped     The sink takes no frame at the moment: the rest stays in the chunk until `resume`.
 *   blocked     There is no memory to read more into: the reader waits in the pool's line.
 *
 * Invariants: #start ≤ #end, the bytes between them are received and not handed over. While the network holds a
 * part of the chunk as its next buffer (#isDirect) only `received` moves the chunk. After an error, or `close`,
 * the reader takes nothing; after `close` it holds nothing.
 */
import { TidelogError } from '@tidelog/record/errors';
import { FRAME_LENGTH_BYTES } from '@tidelog/protocol';
import type { Chunk, ChunkPool, Lease, RoomWaiter } from './chunk-pool.ts';

/** The chunk of a streaming connection: a few frames of the usual size, within the CPU's cache. */
const STREAMING_CHUNK_BYTES = 512 * 1024;
/** A read of this size counts as large; this many of them in a period make a connection streaming. */
const LARGE_READ_BYTES = 16 * 1024;
const STREAMING_READS = 4;
/** A streaming connection takes a new chunk rather than read into less than this. */
const MIN_READ_BYTES = 64 * 1024;
const MIN_PARTIAL_BYTES = 1024;
/** A partial frame gets four times its received bytes of memory, beyond this size twice. */
const SLOW_GROWTH_BYTES = 1024 * 1024;

/** Who takes the frames. */
export interface FrameSink {
  /** False stops the reader before the next frame; call its `resume` when that changes. */
  acceptsFrames(): boolean;
  /** The payload of one frame, not empty, valid during the call; `FrameReader.retain` makes it last. */
  onFrame(frame: Buffer): void;
  /** The reader was blocked and has got memory: reading may go on. */
  onUnblocked(): void;
}

export interface FrameReaderOptions {
  readonly pool: ChunkPool;
  readonly sink: FrameSink;
  /** The largest payload that is accepted, in bytes. */
  readonly maxFrameBytes: number;
}

export class FrameReader implements RoomWaiter {
  /** May be changed at any time; counts from the next frame. */
  maxFrameBytes: number;
  #mayExceedBound = false;
  readonly #pool: ChunkPool;
  readonly #sink: FrameSink;
  #chunk: Chunk | undefined;
  #start = 0;
  #end = 0;
  #isDirect = false;
  #isStopped = false;
  #isBlocked = false;
  #isClosed = false;
  /** What `retain` retains: the frame being handed over, and the chunk that it lies in, if any. */
  #frame: Buffer | undefined;
  #frameChunk: Chunk | undefined;
  #cutPosition = 0;
  #failure: TidelogError | undefined;
  #frameCount = 0;
  #largeReads = 0;
  #wasStreaming = false;

  constructor({ pool, sink, maxFrameBytes }: FrameReaderOptions) {
    this.#pool = pool;
    this.#sink = sink;
    this.maxFrameBytes = maxFrameBytes;
  }

  /** True after an error or `close`: what comes is ignored. */
  get isLost(): boolean {
    return this.#isClosed || this.#failure !== undefined;
  }

  /** True when reading more makes no sense: stopped, blocked or lost. */
  get isStuck(): boolean {
    return this.#isStopped || this.#isBlocked || this.isLost;
  }

  /** True while a frame has begun to arrive and has not come whole. */
  get isPartial(): boolean {
    return this.pendingBytes > 0 && !this.#isStopped && !this.isLost;
  }

  /** Frames handed over so far. */
  get frameCount(): number {
    return this.#frameCount;
  }

  /** Bytes received and not handed over: of a partial frame, or of frames that the sink does not take yet. */
  get pendingBytes(): number {
    return this.#end - this.#start;
  }

  /** The bytes received so far of the frame that is first in line; empty between frames. For error reports. */
  get pendingFrame(): Buffer {
    return this.#chunk === undefined
      ? Buffer.alloc(0)
      : this.#chunk.bytes.subarray(Math.min(this.#start + FRAME_LENGTH_BYTES, this.#end), this.#end);
  }

  /** Where the next read shall go; undefined: wherever, it is copied when needed. See NetworkHandler. */
  nextReadBuffer(): Buffer | undefined {
    const chunk = this.#chunk;
    this.#isDirect = chunk !== undefined && !this.isStuck && this.#end < chunk.bytes.length;
    return this.#isDirect ? chunk?.bytes.subarray(this.#end) : undefined;
  }

  /**
   * Takes what was read, and hands over the frames that it completes.
   *
   * @throws FRAME_TOO_LARGE, MALFORMED_FRAME (a length of 0): the framing is lost. `pendingFrame` then shows
   *   what came of the frame, until `close`, which must follow
   */
  received(bytes: Buffer): void {
    if (this.isLost) return;
    if (bytes.length >= LARGE_READ_BYTES) this.#largeReads++;
    if (this.#isDirect) {
      this.#isDirect = false;
      this.#end += bytes.length;
      this.#cutChunk();
    } else {
      this.#takeVolatile(bytes);
    }
    this.#settle();
  }

  /** Goes on after the sink had refused a frame. Throws as `received`. */
  resume(): void {
    if (!this.#isStopped || this.isLost) return;
    this.#isStopped = false;
    this.#cutChunk();
    this.#settle();
  }

  /** Makes the frame that is being handed over last until the lease is released. Only inside `onFrame`. */
  retain(): Lease {
    if (this.#frame === undefined) throw new Error('a frame can be retained only while it is handed over');
    return this.#frameChunk === undefined
      ? this.#pool.copy(this.#frame)
      : this.#pool.lease(this.#frameChunk, this.#frame);
  }

  /** To be called about once a second: by it a connection that streamed and stopped is told from one that streams. */
  endPeriod(): void {
    this.#wasStreaming = this.#largeReads >= STREAMING_READS;
    this.#largeReads = 0;
  }

  /** Lets the reader complete its partial frame with memory beyond the pool's bound; until `respectBound`. */
  exceedBound(): void {
    this.#mayExceedBound = true;
    if (!this.#isBlocked) return;
    this.#pool.stopWaiting(this);
    this.receiveChunk(this.#pool.takeForReceived(this.wantedBytes));
  }

  respectBound(): void {
    this.#mayExceedBound = false;
  }

  /** Gives all memory back; frames that were retained stay valid. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#pool.stopWaiting(this);
    this.#dropChunk();
  }

  get wantedBytes(): number {
    return this.#grownBytes(this.pendingBytes, this.#pendingFrameBytes());
  }

  receiveChunk(chunk: Chunk): void {
    this.#moveTo(chunk);
    this.#isBlocked = false;
    this.#sink.onUnblocked();
  }

  /** Hands over the whole frames of the chunk. */
  #cutChunk(): void {
    const chunk = this.#chunk;
    if (chunk === undefined) return;
    // A frame that makes the sink close the reader lies in memory that must not go elsewhere meanwhile.
    chunk.retain();
    this.#frameChunk = chunk;
    this.#cut(chunk.bytes, this.#start, this.#end);
    if (!this.#isClosed) this.#start = this.#cutPosition;
    chunk.release();
  }

  /** Takes bytes that are valid only now: completes the frame that is in the chunk, then cuts them in place. */
  #takeVolatile(bytes: Buffer): void {
    let position = 0;
    while (this.pendingBytes > 0 && position < bytes.length && !this.isLost) {
      const missingBytes = this.#isStopped ? Infinity : this.#pendingFrameBytes() - this.pendingBytes;
      const takenBytes = Math.min(missingBytes, bytes.length - position);
      this.#append(bytes.subarray(position, position + takenBytes));
      position += takenBytes;
      if (!this.#isStopped) this.#cutChunk();
    }
    if (position === bytes.length || this.isLost) return;
    this.#frameChunk = undefined;
    this.#cut(bytes, position, bytes.length);
    position = this.#cutPosition;
    if (position < bytes.length && !this.#isClosed) this.#append(bytes.subarray(position));
  }

  /** Hands over the whole frames between `from` and `end`; #cutPosition is then behind the last of them. */
  #cut(bytes: Buffer, from: number, end: number): void {
    this.#cutPosition = from;
    while (!this.#isClosed && end - this.#cutPosition >= FRAME_LENGTH_BYTES) {
      const payloadStart = this.#cutPosition + FRAME_LENGTH_BYTES;
      const lengthBytes = bytes.readUInt32BE(this.#cutPosition);
      this.#failure = this.#lengthError(lengthBytes);
      const frameEnd = payloadStart + lengthBytes;
      if (this.#failure !== undefined || frameEnd > end) return;
      if (!this.#sink.acceptsFrames()) {
        this.#isStopped = true;
        return;
      }
      this.#cutPosition = frameEnd;
      this.#frameCount++;
      this.#frame = bytes.subarray(payloadStart, frameEnd);
      this.#sink.onFrame(this.#frame);
      this.#frame = undefined;
    }
  }

  #lengthError(lengthBytes: number): TidelogError | undefined {
    if (lengthBytes === 0) return new TidelogError('MALFORMED_FRAME', 'a frame declares a length of 0');
    if (lengthBytes <= this.maxFrameBytes) return undefined;
    return new TidelogError(
      'FRAME_TOO_LARGE',
      `a frame declares ${lengthBytes} bytes; at most ${this.maxFrameBytes} are read (maxRequestBytes)`,
    );
  }

  /** Decides what memory the connection holds until its next read. */
  #settle(): void {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#isClosed || this.#isStopped) return;
    if (this.#isBlocked) {
      this.#isBlocked = false;
      this.#pool.stopWaiting(this);
    }
    if (this.pendingBytes > 0) this.#makeRoom();
    else if (this.#mayStream()) this.#prepareStreaming();
    else this.#dropChunk();
  }

  #mayStream(): boolean {
    return (this.#wasStreaming || this.#largeReads >= STREAMING_READS) && this.#pool.isAmple;
  }

  #prepareStreaming(): void {
    const chunk = this.#chunk;
    if (chunk?.bytes.length === STREAMING_CHUNK_BYTES) {
      if (!chunk.isShared) this.#start = this.#end = 0;
      if (chunk.bytes.length - this.#end >= MIN_READ_BYTES) return;
    }
    this.#dropChunk();
    this.#chunk = this.#pool.take(STREAMING_CHUNK_BYTES);
  }

  /** Sees to it that the partial frame can be read on with, or blocks. */
  #makeRoom(): void {
    const chunk = this.#chunk as Chunk;
    const frameBytes = this.#pendingFrameBytes();
    const sizeBytes = chunk.bytes.length;
    if (this.#start + frameBytes <= sizeBytes) return;
    if (frameBytes <= sizeBytes && !chunk.isShared) {
      this.#moveToFront(chunk);
      return;
    }
    const larger = this.#mayExceedBound
      ? this.#pool.takeForReceived(this.wantedBytes)
      : this.#pool.take(this.wantedBytes);
    if (larger !== undefined) {
      this.#moveTo(larger);
    } else if (this.#end === sizeBytes) {
      this.#isBlocked = true;
      this.#pool.waitForRoom(this);
    }
  }

  /** Puts received bytes behind the pending ones, whatever memory that takes. */
  #append(bytes: Buffer): void {
    const chunk = this.#chunk;
    const totalBytes = this.pendingBytes + bytes.length;
    if (chunk === undefined || this.#end + bytes.length > chunk.bytes.length) {
      if (chunk !== undefined && !chunk.isShared && totalBytes <= chunk.bytes.length) {
        this.#moveToFront(chunk);
      } else {
        const roomyBytes = this.#roomyBytes(totalBytes, bytes);
        this.#moveTo(this.#pool.take(roomyBytes) ?? this.#pool.takeForReceived(totalBytes));
      }
    }
    this.#end += bytes.copy((this.#chunk as Chunk).bytes, this.#end);
  }

  /** The chunk size with which a frame can be read on, for `totalBytes` pending bytes that end in `bytes`. */
  #roomyBytes(totalBytes: number, bytes: Buffer): number {
    if (this.#isStopped) return totalBytes;
    const frameBytes =
      this.pendingBytes >= FRAME_LENGTH_BYTES
        ? this.#pendingFrameBytes()
        : bytes.length >= FRAME_LENGTH_BYTES
          ? FRAME_LENGTH_BYTES + bytes.readUInt32BE(0)
          : FRAME_LENGTH_BYTES;
    return Math.max(totalBytes, this.#grownBytes(totalBytes, frameBytes));
  }

  /** What a chunk for a frame of `frameBytes` may have when `receivedBytes` of it came. */
  #grownBytes(receivedBytes: number, frameBytes: number): number {
    const factor = receivedBytes < SLOW_GROWTH_BYTES ? 4 : 2;
    const partialBytes = Math.min(frameBytes, Math.max(MIN_PARTIAL_BYTES, receivedBytes * factor));
    return this.#mayStream() ? Math.max(STREAMING_CHUNK_BYTES, partialBytes) : partialBytes;
  }

  /** The size of the first pending frame with its length; the size of a length while that is incomplete. */
  #pendingFrameBytes(): number {
    if (this.pendingBytes < FRAME_LENGTH_BYTES) return FRAME_LENGTH_BYTES;
    return FRAME_LENGTH_BYTES + (this.#chunk as Chunk).bytes.readUInt32BE(this.#start);
  }

  #moveToFront(chunk: Chunk): void {
    chunk.bytes.copyWithin(0, this.#start, this.#end);
    this.#end -= this.#start;
    this.#start = 0;
  }

  #moveTo(target: Chunk): void {
    const chunk = this.#chunk;
    const pendingBytes = chunk === undefined ? 0 : chunk.bytes.copy(target.bytes, 0, this.#start, this.#end);
    this.#chunk = target;
    this.#start = 0;
    this.#end = pendingBytes;
    chunk?.release();
  }

  #dropChunk(): void {
    const chunk = this.#chunk;
    this.#chunk = undefined;
    this.#start = this.#end = 0;
    chunk?.release();
  }
}
