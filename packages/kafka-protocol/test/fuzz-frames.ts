/**
 * Fuzzes the decoders with damaged frames of every API, version and direction.
 *
 *   node --conditions=@tidelog/source packages/kafka-protocol/test/fuzz-frames.ts --frames 1000000 --seed 1 [--first 0]
 *
 * A case takes a valid frame, damages it, and decodes it: a request by its own header, a response as one to the
 * request that it belonged to. It holds that
 * - only MALFORMED_FRAME comes out, and UNSUPPORTED_VERSION where the damage changed key or version;
 * - a header that decodes gives a name and a version that a broker can answer;
 * - what decodes can be encoded, and decodes to the same again;
 * - memory stays within bounds over the run, whatever lengths were declared.
 *
 * Prints one JSON line: what ran, what came out, memory; on a failure the line that replays it, and exit code 1.
 * Each case depends on the seed and its number alone. Exits when the parent that spawned it goes.
 */
import { isDeepStrictEqual, inspect, parseArgs } from 'node:util';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { TidelogError } from '@tidelog/record/errors';
import {
  decodeRequest,
  decodeRequestHeader,
  decodeResponse,
  encodeRequest,
  encodeResponse,
  isKnownVersion,
} from '@tidelog/kafka-protocol';
import { damage } from './frame-damage.ts';
import { MESSAGE_CASES, codecOf, messageArbitrary, type MessageCase } from './message-arbitrary.ts';
import { SeededRandom } from './seeded-random.ts';

const CORPUS_PER_MESSAGE = 12;
/** Live bytes after a collection may grow by this much over the whole run. */
const MAX_GROWTH_BYTES = 32 * 1024 * 1024;
/** Live bytes and garbage together, at any sample. */
const MAX_PEAK_BYTES = 768 * 1024 * 1024;
const CASES_PER_SAMPLE = 10_000;
/** One of so many cases that decode is encoded again. */
const CASES_PER_ROUND_TRIP = 4;

interface Sample {
  readonly messageCase: MessageCase;
  /** Without its size. */
  readonly frame: Buffer;
}

function buildCorpus(seed: number): Sample[] {
  return MESSAGE_CASES.flatMap((messageCase) => {
    const { api, version } = messageCase;
    const arbitrary = messageArbitrary(codecOf(messageCase).definition, version);
    return fc.sample(arbitrary, { seed, numRuns: CORPUS_PER_MESSAGE }).map((body, index) => {
      const head = { apiVersion: version, correlationId: index, clientId: 'fuzz' };
      const encode = messageCase.direction === 'request' ? encodeRequest : encodeResponse;
      return { messageCase, frame: Buffer.concat(encode(api, head, body as never)).subarray(4) };
    });
  });
}

function ensure(condition: boolean, what: string): void {
  if (!condition) throw new Error(what);
}

interface Counts {
  decoded: number;
  errors: Record<string, number>;
}

/** The result of a decoder, or undefined when it threw what it may throw. Anything else goes up. */
function tolerate<T>(counts: Counts, run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof TidelogError)) throw error;
    ensure(
      error.code === 'MALFORMED_FRAME' || error.code === 'UNSUPPORTED_VERSION',
      `${error.code}: ${error.message}`,
    );
    counts.errors[error.code] = (counts.errors[error.code] ?? 0) + 1;
    return undefined;
  }
}

function runRequest(frame: Buffer, counts: Counts): (() => boolean) | undefined {
  const header = tolerate(counts, () => decodeRequestHeader(frame));
  if (header === undefined) return undefined;
  const { api, apiVersion, isKnown } = header;
  ensure(isKnown === (api !== undefined && isKnownVersion(api, apiVersion)), 'the header is not sure');
  const decoded = tolerate(counts, () => decodeRequest(frame));
  if (decoded === undefined) return undefined;
  ensure(isKnown, 'a version that is not known was decoded');
  return () => {
    const pieces = encodeRequest(decoded.api, decoded.header, decoded.body as never);
    return isDeepStrictEqual(decodeRequest(Buffer.concat(pieces).subarray(4)).body, decoded.body);
  };
}

function runResponse(
  { api, version }: MessageCase,
  frame: Buffer,
  counts: Counts,
): (() => boolean) | undefined {
  const decoded = tolerate(counts, () => decodeResponse(api, version, frame));
  if (decoded === undefined) return undefined;
  return () => {
    // The version is that of the body, which ApiVersions may have lowered.
    const head = { apiVersion: decoded.apiVersion, correlationId: decoded.correlationId };
    const pieces = encodeResponse(api, head, decoded.body as never);
    const again = decodeResponse(api, decoded.apiVersion, Buffer.concat(pieces).subarray(4));
    return isDeepStrictEqual(again.body, decoded.body);
  };
}

/** Replaced characters are longer than the bytes they stand for: such a string may not fit any more. */
const hasReplacedCharacters = (frame: Buffer): boolean =>
  !isDeepStrictEqual(Buffer.from(frame.toString()), frame);

function runCase(seed: number, index: number, corpus: readonly Sample[], counts: Counts): void {
  const random = new SeededRandom(seed, index);
  const { messageCase, frame } = random.pick(corpus);
  const isIntact = random.below(32) === 0;
  const damaged = isIntact ? frame : damage(random, frame, () => random.pick(corpus).frame);
  const again =
    messageCase.direction === 'request'
      ? runRequest(damaged, counts)
      : runResponse(messageCase, damaged, counts);
  ensure(!isIntact || again !== undefined, `an intact ${inspect(messageCase)} did not decode`);
  if (again === undefined) return;
  counts.decoded++;
  if (isIntact || random.below(CASES_PER_ROUND_TRIP) === 0) {
    ensure(again() || hasReplacedCharacters(damaged), `${inspect(messageCase)} does not come back as it was`);
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
  Error.stackTraceLimit = 4; // most cases throw; the traces would take most of the time

  const { values } = parseArgs({
    options: { frames: { type: 'string' }, seed: { type: 'string' }, first: { type: 'string' } },
  });
  const cases = Number(values.frames ?? 50_000);
  const seed = Number(values.seed ?? 1);
  const first = Number(values.first ?? 0);
  const corpus = buildCorpus(seed);
  const counts: Counts = { decoded: 0, errors: {} };
  const startedMs = performance.now();
  let [baselineBytes, peakBytes] = [liveBytes(), 0];
  for (let index = first; index < first + cases; index++) {
    try {
      runCase(seed, index, corpus, counts);
      const done = index - first + 1;
      if (done === CASES_PER_SAMPLE) baselineBytes = liveBytes();
      if (done % CASES_PER_SAMPLE === 0) {
        await nextTurn();
        peakBytes = Math.max(peakBytes, usedBytes());
        ensure(peakBytes <= MAX_PEAK_BYTES, `${peakBytes} bytes in use`);
      }
    } catch (error) {
      const replay = `node --conditions=@tidelog/source packages/kafka-protocol/test/fuzz-frames.ts --seed ${seed} --first ${index} --frames 1`;
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
