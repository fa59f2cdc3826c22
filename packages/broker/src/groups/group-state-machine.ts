/**
 * What the shell around the groups needs of their state machine: the border between `group-shard.ts`, which knows
 * log and clock, and `decide.ts`, which knows groups.
 */
import type { AnyGroupCommand, Decision, DecisionContext } from './group-decision.ts';
import type { GroupRecord } from './group-records.ts';

/** A state as its shard sees it. */
export interface ShardState {
  /** The only change of what is written. */
  apply(record: GroupRecord): void;
  /** When `decideTick` has something to do, on the monotonic clock; Infinity: never. Cheap: asked after each command. */
  nextDeadlineMs(): number;
}

/** Decisions change nothing of a state that is written. */
export interface GroupStateMachine<State extends ShardState = ShardState> {
  createState(): State;
  decide(state: State, command: AnyGroupCommand, context: DecisionContext): Decision;
  /** The log has been read: sessions begin. Changes nothing that is written. */
  onLoaded(state: State, context: DecisionContext): void;
  /** Everything whose time has come. */
  decideTick(state: State, context: DecisionContext): Decision;
  /** Topics were created or deleted, or have more partitions. */
  decideTopicsChanged(state: State, topics: ReadonlySet<string>, context: DecisionContext): Decision;
}
