/**
 * Fuzzes everything that reads bytes from a peer: FrameDecoder, both headers, the bodies of all apis in both
 * directions, and the request pipeline.
 *
 *   node --conditions=@tidelog/source packages/protocol/test/fuzz-decoder.ts --frames 300000 --seed 1 [--first 0]
 *
 * A case takes a few valid frames, damages their bytes (flipped bits, cut ends, false lengths, splices, noise, or
 * nothing at all), cuts the stream at random and pushes it through. It holds that
 * - only TidelogError comes out, of the codes that a decoder may throw;
 * - FrameDecoder cuts the stream as the plain reference below does, and stays failed once it failed;
 * - a body that decodes here decodes with plain protobufjs to the same, and what was not damaged decodes;
 * - memory stays within bounds, whatever lengths were declared.
 *
 * Prints one JSON line: what ran, what came out, memory; on a failure the line that replays it, and exit code 1.
 * Each case depends on the seed and its number alone. Exits when the parent that spawned it goes.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { inspect, parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import type { ApiName } from '@tidelog/protocol';
import {
  API_NAMES,
  APIS,
  apiNameOf,
  decodeRequestBody,
  decodeRequestHeader,
  decodeResponseBody,
  decodeResponseHeader,
  encodeRequest,
  encodeResponse,
  FrameDecoder,
  RequestPipeline,
} from '@tidelog/protocol';
import { isWireErrorCode, TidelogError } from '@tidelog/record/errors';
import { comparable, MESSAGE_CASES, messageArbitrary } from './message-arbitrary.ts';
import type { MessageCase } from './message-arbitrary.ts';
import { damage } from './stream-damage.ts';
import { SeededRandom } from './seeded-random.ts';

/** The largest lets any declared length through, so that memory would follow it if anything did. */
const FRAME_LIMITS_BYTES = [200, 64 * 1024, 2 ** 32 - 1];
const CORPUS_PER_MESSAGE = 60;
/** What cutting one stream may allocate beside four times its size: the chunks of the pool of small buffers. */
const MAX_CASE_BYTES = 512 * 1024;
/** Live bytes after a collection may grow by this much over the whole run. */
const MAX_GROWTH_BYTES = 32 * 1024 * 1024;
/** Live bytes and garbage together, at any sample. */
const MAX_PEAK_BYTES = 768 * 1024 * 1024;
const CASES_PER_SAMPLE = 5_000;
const ALL_CASES = new Map(MESSAGE_CASES.map((it) => [`${it.api} ${it.direction}`, it]));

interface Sample {
  readonly messageCase: MessageCase;
  readonly frame: Buffer;
}
interface Counts {
  frames: number;
  bodies: number;
  errors: Record<string, number>;
}

function buildCorpus(seed: number): Sample[] {
  return MESSAGE_CASES.flatMap((messageCase) => {
    const { api, direction, type } = messageCase;
    return fc.sample(messageArbitrary(type), { seed, numRuns: CORPUS_PER_MESSAGE }).map((body, index) => {
      const id = 1 + (index % 8);
      const buffers = direction === 'request' ? encodeRequest(api, id, body) : encodeResponse(id, api, body);
      return { messageCase, frame: Buffer.concat(buffers) };
    });
  });
}

const DECODER_ERRORS: ReadonlySet<string> = new Set(['MALFORMED_FRAME', 'FRAME_TOO_LARGE']);

/** Runs a decoder; its result, or undefined when it threw what it may throw. Anything else goes up. */
function tolerate<T>(
  counts: Counts,
  run: () => T,
  isAllowed = (code: string): boolean => DECODER_ERRORS.has(code),
): T | undefined {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof TidelogError) || !isAllowed(error.code)) throw error;
    counts.errors[error.code] = (counts.errors[error.code] ?? 0) + 1;
    return undefined;
  }
}

function ensure(condition: boolean, what: string): void {
  if (!condition) throw new Error(what);
}

/** The frames of a stream and whether it fails, written as plainly as possible. */
function referenceFrames(stream: Buffer, maxFrameBytes: number): { frames: Buffer[]; fails: boolean } {
  const frames: Buffer[] = [];
  let position = 0;
  while (stream.length - position >= 4) {
    const lengthBytes = stream.readUInt32BE(position);
    if (lengthBytes === 0 || lengthBytes > maxFrameBytes) return { frames, fails: true };
    if (stream.length - position - 4 < lengthBytes) break;
    frames.push(stream.subarray(position + 4, position + 4 + lengthBytes));
    position += 4 + lengthBytes;
  }
  return { frames, fails: false };
}

function cutFrames(random: SeededRandom, stream: Buffer, maxFrameBytes: number, counts: Counts): Buffer[] {
  const buffersBefore = process.memoryUsage().arrayBuffers;
  const decoder = new FrameDecoder({ maxFrameBytes });
  const frames: Buffer[] = [];
  const maxChunkBytes = random.pick([1, 3, 17, 200, 70_000]);
  let isFailed = false;
  for (let position = 0; position < stream.length && !isFailed;) {
    const end = position + 1 + random.below(maxChunkBytes);
    const chunk = stream.subarray(position, end);
    position = end;
    decoder.push(chunk);
    for (;;) {
      const step = tolerate(counts, () => ({ frame: decoder.next() }));
      isFailed = step === undefined;
      if (step?.frame === undefined) break;
      frames.push(step.frame);
    }
    ensure(decoder.bufferedBytes <= stream.length, 'the decoder counts more bytes than were pushed');
  }
  const expected = referenceFrames(stream, maxFrameBytes);
  ensure(isFailed === expected.fails, `the decoder ${isFailed ? 'failed' : 'did not fail'}`);
  ensure(
    frames.length === expected.frames.length &&
      frames.every((frame, index) => frame.equals(expected.frames[index] as Buffer)),
    'the decoder cut other frames than the reference',
  );
  if (isFailed) {
    const push = tolerate(counts, () => [decoder.push(stream)]);
    const next = tolerate(counts, () => [decoder.next()]);
    ensure(push === undefined && next === undefined, 'the decoder did not stay failed');
  }
  const allocatedBytes = process.memoryUsage().arrayBuffers - buffersBefore;
  ensure(
    allocatedBytes <= MAX_CASE_BYTES + 4 * stream.length,
    `the decoder allocated ${allocatedBytes} bytes`,
  );
  return frames;
}

function decodeEverything(random: SeededRandom, frame: Buffer, counts: Counts): void {
  const request = tolerate(counts, () => decodeRequestHeader(frame));
  const response = tolerate(counts, () => decodeResponseHeader(frame));
  const named = request === undefined ? undefined : apiNameOf(request.api);
  const isThorough = random.below(32) === 0;
  for (const api of API_NAMES) {
    const isChosen = isThorough || api === named || random.below(API_NAMES.length) === 0;
    if (!isChosen) continue;
    const requestBody = request?.body ?? frame;
    const responseBody = response?.body ?? frame;
    compareWithPlain(
      counts,
      `${api} request`,
      requestBody,
      () => decodeRequestBody(api, requestBody),
      isThorough,
    );
    compareWithPlain(
      counts,
      `${api} response`,
      responseBody,
      () => decodeResponseBody(api, responseBody),
      isThorough,
    );
  }
}

function compareWithPlain(
  counts: Counts,
  name: string,
  bytes: Buffer,
  decode: () => object,
  isCompared: boolean,
): void {
  const body = tolerate(counts, decode);
  if (body === undefined) return;
  counts.bodies++;
  if (!isCompared) return;
  const { type } = ALL_CASES.get(name) as MessageCase;
  const ours = inspect(comparable(type, body), { depth: 10 });
  const plain = inspect(comparable(type, type.decode(bytes)), { depth: 10 });
  ensure(ours === plain, `${name} decodes to ${ours}, with plain protobufjs to ${plain}`);
}

/** A pipeline with eight requests in flight is given the frames as answers. */
async function answerPipeline(random: SeededRandom, frames: Buffer[], counts: Counts): Promise<void> {
  const pipeline = new RequestPipeline({ write: () => undefined });
  const api: ApiName = random.pick(API_NAMES);
  const answers = Array.from({ length: 8 }, () => pipeline.send(api, {}));
  const settled = Promise.allSettled(answers);
  for (const frame of frames) {
    const receive = (): void => pipeline.receive(frame);
    // An error about the connection is thrown as the broker put it.
    tolerate(counts, receive, (code) => DECODER_ERRORS.has(code) || isWireErrorCode(code));
  }
  pipeline.fail();
  for (const answer of await settled) {
    if (answer.status === 'rejected') ensure(answer.reason instanceof TidelogError, String(answer.reason));
  }
}

async function runCase(
  seed: number,
  index: number,
  corpus: readonly Sample[],
  counts: Counts,
): Promise<void> {
  const random = new SeededRandom(seed, index);
  const samples = Array.from({ length: 1 + random.below(4) }, () => random.pick(corpus));
  const isIntact = random.below(16) === 0;
  const whole = Buffer.concat(samples.map(({ frame }) => frame));
  const stream = isIntact ? whole : damage(random, whole, () => random.pick(corpus).frame);
  const maxFrameBytes = isIntact ? 64 * 1024 : random.pick(FRAME_LIMITS_BYTES);
  const frames = cutFrames(random, stream, maxFrameBytes, counts);
  counts.frames += frames.length;
  for (const frame of frames) decodeEverything(random, frame, counts);
  if (isIntact) checkIntact(samples, frames);
  if (random.below(4) === 0) await answerPipeline(random, frames, counts);
}

function checkIntact(samples: readonly Sample[], frames: readonly Buffer[]): void {
  ensure(frames.length === samples.length, 'an intact stream lost a frame');
  for (const [index, { messageCase }] of samples.entries()) {
    const { api, direction } = messageCase;
    const frame = frames[index] as Buffer;
    if (direction === 'request') {
      const head = decodeRequestHeader(frame);
      ensure(head.api === APIS[api].api, 'an intact frame names another api');
      decodeRequestBody(api, head.body);
    } else decodeResponseBody(api, decodeResponseHeader(frame).body);
  }
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function usedBytes(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function liveBytes(): number {
  collectGarbage();
  return usedBytes();
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { frames: { type: 'string' }, seed: { type: 'string' }, first: { type: 'string' } },
  });
  const [cases, seed, first] = [values.frames ?? 20_000, values.seed ?? 1, values.first ?? 0].map(Number) as [
    number,
    number,
    number,
  ];
  const corpus = buildCorpus(seed);
  const counts: Counts = { frames: 0, bodies: 0, errors: {} };
  const startedMs = performance.now();
  const warmUpCases = Math.min(cases, CASES_PER_SAMPLE);
  let [baselineBytes, peakBytes] = [0, 0];
  for (let index = first; index < first + cases; index++) {
    try {
      await runCase(seed, index, corpus, counts);
      const done = index - first + 1;
      if (done === warmUpCases) baselineBytes = liveBytes();
      if (done % CASES_PER_SAMPLE === 0) {
        await nextTurn();
        peakBytes = Math.max(peakBytes, usedBytes());
        ensure(peakBytes <= MAX_PEAK_BYTES, `${peakBytes} bytes in use`);
      }
    } catch (error) {
      const replay = `node --conditions=@tidelog/source packages/protocol/test/fuzz-decoder.ts --seed ${seed} --first ${index} --frames 1`;
      console.log(JSON.stringify({ ok: false, seed, case: index, error: inspect(error), replay }));
      process.exitCode = 1;
      return;
    }
  }
  const growthBytes = liveBytes() - baselineBytes;
  const isBounded = growthBytes <= MAX_GROWTH_BYTES;
  const elapsedMs = Math.round(performance.now() - startedMs);
  console.log(JSON.stringify({ ok: isBounded, seed, cases, ...counts, growthBytes, peakBytes, elapsedMs }));
  if (!isBounded) process.exitCode = 1;
}

// An endless loop never sees this: the parent's deadline is for that.
const exit = (): never => process.exit(1);
process.once('disconnect', exit);
await main();
process.off('disconnect', exit);
process.disconnect?.();
