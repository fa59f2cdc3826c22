import { expect, test } from 'vitest';
import { RUNNING, stepShutdown, type ShutdownAction, type Wish } from './shutdown-policy.ts';

function actionsOf(wishes: readonly [wish: Wish, nowMs: number][]): ShutdownAction[] {
  let state = RUNNING;
  return wishes.map(([wish, nowMs]) => {
    const [next, action] = stepShutdown(state, wish, nowMs);
    state = next;
    return action;
  });
}

test('the first wish of any kind closes', () => {
  for (const wish of ['signal', 'message', 'disconnect'] as const) {
    expect(actionsOf([[wish, 5]])).toEqual(['close']);
  }
});

test('a Ctrl-C that arrives as signal, message and broken channel at once closes once', () => {
  const wishes: [Wish, number][] = [
    ['message', 0],
    ['signal', 3],
    ['signal', 999],
    ['disconnect', 999],
  ];
  expect(actionsOf(wishes)).toEqual(['close', 'nothing', 'nothing', 'nothing']);
});

test('a further signal or message after a second forces the exit', () => {
  expect(
    actionsOf([
      ['signal', 0],
      ['signal', 1_000],
    ]),
  ).toEqual(['close', 'force']);
  expect(
    actionsOf([
      ['message', 0],
      ['message', 2_000],
    ]),
  ).toEqual(['close', 'force']);
});

test('a broken channel never forces the exit', () => {
  expect(
    actionsOf([
      ['signal', 0],
      ['disconnect', 60_000],
    ]),
  ).toEqual(['close', 'nothing']);
});
