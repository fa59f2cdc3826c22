/**
 * What the native listener costs: produce requests through it, with a router that checks the CRC and answers,
 * against a bare socket server that does the same with the same bytes. Figures of one run are comparable with
 * each other only.
 *
 *   node --conditions=@tidelog/source bench/loopback.ts [--seconds 2] [--rounds 1] [--json]
 */
import { fork } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { crc32c } from '@tidelog/record';
import {
  encodeRequest,
  encodeResponse,
  fromSafeNumber,
  randomTopicId,
  topicIdToBytes,
} from '@tidelog/protocol';
import { silentLogger, systemClock } from '@tidelog/log';
import { readAcceptedSocket } from '../src/listeners/accepted-socket.ts';
import { ConnectionTable } from '../src/listeners/connection-table.ts';
import { resolveLimits } from '../src/listeners/limits.ts';
import { startNativeListener } from '../src/listeners/native/native-listener.ts';
import { ListenerMetrics } from '../src/metrics.ts';
import type { ProduceRequest } from '../src/requests.ts';
import type { Router } from '../src/router.ts';
import type { LoadOrder, LoadResult } from './loopback-load.ts';

interface Case {
  readonly recordsBytes: number;
  readonly connections: number;
  readonly inFlight: number;
}
const CASES: readonly Case[] = [
  { recordsBytes: 64 * 1024, connections: 1, inFlight: 5 },
  { recordsBytes: 64 * 1024, connections: 1, inFlight: 20 },
  { recordsBytes: 16 * 1024, connections: 1, inFlight: 20 },
  { recordsBytes: 16 * 1024, connections: 4, inFlight: 20 },
  { recordsBytes: 1024, connections: 4, inFlight: 64 },
  { recordsBytes: 100, connections: 64, inFlight: 1 },
];

const topicId = topicIdToBytes(randomTopicId((sizeBytes) => Buffer.alloc(sizeBytes, 7)));
const result = {
  baseOffset: fromSafeNumber(1),
  logAppendTimeMs: fromSafeNumber(0),
  logStartOffset: fromSafeNumber(0),
};
// One correlation id for all: then every acknowledgement has the same size.
const acknowledgement = Buffer.concat(encodeResponse(1, 'PRODUCE', { partitions: [result] }));

function produceFrame(recordsBytes: number): Buffer {
  const records = Buffer.alloc(recordsBytes, 'record bytes ');
  return Buffer.concat(
    encodeRequest('PRODUCE', 1, { acks: -1, partitions: [{ topicId, partition: 0, records }] }),
  );
}

const nullRouter = {
  dispatch(_kind: string, request: ProduceRequest) {
    for (const { records } of request.partitions) crc32c(records);
    return Promise.resolve({ partitions: [{ baseOffset: 1, logAppendTimeMs: 0, logStartOffset: 0 }] });
  },
} as unknown as Router;

/** Reads into one buffer per connection, checks the CRC of each frame, answers once per turn. */
async function startBareServer(): Promise<{ port: number; close: () => void }> {
  const server = createServer({ pauseOnConnect: true, noDelay: true }, (accepted) => {
    const buffer = Buffer.allocUnsafeSlow(256 * 1024);
    let end = 0;
    let pending = 0;
    const flush = (): void => {
      socket.write(
        pending === 1 ? acknowledgement : Buffer.concat(new Array<Buffer>(pending).fill(acknowledgement)),
      );
      pending = 0;
    };
    const socket = readAcceptedSocket(accepted, {
      nextReadBuffer: () => buffer.subarray(end),
      received: (bytes) => {
        end += bytes.length;
        let start = 0;
        while (end - start >= 4) {
          const frameEnd = start + 4 + buffer.readUInt32BE(start);
          if (frameEnd > end) break;
          crc32c(buffer.subarray(start + 4, frameEnd));
          start = frameEnd;
          if (pending++ === 0) setImmediate(flush);
        }
        buffer.copyWithin(0, start, end);
        end -= start;
      },
    });
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

function load(order: LoadOrder): Promise<LoadResult> {
  return new Promise((resolve, reject) => {
    const child = fork(new URL('./loopback-load.ts', import.meta.url), {
      execArgv: ['--conditions=@tidelog/source'],
    });
    let answer: LoadResult | undefined;
    child.once('message', (message) => {
      answer = message as LoadResult;
    });
    child.once('exit', () => {
      if (answer === undefined) reject(new Error('the load process failed'));
      else resolve(answer);
    });
    child.send(order);
  });
}

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});
const table = new ConnectionTable({ limits: resolveLimits(), clock: systemClock, logger: silentLogger });
const listener = await startNativeListener({
  host: '127.0.0.1',
  port: 0,
  table,
  router: nullRouter,
  metrics: new ListenerMetrics(),
});
const bare = await startBareServer();
const machine = `${cpus()[0]?.model ?? 'unknown processor'} × ${cpus().length}, node ${process.version}`;
if (!values.json) console.log(machine);

for (let round = 0; round < Number(values.rounds); round++) {
  for (const { recordsBytes, connections, inFlight } of CASES) {
    const frame = produceFrame(recordsBytes);
    const gigabytesPerSecond = async (port: number): Promise<number> => {
      const { framesPerSecond } = await load({
        port,
        connections,
        inFlight,
        frame: frame.toString('base64'),
        acknowledgementBytes: acknowledgement.length,
        warmUpMs: 300,
        durationMs: Number(values.seconds) * 1000,
      });
      return (framesPerSecond * recordsBytes) / 1e9;
    };
    const bareGBps = await gigabytesPerSecond(bare.port);
    const listenerGBps = await gigabytesPerSecond(listener.port);
    const line = {
      recordsBytes,
      connections,
      inFlight,
      listenerGBps: Number(listenerGBps.toFixed(3)),
      bareGBps: Number(bareGBps.toFixed(3)),
      ratio: Number((listenerGBps / bareGBps).toFixed(2)),
      listenerRequestsPerSecond: Math.round((listenerGBps * 1e9) / recordsBytes),
    };
    if (values.json) console.log(JSON.stringify({ machine, ...line }));
    else {
      console.log(
        `${recordsBytes} bytes, ${connections} × ${inFlight} in flight: ` +
          `${line.listenerGBps} GB/s, bare ${line.bareGBps} GB/s, ratio ${line.ratio}, ${line.listenerRequestsPerSecond} requests/s`,
      );
    }
  }
}
await listener.close({ graceMs: 100 });
bare.close();
