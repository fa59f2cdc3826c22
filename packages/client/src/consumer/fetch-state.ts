/**
 * How far one partition has been fetched, and what an answer or a failure means for that. Pure: events in,
 * effects out.
 *
 * States: locating (the offset to start from has to be asked for) → fetching → failed, for good until a seek.
 *
 * Invariants: `generation` rises whenever what is on its way becomes useless (a seek, another log), and an answer
 * to an older generation changes nothing. `fetchOffset` only moves to the end of what was received, or to where a
 * seek or a reset puts it: nothing is skipped, nothing is read twice.
 */
import type { TidelogError } from '@tidelog/record/errors';
import type { StartFrom, Target } from './start-position.ts';

export interface FetchState {
  phase: 'locating' | 'fetching' | 'failed';
  /** Where to start; used while locating. */
  target: StartFrom;
  /** The next offset to ask for; −1 while it is not known. */
  fetchOffset: number;
  generation: number;
  /** Failures in a row. */
  failures: number;
  /** Since when the cluster has not known the partition; undefined: it does. */
  unknownSinceMs: number | undefined;
  /** Why the partition failed, or the last failure that is being retried. */
  error: TidelogError | undefined;
}

export interface FetchPolicy {
  readonly onOffsetOutOfRange: 'earliest' | 'latest' | 'fail';
  /** How long an unknown partition is looked for. */
  readonly metadataTimeoutMs: number;
}

export type FetchEvent =
  | { readonly kind: 'seek'; readonly target: Target }
  /** What was received from this offset on was not delivered and has to be fetched again. */
  | { readonly kind: 'refetch'; readonly fromOffset: number }
  /** The leader said where to start. */
  | { readonly kind: 'located'; readonly generation: number; readonly offset: number }
  /** An answer without error; `nextOffset` follows its last batch, or is undefined when it had none. */
  | { readonly kind: 'fetched'; readonly generation: number; readonly nextOffset: number | undefined }
  /** The broker answered with an error. */
  | {
      readonly kind: 'refused';
      readonly generation: number;
      readonly error: TidelogError;
      readonly nowMs: number;
    }
  /** No answer came. */
  | { readonly kind: 'unanswered'; readonly generation: number; readonly error: TidelogError }
  /** What was received cannot be read. */
  | { readonly kind: 'unreadable'; readonly error: TidelogError }
  /** The topic was deleted and created again. */
  | { readonly kind: 'log-replaced' };

export type FetchEffect =
  /** Received records that were not delivered are not wanted any more; those that were belong to another place. */
  | { readonly kind: 'discard' }
  /** Received records that were not delivered are dropped for now. */
  | { readonly kind: 'drop' }
  /** Received records are wanted. */
  | { readonly kind: 'keep' }
  /** The offset was outside of what the partition holds; reading goes on elsewhere. */
  | { readonly kind: 'reset'; readonly fromOffset: number; readonly to: 'earliest' | 'latest' }
  | { readonly kind: 'refresh-metadata' }
  /** Try again after a wait that grows with `failures`. */
  | { readonly kind: 'wait' }
  /** Tell the program; nothing more is fetched. */
  | { readonly kind: 'fail'; readonly error: TidelogError };

export function newFetchState(target: Target): FetchState {
  return {
    phase: typeof target === 'number' ? 'fetching' : 'locating',
    target: typeof target === 'number' ? 'earliest' : target,
    fetchOffset: typeof target === 'number' ? target : -1,
    generation: 0,
    failures: 0,
    unknownSinceMs: undefined,
    error: undefined,
  };
}

/** Applies one event; the caller carries out the effects in order. */
export function step(state: FetchState, event: FetchEvent, policy: FetchPolicy): FetchEffect[] {
  if ('generation' in event && event.generation !== state.generation) return [];
  switch (event.kind) {
    case 'seek':
      restart(state, event.target);
      return [{ kind: 'discard' }];
    case 'refetch':
      restart(state, event.fromOffset);
      return [{ kind: 'drop' }];
    case 'log-replaced':
      restart(state, 'earliest');
      return [{ kind: 'discard' }];
    case 'located':
      succeeded(state);
      state.phase = 'fetching';
      state.fetchOffset = event.offset;
      return [];
    case 'fetched':
      succeeded(state);
      if (event.nextOffset === undefined) return [];
      state.fetchOffset = event.nextOffset;
      return [{ kind: 'keep' }];
    case 'unreadable':
      return fail(state, event.error);
    case 'unanswered':
      state.failures += 1;
      state.error = event.error;
      return [{ kind: 'refresh-metadata' }, { kind: 'wait' }];
    case 'refused':
      return refused(state, event, policy);
  }
}

function restart(state: FetchState, target: Target): void {
  const { generation } = state;
  Object.assign(state, newFetchState(target), { generation: generation + 1 });
}

function succeeded(state: FetchState): void {
  state.failures = 0;
  state.unknownSinceMs = undefined;
  state.error = undefined;
}

function fail(state: FetchState, error: TidelogError): FetchEffect[] {
  state.phase = 'failed';
  state.error = error;
  state.generation += 1;
  return [{ kind: 'fail', error }];
}

function refused(
  state: FetchState,
  { error, nowMs }: { readonly error: TidelogError; readonly nowMs: number },
  policy: FetchPolicy,
): FetchEffect[] {
  if (error.code === 'OFFSET_OUT_OF_RANGE') return outOfRange(state, error, policy);
  state.failures += 1;
  state.error = error;
  if (error.code === 'UNKNOWN_TOPIC_OR_PARTITION' || error.code === 'UNKNOWN_TOPIC_ID') {
    state.unknownSinceMs ??= nowMs;
    if (nowMs - state.unknownSinceMs >= policy.metadataTimeoutMs) return fail(state, error);
    return [{ kind: 'refresh-metadata' }, { kind: 'wait' }];
  }
  if (!error.retriable) return fail(state, error);
  return [{ kind: 'refresh-metadata' }, { kind: 'wait' }];
}

function outOfRange(state: FetchState, error: TidelogError, policy: FetchPolicy): FetchEffect[] {
  const to = policy.onOffsetOutOfRange;
  if (to === 'fail') return fail(state, error);
  const fromOffset = state.fetchOffset;
  restart(state, to);
  // What was received before still comes first.
  return [{ kind: 'reset', fromOffset, to }];
}
