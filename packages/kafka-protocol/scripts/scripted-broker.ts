/**
 * A Kafka broker for recording golden frames: it answers what `scripted-answers.ts` says, with this package's own
 * codec, and keeps every exchange.
 */
import { createServer, type Server, type Socket } from 'node:net';
import { decodeRequest, encodeResponse, type ApiName } from '@tidelog/kafka-protocol';
import { ScriptedAnswers } from './scripted-answers.ts';

/** One request and its answer, without their sizes. */
export interface Exchange {
  readonly api: ApiName;
  readonly version: number;
  readonly request: Buffer;
  /** Null for a produce with acks=0, which has none. */
  readonly response: Buffer | null;
}

export interface ScriptedBroker {
  readonly port: number;
  readonly exchanges: readonly Exchange[];
  close(): void;
}

/** @param maxVersions the highest version to advertise of an API, where it is not the highest that there is */
export async function startScriptedBroker(
  maxVersions: Partial<Record<ApiName, number>> = {},
): Promise<ScriptedBroker> {
  const exchanges: Exchange[] = [];
  const sockets = new Set<Socket>();
  const answers = new ScriptedAnswers(maxVersions);

  const answer = (frame: Buffer): Buffer[] => {
    const request = decodeRequest(frame);
    const { apiVersion, correlationId } = request.header;
    const body = answers.answer(request);
    const isSilent = request.api === 'Produce' && request.body.acks === 0;
    const pieces = isSilent ? [] : encodeResponse(request.api, { apiVersion, correlationId }, body as never);
    const response = isSilent ? null : Buffer.concat(pieces).subarray(4);
    exchanges.push({ api: request.api, version: apiVersion, request: Buffer.from(frame), response });
    return pieces;
  };

  const server: Server = createServer((socket) => {
    sockets.add(socket);
    let received = Buffer.alloc(0);
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      while (received.length >= 4 && received.length >= 4 + received.readInt32BE(0)) {
        const end = 4 + received.readInt32BE(0);
        for (const piece of answer(received.subarray(4, end))) socket.write(piece);
        received = received.subarray(end);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the broker has no port');
  answers.port = address.port;
  const close = (): void => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return { port: address.port, exchanges, close };
}
