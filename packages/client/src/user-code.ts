/**
 * Calls into the program's own functions (callbacks, interceptors, event listeners) from the middle of the
 * client's work.
 */

/** Runs `call`; what it throws surfaces as an uncaught exception and leaves the client's state whole. */
export function callUser(call: () => unknown): void {
  try {
    call();
  } catch (thrown) {
    queueMicrotask(() => {
      throw thrown;
    });
  }
}
