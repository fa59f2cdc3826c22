/**
 * What goes into a decision of the group coordinator, and what comes out.
 *
 *   decide(state, command, context) → { records, answers }        apply(state, record)
 *
 * `decide` changes nothing but what is never written (who heartbeated when, who waits for a rebalance); the shell
 * applies the records at once, appends them in one batch with those of its other commands of the turn, and gives
 * an answer to its client when every record decided so far is committed. An append that fails makes the shell
 * forget everything and load again from the log; who waits is told to look for the coordinator.
 */
import type { TopicId } from '@tidelog/protocol';
import type { TidelogError } from '@tidelog/record/errors';
import type { GroupRequests } from '../group-requests.ts';
import type { GroupRecord } from './group-records.ts';

/** The requests that are about one group; the shell takes apart those that name several. */
export type GroupCommandKind =
  | 'consumerGroupHeartbeat'
  | 'joinGroup'
  | 'syncGroup'
  | 'heartbeat'
  | 'leaveGroup'
  | 'offsetCommit'
  | 'offsetFetch'
  | 'listGroups'
  | 'describeGroups'
  | 'deleteGroups'
  | 'offsetDelete';

export interface GroupCommand<K extends GroupCommandKind = GroupCommandKind> {
  /** Unique within the shell's life: names the answer. */
  readonly requestId: number;
  readonly kind: K;
  readonly request: GroupRequests[K]['request'];
  readonly client: { readonly clientId: string; readonly clientHost: string };
}

export type AnyGroupCommand = { [K in GroupCommandKind]: GroupCommand<K> }[GroupCommandKind];

/** What a client gets; an answer may be to an earlier command, whose client has waited. */
export type Answer =
  | { readonly requestId: number; readonly response: GroupRequests[GroupCommandKind]['response'] }
  | { readonly requestId: number; readonly error: TidelogError };

export interface Decision {
  /** To be applied in this order and appended as one: all of them or none. */
  readonly records: readonly GroupRecord[];
  readonly answers: readonly Answer[];
}

/** A topic as the coordinator sees it. */
export interface TopicView {
  readonly topic: string;
  readonly topicId: TopicId;
  readonly partitionCount: number;
  readonly isInternal: boolean;
  /** Racks that hold a replica of the partition; empty when they have none. */
  racksOf(partition: number): readonly string[];
}

/** The cluster's topics at this moment. */
export interface TopicsView {
  named(topic: string): TopicView | undefined;
  withId(topicId: TopicId): TopicView | undefined;
  names(): Iterable<string>;
}

/** Kafka's broker configs of groups; times in milliseconds. */
export interface GroupConfig {
  /** group.consumer.session.timeout.ms */
  readonly consumerSessionTimeoutMs: number;
  /** group.consumer.heartbeat.interval.ms */
  readonly consumerHeartbeatIntervalMs: number;
  /** group.consumer.max.size */
  readonly consumerMaxSize: number;
  /** group.min.session.timeout.ms */
  readonly classicMinSessionTimeoutMs: number;
  /** group.max.session.timeout.ms */
  readonly classicMaxSessionTimeoutMs: number;
  /** group.initial.rebalance.delay.ms */
  readonly classicInitialRebalanceDelayMs: number;
  /** group.max.size */
  readonly classicMaxSize: number;
  /** offsets.retention.minutes, in milliseconds */
  readonly offsetsRetentionMs: number;
  /** offset.metadata.max.bytes */
  readonly offsetMetadataMaxBytes: number;
}

/** Everything that a decision may use besides the state. */
export interface DecisionContext {
  /** Milliseconds since the epoch, for what is written. */
  readonly nowMs: number;
  /** Never goes back: for sessions and time-outs. */
  readonly monotonicMs: number;
  readonly topics: TopicsView;
  readonly config: GroupConfig;
  /** 16 random bytes in base64url. */
  randomMemberId(): string;
}
