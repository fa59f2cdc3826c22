/**
 * Reads of accepted sockets into buffers that their owner chooses.
 *
 * By default node allocates fresh memory for each read of a socket, which costs more than the read. `net.connect`
 * takes an `onread` option that reads into given buffers instead; for accepted sockets node offers no such
 * option, but `net.Socket` takes a `handle` beside `onread`. So the socket that the server accepted (paused, so
 * that nothing was read yet) gives up its handle and a second socket is made over it. `handle` is not in node's
 * documentation, therefore: where the handle is missing or cannot read into user buffers, the accepted socket is
 * kept and its `data` events are passed on, which is slower and otherwise the same.
 *
 * Idle sockets share memory: the buffer for a socket's next read is handed over right after its previous one, and
 * stays with the kernel's reader until bytes come. Node reads one socket after the other on its one thread and
 * calls back before the next, so one scratch buffer serves all sockets that have no better one. What is in it is
 * overwritten by the next read of any socket.
 */
import { Socket } from 'node:net';

/** Large enough that a burst of small requests comes in one read, small enough to stay in the CPU's cache. */
const SCRATCH_BYTES = 64 * 1024;
let scratch: Buffer | undefined;

export interface SocketReads {
  /** The buffer for the next read, not empty; undefined for the scratch buffer. */
  nextReadBuffer(): Buffer | undefined;
  /** What was read: the beginning of the buffer given last. Scratch memory is valid only during the call. */
  received(bytes: Buffer): void;
}

interface HandleOwner {
  _handle: { useUserBuffer?: unknown } | null;
}

/**
 * Starts reading an accepted socket (of a server with `pauseOnConnect`). Returns the socket to use from here on;
 * the accepted one is of no more use unless it is the one returned.
 */
export function readAcceptedSocket(accepted: Socket, reads: SocketReads): Socket {
  const owner = accepted as unknown as HandleOwner;
  const handle = owner._handle;
  if (handle === null || typeof handle.useUserBuffer !== 'function') {
    accepted.on('data', (bytes: Buffer) => passOn(bytes, reads));
    accepted.resume();
    return accepted;
  }
  // Without its handle the accepted socket closes nothing when it is destroyed; it only leaves the server's count.
  owner._handle = null;
  accepted.destroy();
  const sharedBuffer = (scratch ??= Buffer.allocUnsafeSlow(SCRATCH_BYTES));
  const options = {
    handle,
    allowHalfOpen: true,
    onread: {
      buffer: (): Uint8Array => reads.nextReadBuffer() ?? sharedBuffer,
      callback: (sizeBytes: number, buffer: Uint8Array): boolean => {
        reads.received((buffer as Buffer).subarray(0, sizeBytes));
        return true;
      },
    },
  };
  return new Socket(options as unknown as ConstructorParameters<typeof Socket>[0]);
}

/** Fills the buffers that are asked for from bytes that node allocated itself. */
function passOn(bytes: Buffer, reads: SocketReads): void {
  for (let position = 0; position < bytes.length;) {
    const buffer = reads.nextReadBuffer();
    if (buffer === undefined) {
      reads.received(bytes.subarray(position));
      return;
    }
    const copiedBytes = bytes.copy(buffer, 0, position);
    position += copiedBytes;
    reads.received(buffer.subarray(0, copiedBytes));
  }
}
