/** The state machine that a broker runs: groups of both types, with Kafka's semantics. */
import { decide, decideTick, decideTopicsChanged, onLoaded } from './decide.ts';
import { GroupCoordinatorState } from './group-coordinator-state.ts';
import type { GroupStateMachine } from './group-state-machine.ts';

export const KAFKA_GROUPS: GroupStateMachine<GroupCoordinatorState> = {
  createState: () => new GroupCoordinatorState(),
  decide,
  decideTick,
  decideTopicsChanged,
  onLoaded,
};
