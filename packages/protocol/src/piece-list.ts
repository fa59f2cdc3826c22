/**
 * Consecutive pieces of a byte stream that are to become one buffer: the part of a frame that has come so far.
 *
 * How a piece is kept:
 * - One that lies right behind the last one in memory extends it. A reader that fills a slab from front to back
 *   gets its frames without any copy.
 * - A large one is kept by reference and copied once, by `join`.
 * - A small one is copied into a room of the list's own, so that a trickle of tiny chunks does not cost an object
 *   each. The room doubles as it fills.
 *
 * Invariants: memory of its own stays below twice the bytes added (and one MIN_ROOM_BYTES); nothing is allocated
 * for bytes that have not come. #pieces, then the room, are in stream order; only the last of #pieces may be
 * smaller than BY_REFERENCE_BYTES, and only while there is no room.
 */

/** Smaller pieces are copied together. */
const BY_REFERENCE_BYTES = 4096;
const MIN_ROOM_BYTES = 1024;

export class PieceList {
  readonly #pieces: Buffer[] = [];
  #room: Buffer | undefined;
  #roomBytes = 0;
  #sizeBytes = 0;

  /** The bytes added since the list was empty. */
  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** Adds the next bytes of the stream. Their memory must not change until the joined buffer is done with. */
  add(piece: Buffer): void {
    this.#sizeBytes += piece.length;
    const last = this.#room === undefined ? this.#pieces.at(-1) : undefined;
    if (last !== undefined && isBehind(last, piece)) {
      this.#pieces[this.#pieces.length - 1] = Buffer.from(
        last.buffer,
        last.byteOffset,
        last.length + piece.length,
      );
    } else if (this.#pieces.length === 0 && this.#room === undefined) {
      this.#pieces.push(piece);
    } else {
      if (last !== undefined && last.length < BY_REFERENCE_BYTES) {
        this.#pieces.pop();
        this.#copyToRoom(last);
      }
      if (piece.length < BY_REFERENCE_BYTES) this.#copyToRoom(piece);
      else {
        this.#closeRoom();
        this.#pieces.push(piece);
      }
    }
  }

  /** All bytes as one buffer: a view when they lie in one stretch of memory, else freshly allocated. Empties the list. */
  join(): Buffer {
    this.#closeRoom();
    const [first] = this.#pieces;
    const joined =
      first !== undefined && this.#pieces.length === 1 ? first : Buffer.concat(this.#pieces, this.#sizeBytes);
    this.clear();
    return joined;
  }

  /** Empties the list; no reference to what was added is kept. */
  clear(): void {
    this.#pieces.length = 0;
    this.#room = undefined;
    this.#roomBytes = 0;
    this.#sizeBytes = 0;
  }

  #copyToRoom(piece: Buffer): void {
    const neededBytes = this.#roomBytes + piece.length;
    if (this.#room === undefined || this.#room.length < neededBytes) {
      const grown = Buffer.allocUnsafe(Math.max(MIN_ROOM_BYTES, neededBytes, 2 * (this.#room?.length ?? 0)));
      this.#room?.copy(grown, 0, 0, this.#roomBytes);
      this.#room = grown;
    }
    piece.copy(this.#room, this.#roomBytes);
    this.#roomBytes = neededBytes;
  }

  #closeRoom(): void {
    if (this.#room === undefined) return;
    this.#pieces.push(this.#room.subarray(0, this.#roomBytes));
    this.#room = undefined;
    this.#roomBytes = 0;
  }
}

/** True when `piece` begins in memory where `last` ends. */
function isBehind(last: Buffer, piece: Buffer): boolean {
  return last.buffer === piece.buffer && last.byteOffset + last.length === piece.byteOffset;
}
