/**
 * What changes of consumer groups without being written: sessions that begin anew after a load, and the mark that
 * topics of a group may have changed, which its next heartbeat looks into.
 */
import { TidelogError } from '@tidelog/record/errors';
import type { DecisionContext } from '../group-decision.ts';
import type { GroupCoordinatorState } from '../group-coordinator-state.ts';
import type { ConsumerGroup } from './consumer-group-state.ts';
import { compilePattern } from '../topic-pattern.ts';

/** After a load: every member has a full session, and all its time to give up partitions, from now. */
export function beginConsumerSessions(state: GroupCoordinatorState, context: DecisionContext): void {
  for (const group of state.groups.values()) {
    if (group.type !== 'consumer') continue;
    group.isMetadataStale = true;
    for (const member of group.members.values()) {
      const { classicMember } = member.value;
      const timeoutMs = classicMember?.sessionTimeoutMs ?? context.config.consumerSessionTimeoutMs;
      member.sessionDeadlineMs = context.monotonicMs + timeoutMs;
      state.beginRevocation(group, member);
    }
  }
}

/** Groups that subscribe to one of the topics, by name or by pattern, look at their topics at their next heartbeat. */
export function markTopicsChanged(state: GroupCoordinatorState, changed: ReadonlySet<string>): void {
  for (const group of state.groups.values()) {
    if (group.type === 'consumer' && !group.isMetadataStale && concerns(group, changed)) {
      group.isMetadataStale = true;
    }
  }
}

function concerns(group: ConsumerGroup, changed: ReadonlySet<string>): boolean {
  for (const { topicNames } of group.subscriptions.values()) {
    if (topicNames.some((topic) => changed.has(topic))) return true;
  }
  for (const [pattern, { topics }] of group.patterns) {
    if (topics.some((topic) => changed.has(topic))) return true;
    if (matchesAny(pattern, changed)) return true;
  }
  return false;
}

/** A pattern that this broker does not take, from a log that another wrote, matches nothing new. */
function matchesAny(pattern: string, names: ReadonlySet<string>): boolean {
  try {
    const { matches } = compilePattern(pattern);
    for (const name of names) if (matches(name)) return true;
    return false;
  } catch (thrown) {
    if (thrown instanceof TidelogError) return false;
    throw thrown;
  }
}
