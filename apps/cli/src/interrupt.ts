/**
 * Ctrl-C and SIGTERM as an AbortSignal. The first signal asks the command to finish cleanly; a second one, at
 * least a second later, ends the process at once.
 */
export interface Interrupt extends Disposable {
  readonly signal: AbortSignal;
}

const FORCE_AFTER_MS = 1000;

export function interruptSignal(): Interrupt {
  const controller = new AbortController();
  let firstAtMs: number | undefined;
  const onSignal = (): void => {
    const nowMs = performance.now();
    if (firstAtMs === undefined) {
      firstAtMs = nowMs;
      controller.abort(new Error('interrupted'));
    } else if (nowMs - firstAtMs >= FORCE_AFTER_MS) {
      process.exit(1);
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
