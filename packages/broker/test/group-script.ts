/**
 * A coordinator of groups without shell, log and clock: commands go in, every record is applied at once and kept,
 * answers are collected by request. `reload` builds the state anew from the records, compacted as the log would be.
 */
import { expect } from 'vitest';
import type { TopicId } from '@tidelog/protocol';
import type { TidelogError } from '@tidelog/record/errors';
import type { GroupRequests } from '../src/group-requests.ts';
import { decide, decideTick, decideTopicsChanged, onLoaded } from '../src/groups/decide.ts';
import type {
  AnyGroupCommand,
  Answer,
  Decision,
  DecisionContext,
  GroupCommandKind,
  GroupConfig,
  TopicsView,
  TopicView,
} from '../src/groups/group-decision.ts';
import { GroupCoordinatorState } from '../src/groups/group-coordinator-state.ts';
import type { GroupRecord } from '../src/groups/group-records.ts';

export const DEFAULT_CONFIG: GroupConfig = {
  consumerSessionTimeoutMs: 45_000,
  consumerHeartbeatIntervalMs: 5_000,
  consumerMaxSize: 1_000,
  classicMinSessionTimeoutMs: 6_000,
  classicMaxSessionTimeoutMs: 1_800_000,
  classicInitialRebalanceDelayMs: 3_000,
  classicMaxSize: 1_000,
  offsetsRetentionMs: 7 * 24 * 3_600_000,
  offsetMetadataMaxBytes: 4_096,
};

/** Topics that a test makes and deletes. */
export class ScriptTopics implements TopicsView {
  readonly #topics = new Map<string, TopicView>();
  #created = 0;

  create(topic: string, partitionCount = 4): TopicId {
    this.#created++;
    const topicId = `topic-${this.#created}` as TopicId;
    this.#topics.set(topic, { topic, topicId, partitionCount, isInternal: false, racksOf: () => [] });
    return topicId;
  }

  delete(topic: string): void {
    this.#topics.delete(topic);
  }

  named(topic: string): TopicView | undefined {
    return this.#topics.get(topic);
  }

  withId(topicId: TopicId): TopicView | undefined {
    return [...this.#topics.values()].find((view) => view.topicId === topicId);
  }

  names(): Iterable<string> {
    return this.#topics.keys();
  }
}

type Response<K extends GroupCommandKind> = GroupRequests[K]['response'];

export class GroupScript {
  readonly topics: ScriptTopics = new ScriptTopics();
  readonly records: GroupRecord[] = [];
  /** By request id. */
  readonly answers: Map<number, Answer> = new Map();
  readonly config: GroupConfig;
  state: GroupCoordinatorState = new GroupCoordinatorState();
  monotonicMs = 1_000;
  #requests = 0;
  #memberIds = 0;

  constructor(config: Partial<GroupConfig> = {}) {
    this.config = { ...DEFAULT_CONFIG, ...config };
  }

  get context(): DecisionContext {
    return {
      nowMs: 1_700_000_000_000 + this.monotonicMs,
      monotonicMs: this.monotonicMs,
      topics: this.topics,
      config: this.config,
      randomMemberId: () => `random${++this.#memberIds}`,
    };
  }

  /** Returns the request's id. */
  send<K extends GroupCommandKind>(kind: K, request: GroupRequests[K]['request'], clientId = 'app'): number {
    const requestId = ++this.#requests;
    const client = { clientId, clientHost: '10.0.0.1' };
    this.#carryOut(
      decide(this.state, { requestId, kind, request, client } as unknown as AnyGroupCommand, this.context),
    );
    return requestId;
  }

  /** The answer to a request that needs no waiting. */
  ask<K extends GroupCommandKind>(kind: K, request: GroupRequests[K]['request']): Response<K> {
    return this.answerTo(kind, this.send(kind, request));
  }

  /** The error that a request is refused with. */
  refused<K extends GroupCommandKind>(kind: K, request: GroupRequests[K]['request']): TidelogError {
    const answer = this.answers.get(this.send(kind, request));
    if (answer === undefined || !('error' in answer)) throw new Error(`${kind} was not refused`);
    return answer.error;
  }

  answerTo<K extends GroupCommandKind>(_kind: K, requestId: number): Response<K> {
    const answer = this.answers.get(requestId);
    if (answer === undefined) throw new Error(`the request ${requestId} has no answer yet`);
    if ('error' in answer) throw answer.error;
    return answer.response as Response<K>;
  }

  isAnswered(requestId: number): boolean {
    return this.answers.has(requestId);
  }

  /** Moves time, stopping at every deadline on the way. */
  advance(ms: number): void {
    const endMs = this.monotonicMs + ms;
    for (let steps = 0; this.state.nextDeadlineMs() <= endMs; steps++) {
      if (steps > 100_000) throw new Error('time does not get on');
      this.monotonicMs = Math.max(this.monotonicMs, this.state.nextDeadlineMs());
      this.#carryOut(decideTick(this.state, this.context));
    }
    this.monotonicMs = endMs;
  }

  topicsChanged(...topics: string[]): void {
    this.#carryOut(decideTopicsChanged(this.state, new Set(topics), this.context));
  }

  /** A state as a coordinator has it that loads what was written. */
  loaded(): GroupCoordinatorState {
    const state = new GroupCoordinatorState();
    for (const record of compacted(this.records)) state.apply(record);
    return state;
  }

  /** The coordinator dies and another one loads the log. */
  reload(): void {
    this.state = this.loaded();
    onLoaded(this.state, this.context);
  }

  #carryOut(decision: Decision): void {
    for (const record of decision.records) {
      this.state.apply(record);
      this.records.push(record);
    }
    for (const answer of decision.answers) {
      expect(this.answers.has(answer.requestId), `request ${answer.requestId} is answered once`).toBe(false);
      this.answers.set(answer.requestId, answer);
    }
  }
}

/** The last record of each key, in the order of the log, without tombstones. */
export function compacted(records: readonly GroupRecord[]): GroupRecord[] {
  const lastByKey = new Map<string, GroupRecord>();
  for (const record of records) {
    const key = keyOf(record);
    lastByKey.delete(key);
    lastByKey.set(key, record);
  }
  return [...lastByKey.values()].filter((record) => record.value !== null);
}

function keyOf(record: GroupRecord): string {
  switch (record.type) {
    case 'offsetCommit':
      return JSON.stringify([record.type, record.groupId, record.topic, record.partition]);
    case 'regularExpression':
      return JSON.stringify([record.type, record.groupId, record.pattern]);
    case 'consumerGroupMember':
    case 'targetAssignmentMember':
    case 'currentAssignment':
      return JSON.stringify([record.type, record.groupId, record.memberId]);
    default:
      return JSON.stringify([record.type, record.groupId]);
  }
}
