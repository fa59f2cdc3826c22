/**
 * The reference for everything that crosses a socket: a server that does as little as a server can. It cuts the
 * stream into frames and, for each, sends one prepared answer of the size that a broker would send; it neither
 * looks into a frame beyond its correlation id nor keeps it. Reads go into one reused buffer, the answers of
 * one turn go out in one write.
 */
import { createServer, Socket } from 'node:net';
import { childReady } from './processes.ts';
import { FrameCutter, REQUEST_HEAD_BYTES, requestCorrelationId, responseFrame } from './raw-frames.ts';

const { answerBytes } = JSON.parse(process.argv[2] as string) as { answerBytes: number };
const readBuffer = Buffer.allocUnsafeSlow(1024 * 1024);
const answers = new Map<number, Buffer>();

function answerFor(id: number): Buffer {
  let answer = answers.get(id);
  if (answer === undefined) answers.set(id, (answer = responseFrame(id, answerBytes)));
  return answer;
}

function serve(socket: Socket): void {
  const cutter = new FrameCutter(requestCorrelationId, REQUEST_HEAD_BYTES);
  socket.on('data', (bytes) => {
    const ids = cutter.push(bytes as Buffer);
    if (ids.length === 0) return;
    socket.cork();
    for (const id of ids) socket.write(answerFor(id));
    socket.uncork();
  });
  socket.on('error', () => socket.destroy());
}

const server = createServer({ pauseOnConnect: true, noDelay: true }, (accepted) => {
  // Node offers reads into a reused buffer only to a socket that is made with it: take the handle over.
  const handle = (accepted as unknown as { _handle: unknown })._handle;
  (accepted as unknown as { _handle: unknown })._handle = null;
  accepted.destroy();
  const socket = new Socket({
    handle,
    onread: {
      buffer: readBuffer,
      callback: (length: number, bytes: Uint8Array) => {
        socket.emit('data', Buffer.from(bytes.buffer, bytes.byteOffset, length));
        return true;
      },
    },
  } as never);
  serve(socket);
  socket.resume();
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address() as { port: number };
  childReady({ address: `127.0.0.1:${address.port}` }, () => {
    server.close();
  });
});
