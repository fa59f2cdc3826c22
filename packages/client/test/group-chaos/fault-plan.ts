/**
 * Which faults happen to a group, in which order and when: all by a seed.
 *
 * Each round kills a member, stops one for longer than its session, adds one and starts the killed one again; the
 * order is the seed's. Sometimes the next fault comes before the group has settled.
 */

export interface SeededRandom {
  /** An integer, at least 0, below `bound`. */
  below(bound: number): number;
}

export type FaultKind = 'kill' | 'stop' | 'add' | 'restart' | 'close' | 'restartBroker';

export interface Fault {
  readonly kind: FaultKind;
  /** Chooses the member among those that run: its place in their list, modulo its length. */
  readonly pick: number;
  /** Whether the group shall settle before the next fault. */
  readonly isSettledAfter: boolean;
  /** The wait after that. */
  readonly pauseMs: number;
  /** For `stop`: how long beyond the session time-out. */
  readonly beyondSessionMs: number;
}

export interface FaultPlanOptions {
  readonly rounds: number;
  /** Whether rounds after the first also close a member in good order and restart the broker with a kill. */
  readonly isHarsh: boolean;
}

/** The faults of a run. */
export function faultPlan(random: SeededRandom, { rounds, isHarsh }: FaultPlanOptions): Fault[] {
  const faults: Fault[] = [];
  for (let round = 0; round < rounds; round++) {
    const kinds: FaultKind[] = ['kill', 'stop', 'add'];
    if (isHarsh && round > 0) kinds.push('close', 'restartBroker');
    shuffle(kinds, random);
    const killedAt = kinds.indexOf('kill');
    kinds.splice(killedAt + 1 + random.below(kinds.length - killedAt), 0, 'restart');
    for (const kind of kinds) {
      faults.push({
        kind,
        pick: random.below(1000),
        isSettledAfter: random.below(4) > 0,
        pauseMs: random.below(1500),
        beyondSessionMs: 300 + random.below(1000),
      });
    }
  }
  return faults;
}

function shuffle(list: FaultKind[], random: SeededRandom): void {
  for (let last = list.length - 1; last > 0; last--) {
    const other = random.below(last + 1);
    [list[last], list[other]] = [list[other] as FaultKind, list[last] as FaultKind];
  }
}
