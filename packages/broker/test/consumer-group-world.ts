/**
 * A coordinator of consumer groups without shell, log and clock, and members as the protocol wants them: for tests.
 *
 * Commands go in, their records are applied at once and kept. `reloaded` is the state that the records alone give.
 * A member owns what it was told to own, and says so when it heartbeats.
 */
import type { TopicId } from '@tidelog/protocol';
import type { TidelogError } from '@tidelog/record/errors';
import type {
  ConsumerGroupHeartbeatRequest,
  ConsumerGroupHeartbeatResponse,
  TopicIdPartitions,
} from '../src/group-requests.ts';
import type { ConsumerGroup } from '../src/groups/consumer-group/consumer-group-state.ts';
import { decide, decideTick, decideTopicsChanged, onLoaded } from '../src/groups/decide.ts';
import { GroupCoordinatorState } from '../src/groups/group-coordinator-state.ts';
import type { Decision, DecisionContext, GroupConfig } from '../src/groups/group-decision.ts';
import type { GroupRecord } from '../src/groups/group-records.ts';
import { TestTopics } from './group-topics.ts';

export const GROUP_ID = 'billing';

type Outcome = { readonly response: ConsumerGroupHeartbeatResponse } | { readonly error: TidelogError };

export class ConsumerGroupWorld {
  readonly topics: TestTopics = new TestTopics();
  readonly records: GroupRecord[] = [];
  state: GroupCoordinatorState = new GroupCoordinatorState();
  config: GroupConfig = {
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
  monotonicMs = 0;
  #requestId = 0;
  #memberIds = 0;

  get context(): DecisionContext {
    return {
      nowMs: 1_700_000_000_000 + this.monotonicMs,
      monotonicMs: this.monotonicMs,
      topics: this.topics,
      config: this.config,
      randomMemberId: () => `member-${String(++this.#memberIds)}`,
    };
  }

  /** There must be one. */
  get group(): ConsumerGroup {
    return this.state.consumerGroup(GROUP_ID)!;
  }

  /** The epoch 1 unless the request says otherwise. */
  heartbeat(request: Partial<ConsumerGroupHeartbeatRequest>): Outcome {
    const decision = decide(
      this.state,
      {
        requestId: ++this.#requestId,
        kind: 'consumerGroupHeartbeat',
        request: { groupId: GROUP_ID, memberId: '', memberEpoch: 1, ...request },
        client: { clientId: 'app', clientHost: '10.0.0.1' },
      },
      this.context,
    );
    this.#carryOut(decision);
    const answer = decision.answers[0]!;
    if ('error' in answer) return answer;
    return { response: answer.response as ConsumerGroupHeartbeatResponse };
  }

  /** The error that a heartbeat is refused with. */
  refusal(request: Partial<ConsumerGroupHeartbeatRequest>): TidelogError {
    const outcome = this.heartbeat(request);
    if (!('error' in outcome)) throw new Error('the heartbeat was not refused');
    return outcome.error;
  }

  /** Lets time pass, and what it brings happen at its moment. */
  pass(durationMs: number): void {
    const endMs = this.monotonicMs + durationMs;
    while (this.state.nextDeadlineMs() <= endMs) {
      this.monotonicMs = Math.max(this.monotonicMs, this.state.nextDeadlineMs());
      this.#carryOut(decideTick(this.state, this.context));
    }
    this.monotonicMs = endMs;
  }

  topicsChanged(...names: readonly string[]): void {
    this.#carryOut(decideTopicsChanged(this.state, new Set(names), this.context));
  }

  /** What a coordinator that reads these records knows. */
  loaded(records: readonly GroupRecord[]): GroupCoordinatorState {
    const state = new GroupCoordinatorState();
    for (const record of records) state.apply(record);
    return state;
  }

  /** The coordinator's broker was killed and another has read the log. */
  restart(): void {
    this.state = this.loaded(this.records);
    onLoaded(this.state, this.context);
  }

  #carryOut({ records }: Decision): void {
    for (const record of records) {
      this.state.apply(record);
      this.records.push(record);
    }
  }
}

/** The last record of each key, at the place of that last one: what a compacted log has. */
export function compacted(records: readonly GroupRecord[]): GroupRecord[] {
  const last = new Map<string, number>();
  records.forEach((record, at) => last.set(keyOf(record), at));
  return records.filter((record, at) => last.get(keyOf(record)) === at);
}

function keyOf(record: GroupRecord): string {
  const member = 'memberId' in record ? record.memberId : '';
  const pattern = record.type === 'regularExpression' ? record.pattern : '';
  const place = record.type === 'offsetCommit' ? [record.topic, record.partition] : [];
  return JSON.stringify([record.type, record.groupId, member, pattern, ...place]);
}

/** What is written of a state, in a form that can be compared. */
export function writtenState(state: GroupCoordinatorState): unknown {
  return [...state.groups.values()].map((group) => {
    if (group.type !== 'consumer') throw new Error(`${group.groupId} is no consumer group`);
    return {
      groupId: group.groupId,
      epochs: [group.groupEpoch, group.assignmentEpoch, group.metadataHash],
      members: new Map(Array.from(group.members, ([id, { value, current }]) => [id, { value, current }])),
      targets: new Map([...group.targetAssignments].filter(([, target]) => target.size > 0)),
      patterns: group.patterns,
      subscriptions: group.subscriptions,
    };
  });
}

/** A consumer that keeps to the protocol. */
export class ScriptedMember {
  readonly world: ConsumerGroupWorld;
  memberId: string;
  memberEpoch = 0;
  owned: Map<TopicId, readonly number[]> = new Map();
  subscription: Pick<ConsumerGroupHeartbeatRequest, 'subscribedTopicNames' | 'subscribedTopicRegex'>;
  readonly settings: Partial<ConsumerGroupHeartbeatRequest>;
  rebalanceTimeoutMs = 60_000;
  /** True when it must send everything: it joins, or does not know whether its last heartbeat arrived. */
  #isUnsure = true;

  constructor(
    world: ConsumerGroupWorld,
    memberId: string,
    subscription: Pick<ConsumerGroupHeartbeatRequest, 'subscribedTopicNames' | 'subscribedTopicRegex'>,
    settings: Partial<ConsumerGroupHeartbeatRequest> = {},
  ) {
    this.world = world;
    this.memberId = memberId;
    this.subscription = subscription;
    this.settings = settings;
  }

  get isJoined(): boolean {
    return this.memberEpoch > 0;
  }

  get ownedPartitions(): TopicIdPartitions[] {
    return Array.from(this.owned, ([topicId, partitions]) => ({ topicId, partitions }));
  }

  get ownedCount(): number {
    return this.ownedPartitions.reduce((sum, { partitions }) => sum + partitions.length, 0);
  }

  request(): Partial<ConsumerGroupHeartbeatRequest> {
    const { memberId, memberEpoch, settings } = this;
    const instance = settings.instanceId === undefined ? {} : { instanceId: settings.instanceId };
    const always = { memberId, memberEpoch, ownedPartitions: this.ownedPartitions, ...instance };
    return this.#isUnsure
      ? { ...settings, ...always, ...this.subscription, rebalanceTimeoutMs: this.rebalanceTimeoutMs }
      : always;
  }

  /** Heartbeats and takes over what it is told; gives up at once what it is to give up. Fenced: it owns nothing. */
  beat(options: { readonly isAnswerLost?: boolean; readonly times?: number } = {}): Outcome {
    const request = this.request();
    let outcome = this.world.heartbeat(request);
    for (let i = 1; i < (options.times ?? 1); i++) outcome = this.world.heartbeat(request);
    if (options.isAnswerLost === true) this.#isUnsure = true;
    else this.#take(outcome);
    return outcome;
  }

  /** Says other things about itself from its next heartbeat on. */
  subscribe(subscription: ScriptedMember['subscription']): void {
    this.subscription = subscription;
    this.#isUnsure = true;
  }

  /** −1: for good; −2: as a static member that comes back. */
  leave(memberEpoch: -1 | -2 = -1): Outcome {
    const outcome = this.world.heartbeat({ ...this.request(), memberEpoch });
    this.stop();
    return outcome;
  }

  /** Owns nothing, and joins with its next heartbeat. */
  stop(): void {
    this.memberEpoch = 0;
    this.owned = new Map();
    this.#isUnsure = true;
  }

  #take(outcome: Outcome): void {
    if ('error' in outcome) {
      this.stop();
      return;
    }
    const { memberId, memberEpoch, assignment } = outcome.response;
    this.#isUnsure = false;
    this.memberId = memberId;
    this.memberEpoch = memberEpoch;
    if (assignment !== undefined) {
      this.owned = new Map(assignment.map(({ topicId, partitions }) => [topicId, partitions]));
    }
  }
}
