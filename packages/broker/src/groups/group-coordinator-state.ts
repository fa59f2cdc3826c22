/**
 * Everything that the coordinator of one partition of `__consumer_offsets` knows: groups of both types and their
 * committed offsets. `apply` of records is the only change of what is written, live and on load.
 *
 * What is not written (sessions, who waits for a rebalance, what time it is) belongs to the groups; a record that is
 * applied begins the time that it implies: a new member's session, a revocation. `observe` tells what time it is.
 *
 * Invariants:
 * - A group id names one group, of one type. A record of the other type replaces an older group: the log says so.
 * - A group in `groups` may be without members; a group that only has committed offsets is not in it.
 * - A group for which time alone can change something is in `deadlines` no later than that moment.
 */
import type { DecisionContext } from './group-decision.ts';
import type { CurrentAssignmentRecord, GroupRecord } from './group-records.ts';
import { ClassicGroup } from './classic-group/classic-group-state.ts';
import { ConsumerGroup } from './consumer-group/consumer-group-state.ts';
import type { ConsumerGroupMember } from './consumer-group/consumer-group-state.ts';
import { DeadlinesState } from './deadlines-state.ts';
import { OffsetsState } from './offsets/offsets-state.ts';

export type Group = ConsumerGroup | ClassicGroup;

/** The state itself. One per partition; created empty and filled by `apply`. */
export class GroupCoordinatorState {
  readonly groups: Map<string, Group> = new Map();
  readonly offsets: OffsetsState = new OffsetsState();
  readonly deadlines: DeadlinesState = new DeadlinesState();
  /** False until the first decision, at which the sessions of all that was loaded begin. */
  isServing = false;
  #monotonicMs = 0;
  #consumerSessionTimeoutMs = Infinity;

  /** By the monotonic clock, when `decideTick` has something to look at; Infinity: never. */
  nextDeadlineMs(): number {
    return Math.min(this.deadlines.nextMs(), this.offsets.expiry.nextMs);
  }

  /** Before every decision: the time at which sessions begin that the decision's records begin. */
  observe({ monotonicMs, config }: Pick<DecisionContext, 'monotonicMs' | 'config'>): void {
    this.isServing = true;
    this.#monotonicMs = monotonicMs;
    this.#consumerSessionTimeoutMs = config.consumerSessionTimeoutMs;
  }

  consumerGroup(groupId: string): ConsumerGroup | undefined {
    const group = this.groups.get(groupId);
    return group?.type === 'consumer' ? group : undefined;
  }

  classicGroup(groupId: string): ClassicGroup | undefined {
    const group = this.groups.get(groupId);
    return group?.type === 'classic' ? group : undefined;
  }

  /** For a group that is gone, or that nothing was ever written of. Its committed offsets are not touched. */
  forgetGroup(groupId: string): void {
    this.groups.delete(groupId);
    this.deadlines.forget(groupId);
  }

  apply(record: GroupRecord): void {
    if (record.type === 'offsetCommit') {
      this.offsets.apply(record);
      return;
    }
    if (record.type === 'classicGroup') {
      if (record.value !== null) this.#classicGroupFor(record.groupId).apply(record.value);
      else if (this.classicGroup(record.groupId) !== undefined) this.forgetGroup(record.groupId);
      return;
    }
    if (record.value === null && this.consumerGroup(record.groupId) === undefined) return;
    const group = this.#consumerGroupFor(record.groupId);
    switch (record.type) {
      case 'consumerGroup':
        if (record.value === null) this.forgetGroup(record.groupId);
        else group.applyEpoch(record.value);
        return;
      case 'consumerGroupMember': {
        const member = group.applyMember(record.memberId, record.value);
        if (member !== undefined) this.#beginSession(group, member);
        return;
      }
      case 'targetAssignment':
        group.assignmentEpoch = record.value?.assignmentEpoch ?? 0;
        return;
      case 'targetAssignmentMember':
        group.applyTarget(record.memberId, record.value);
        return;
      case 'currentAssignment':
        this.#applyCurrent(group, record);
        return;
      case 'regularExpression':
        group.applyPattern(record.pattern, record.value);
        return;
    }
  }

  #applyCurrent(group: ConsumerGroup, record: CurrentAssignmentRecord): void {
    const member = group.applyCurrent(record.memberId, record.value);
    if (member === undefined) return;
    if (member.sessionDeadlineMs === Infinity) this.#beginSession(group, member);
    this.beginRevocation(group, member);
  }

  /** The rebalance time-out of a member that has partitions to give up begins; of another it ends. */
  beginRevocation(group: ConsumerGroup, member: ConsumerGroupMember): void {
    if (member.current.state !== 'unrevokedPartitions') {
      member.revocationDeadlineMs = Infinity;
      return;
    }
    member.revocationDeadlineMs = this.#monotonicMs + member.value.rebalanceTimeoutMs;
    this.deadlines.schedule(group.groupId, member.revocationDeadlineMs);
  }

  #beginSession(group: ConsumerGroup, member: ConsumerGroupMember): void {
    // A classic member brought its own session time-out along (KIP-848, migration).
    const timeoutMs = member.value.classicMember?.sessionTimeoutMs ?? this.#consumerSessionTimeoutMs;
    member.sessionDeadlineMs = this.#monotonicMs + timeoutMs;
    this.deadlines.schedule(group.groupId, member.sessionDeadlineMs);
  }

  #consumerGroupFor(groupId: string): ConsumerGroup {
    const known = this.consumerGroup(groupId);
    if (known !== undefined) return known;
    const group = new ConsumerGroup(groupId);
    this.groups.set(groupId, group);
    return group;
  }

  #classicGroupFor(groupId: string): ClassicGroup {
    const known = this.classicGroup(groupId);
    if (known !== undefined) return known;
    const group = new ClassicGroup(groupId);
    this.groups.set(groupId, group);
    return group;
  }
}
