/**
 * Ctrl-C and SIGTERM as an AbortSignal. The first signal asks the command to finish cleanly; a second one, at
 * least a second later, ends the process at once, with exit code 1.
 */
import { EXIT_FAILED } from './exit-codes.ts';

export interface Interrupt extends Disposable {
  readonly signal: AbortSignal;
}

/** The command was interrupted before it was done. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  /** `done` says how far the command came. */
  constructor(done: string) {
    super(`interrupted: ${done}`);
  }
}

/** npm passes a Ctrl-C on that the terminal has sent already: two within this time are one. */
const SAME_WISH_MS = 1000;

/** Listens for signals until it is disposed of; from then on they end the process as they always do. */
export function interruptSignal(): Interrupt {
  const controller = new AbortController();
  let firstAtMs: number | undefined;
  const onSignal = (): void => {
    const nowMs = performance.now();
    if (firstAtMs === undefined) {
      firstAtMs = nowMs;
      controller.abort(new Error('interrupted'));
    } else if (nowMs - firstAtMs >= SAME_WISH_MS) {
      process.exit(EXIT_FAILED);
    }
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}
