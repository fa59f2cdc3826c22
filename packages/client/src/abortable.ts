/**
 * Waiting that a caller may give up through an AbortSignal. Aborting abandons the wait, never the work: what
 * was sent stays sent.
 */
import { TidelogError } from '@tidelog/record/errors';
import type { Clock } from './clock.ts';

/** What the methods that wait accept. */
export interface WaitOptions {
  /** Aborting it rejects the wait with ABORTED; what was being waited for goes on. */
  readonly signal?: AbortSignal | undefined;
}

/** The error of an aborted wait; `what` is what the caller waited for. */
export function abortedError(what: string, signal: AbortSignal): TidelogError {
  return new TidelogError('ABORTED', `${what} was aborted by its signal`, { cause: signal.reason });
}

/**
 * `promise`, or a rejection with ABORTED as soon as the signal aborts. The promise's own later failure is then
 * nobody's: it raises no unhandled rejection.
 */
export function untilAborted<T>(
  promise: Promise<T>,
  what: string,
  signal: AbortSignal | undefined,
): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise<T>((resolve, reject) => {
    const abort = (): void => reject(abortedError(what, signal));
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/** Resolves after `delayMs` of the clock; rejects with ABORTED when the signal aborts before. */
export function delay(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(abortedError('the wait', signal));
      return;
    }
    const abort = (): void => {
      timer.cancel();
      reject(abortedError('the wait', signal as AbortSignal));
    };
    const timer = clock.setTimer(delayMs, () => {
      signal?.removeEventListener('abort', abort);
      resolve();
    });
    signal?.addEventListener('abort', abort, { once: true });
  });
}

/** Whether the signal has aborted by now; a call, so that nobody takes an earlier answer for the present one. */
export function isAborted(signal: AbortSignal | undefined): signal is AbortSignal {
  return signal?.aborted === true;
}

/** Resolves when `work` has ended, well or badly, `timeoutMs` is over, or the signal aborts; never rejects. */
export async function atMost(
  clock: Clock,
  timeoutMs: number,
  work: Promise<unknown>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const isDone = new AbortController();
  const end = signal === undefined ? isDone.signal : AbortSignal.any([signal, isDone.signal]);
  const late = delay(clock, timeoutMs, end).catch(() => undefined);
  await Promise.race([work.catch(() => undefined), late]);
  isDone.abort();
}
