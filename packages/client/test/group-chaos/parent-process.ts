/** What a child program knows of the process that started it (child-program.ts is the other side). */

const exitAtOnce = (): never => process.exit(1);

/** From now on this process ends when its parent does. Aborts when the parent says `close`. */
export function followParent(): AbortSignal {
  const closing = new AbortController();
  process.once('disconnect', exitAtOnce);
  process.once('message', () => closing.abort());
  return closing.signal;
}

/** The work is done: nothing keeps this process alive any more. */
export function leaveParent(): void {
  process.off('disconnect', exitAtOnce);
  process.disconnect();
}
