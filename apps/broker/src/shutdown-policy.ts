/**
 * What a wish to stop means. The same wish may arrive several times at once: a terminal sends Ctrl-C to every
 * process of the group, and npm passes it on once more.
 *
 * States: running → closing (the first wish of any kind) → forced (a further signal or message at least
 * SAME_WISH_MS after the first). A broken ipc channel is a wish to close, never to force.
 */

/** Wishes that come within this time of the first one are the same wish. */
export const SAME_WISH_MS = 1_000;

export type Wish = 'signal' | 'message' | 'disconnect';
export type ShutdownAction = 'close' | 'force' | 'nothing';

export interface ShutdownState {
  /** When the first wish arrived; undefined while running. */
  readonly closingSinceMs: number | undefined;
}

export const RUNNING: ShutdownState = { closingSinceMs: undefined };

/** The next state and what to do; `nowMs` is a clock that never goes back. */
export function stepShutdown(
  state: ShutdownState,
  wish: Wish,
  nowMs: number,
): [state: ShutdownState, action: ShutdownAction] {
  if (state.closingSinceMs === undefined) return [{ closingSinceMs: nowMs }, 'close'];
  const force = wish !== 'disconnect' && nowMs - state.closingSinceMs >= SAME_WISH_MS;
  return [state, force ? 'force' : 'nothing'];
}
