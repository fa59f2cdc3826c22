/**
 * Decides what becomes of the appends of one turn, before anything is written: which are accepted at which
 * offsets, which are duplicates of batches appended before, which are refused, and where the active segment ends.
 * Pure: the caller patches, writes and applies.
 *
 * A request is one or more whole batches and is decided as a whole; it never spans two segments. Requests are
 * decided in their order; the plan stops before the first one that needs a new segment, and the caller plans the
 * rest once that segment is there.
 *
 * Invariant: nothing in `producers` changes until the caller commits the plan's draft to it, after the write.
 */
import { TidelogError } from '@tidelog/record/errors';
import type { BatchHeader } from '@tidelog/record';
import { ProducerDraft, type ProducerState } from './producer-state.ts';

const MAX_RELATIVE_OFFSET = 2147483647;

/** The batches of one append call, validated on their own. */
export interface AppendBatches {
  /** In the order of the buffer; at least one. Their base offsets are the producer's and mean nothing. */
  readonly headers: readonly BatchHeader[];
  readonly sizeBytes: number;
}

/** What the roll decision needs to know of the active segment. */
export interface ActiveSegment {
  readonly baseOffset: number;
  readonly sizeBytes: number;
  /** Largest timestamp of the segment's first batch; undefined while it is empty or when that batch has none. */
  readonly firstTimestampMs: number | undefined;
  /** When the segment was created: stands in for a missing first timestamp. */
  readonly createdMs: number;
  /** How many more entries its indexes take. */
  readonly indexRoomEntries: number;
}

export interface RollLimits {
  readonly segmentBytes: number;
  readonly segmentMs: number;
}

export type AppendDecision =
  | { readonly kind: 'append'; readonly baseOffset: number; readonly lastOffset: number }
  | {
      readonly kind: 'duplicate';
      readonly baseOffset: number;
      readonly lastOffset: number;
      readonly maxTimestampMs: number;
      /** The original is part of this plan: the answer depends on its write. */
      readonly isPending: boolean;
    }
  | { readonly kind: 'reject'; readonly error: TidelogError };

export interface AppendPlan {
  /** One for each of the first requests; fewer than the requests when `mustRoll`. */
  readonly decisions: readonly AppendDecision[];
  /** Log end offset after the write. */
  readonly nextOffset: number;
  /** Bytes to write. */
  readonly sizeBytes: number;
  /** The next request needs a new segment, based at `nextOffset`. */
  readonly mustRoll: boolean;
  /** What the batches change in the producer state; to be committed after the write. */
  readonly producers: ProducerDraft;
}

export function planAppend(input: {
  readonly requests: readonly AppendBatches[];
  readonly nextOffset: number;
  readonly producers: ProducerState;
  readonly segment: ActiveSegment;
  readonly limits: RollLimits;
  readonly nowMs: number;
}): AppendPlan {
  const { requests, limits, nowMs } = input;
  const startOffset = input.nextOffset;
  const producers = new ProducerDraft(input.producers);
  const decisions: AppendDecision[] = [];
  let segment = input.segment;
  let nextOffset = startOffset;
  let mustRoll = false;
  for (const request of requests) {
    const verdict = judge(request, { producers, nextOffset, startOffset, limits });
    if (verdict.kind === 'append') {
      if (shouldRoll(segment, { request, lastOffset: verdict.lastOffset, limits, nowMs })) {
        mustRoll = true;
        break;
      }
      let baseOffset = nextOffset;
      for (const header of request.headers) {
        producers.apply(header, { baseOffset, nowMs });
        baseOffset += header.lastOffsetDelta + 1;
      }
      nextOffset = baseOffset;
      segment = segmentAfter(segment, request);
    }
    decisions.push(verdict);
  }
  return {
    decisions,
    nextOffset,
    sizeBytes: segment.sizeBytes - input.segment.sizeBytes,
    mustRoll,
    producers,
  };
}

function judge(
  request: AppendBatches,
  at: { producers: ProducerDraft; nextOffset: number; startOffset: number; limits: RollLimits },
): AppendDecision {
  if (request.sizeBytes > at.limits.segmentBytes) {
    return reject(
      'RECORD_LIST_TOO_LARGE',
      `${request.sizeBytes} bytes of batches do not fit into a segment of ${at.limits.segmentBytes} bytes`,
    );
  }
  const sequences = judgeSequences(request, at);
  if (sequences !== undefined) return sequences;
  let lastOffset = at.nextOffset - 1;
  for (const header of request.headers) lastOffset += header.lastOffsetDelta + 1;
  if (lastOffset - at.nextOffset > MAX_RELATIVE_OFFSET) {
    return reject(
      'RECORD_LIST_TOO_LARGE',
      'a segment cannot hold more than 2^31 offsets; send fewer batches at once',
    );
  }
  return { kind: 'append', baseOffset: at.nextOffset, lastOffset };
}

/** undefined: every batch may be appended. Of several batches all are new or all are duplicates. */
function judgeSequences(
  request: AppendBatches,
  at: { producers: ProducerDraft; startOffset: number },
): AppendDecision | undefined {
  const [first] = request.headers;
  if (request.headers.length === 1 && first !== undefined)
    return judgeBatch(first, at.producers, at.startOffset);
  if (request.headers.every((header) => header.producerId < 0)) return undefined;
  const trial = new ProducerDraft(at.producers);
  const duplicates: Extract<AppendDecision, { kind: 'duplicate' }>[] = [];
  for (const header of request.headers) {
    const decision = judgeBatch(header, trial, at.startOffset);
    if (decision?.kind === 'duplicate') duplicates.push(decision);
    else if (decision !== undefined) return decision;
    else trial.apply(header, { baseOffset: 0, nowMs: 0 });
  }
  const [oldest] = duplicates;
  const newest = duplicates.at(-1);
  if (oldest === undefined || newest === undefined) return undefined;
  if (duplicates.length < request.headers.length) {
    return reject(
      'INVALID_RECORD',
      'the request mixes batches that were appended before with new ones; send them alone',
    );
  }
  return { ...newest, baseOffset: oldest.baseOffset };
}

function judgeBatch(
  header: BatchHeader,
  producers: ProducerDraft,
  startOffset: number,
): AppendDecision | undefined {
  const verdict = producers.check(header);
  switch (verdict.kind) {
    case 'append':
      return undefined;
    case 'reject':
      return reject(verdict.code, verdict.reason);
    case 'duplicate': {
      const { baseOffset, lastOffset, maxTimestampMs } = verdict.original;
      return {
        kind: 'duplicate',
        baseOffset,
        lastOffset,
        maxTimestampMs,
        isPending: baseOffset >= startOffset,
      };
    }
  }
}

function reject(code: ConstructorParameters<typeof TidelogError>[0], reason: string): AppendDecision {
  return { kind: 'reject', error: new TidelogError(code, reason) };
}

/** Whether the active segment must end before the request. An empty segment takes anything that fits its limits. */
export function shouldRoll(
  segment: ActiveSegment,
  append: { request: AppendBatches; lastOffset: number; limits: RollLimits; nowMs: number },
): boolean {
  if (append.lastOffset - segment.baseOffset > MAX_RELATIVE_OFFSET) return true;
  if (segment.sizeBytes === 0) return false;
  const { request, limits } = append;
  if (segment.sizeBytes + request.sizeBytes > limits.segmentBytes) return true;
  if (request.headers.length > segment.indexRoomEntries) return true;
  const timestampMs = maxTimestampOf(request);
  const ageMs =
    segment.firstTimestampMs !== undefined && timestampMs >= 0
      ? timestampMs - segment.firstTimestampMs
      : append.nowMs - segment.createdMs;
  return ageMs > limits.segmentMs;
}

function maxTimestampOf(request: AppendBatches): number {
  let timestampMs = -1;
  for (const header of request.headers) timestampMs = Math.max(timestampMs, header.maxTimestampMs);
  return timestampMs;
}

function segmentAfter(segment: ActiveSegment, request: AppendBatches): ActiveSegment {
  const [first] = request.headers;
  const firstTimestampMs =
    segment.sizeBytes === 0 && first !== undefined && first.maxTimestampMs >= 0
      ? first.maxTimestampMs
      : segment.firstTimestampMs;
  return {
    baseOffset: segment.baseOffset,
    createdMs: segment.createdMs,
    sizeBytes: segment.sizeBytes + request.sizeBytes,
    firstTimestampMs,
    indexRoomEntries: segment.indexRoomEntries - request.headers.length,
  };
}
