/**
 * A member without its shell: the client's own membership machine, and a model of what lies around it: reading from
 * the committed offset on, working, committing, giving partitions up after a last commit.
 *
 * A member may be stopped, as by SIGSTOP: whatever should happen to it waits, and happens in any order when it goes
 * on; its clock goes on meanwhile.
 */
import type { GroupCommandKind } from '../../../broker/src/groups/group-decision.ts';
import type { GroupRequests, TopicIdPartitions } from '../../../broker/src/group-requests.ts';
import { commitVerdict } from '../../src/consumer/group/group-error-policy.ts';
import {
  newMembershipState,
  nextTickAtMs,
  step,
  type MembershipEffect,
  type MembershipEvent,
  type MembershipState,
} from '../../src/consumer/group/group-membership-state.ts';
import {
  parsePartitionKey,
  partitionKey,
  type PartitionKey,
} from '../../src/consumer/group/partition-key.ts';
import type { SeededRandom } from '../group-chaos/fault-plan.ts';
import type { PartitionName } from '../group-chaos/group-history.ts';
import type { UntimedEvent } from '../group-chaos/history-file.ts';
import type { LossyConnection } from './lossy-connection.ts';
import type { PlantedBug } from './planted-bug.ts';
import type { Reply } from './simulated-coordinator.ts';
import type { VirtualSchedule } from './virtual-schedule.ts';

/** What the member reads from. */
export interface SimulatedTopic {
  readonly name: string;
  readonly id: string;
  /** The end of each partition's log. */
  readonly ends: readonly number[];
}

export interface SimulatedMemberOptions {
  readonly name: string;
  readonly groupId: string;
  readonly schedule: VirtualSchedule;
  readonly random: SeededRandom;
  readonly connection: LossyConnection;
  readonly topic: SimulatedTopic;
  readonly rebalanceTimeoutMs: number;
  readonly write: (event: UntimedEvent) => void;
  readonly bug?: PlantedBug | undefined;
}

interface Reader {
  readonly key: PartitionKey;
  readonly tenure: number;
  /** −1: the committed offset is being asked for. */
  nextOffset: number;
  committedOffset: number;
  isBeingRevoked: boolean;
}

const RETRY_MS = 100;
const COMMIT_INTERVAL_MS = 300;
const READ_INTERVAL_MS = 40;
const READ_RECORDS = 20;

/** An event of the membership machine without its time. */
type TimelessEvent = MembershipEvent extends infer E ? (E extends unknown ? Omit<E, 'nowMs'> : never) : never;

export class SimulatedMember {
  readonly name: string;
  readonly #options: SimulatedMemberOptions;
  readonly #state: MembershipState = newMembershipState();
  readonly #readers = new Map<PartitionKey, Reader>();
  #isRunning = true;
  #isClosing = false;
  #backlog: (() => void)[] | undefined;
  #commitId = 0;
  #isCommitting = false;
  #plannedTickMs = Infinity;

  constructor(options: SimulatedMemberOptions) {
    this.name = options.name;
    this.#options = options;
    options.write({ type: 'started', member: this.name });
    this.#dispatch({ kind: 'start' });
    this.#every(COMMIT_INTERVAL_MS, () => this.#commit());
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** It gives everything up, or is gone. */
  get isLeaving(): boolean {
    return this.#isClosing || !this.#isRunning;
  }

  get isStopped(): boolean {
    return this.#backlog !== undefined;
  }

  get failure(): string | undefined {
    return this.#state.phase === 'failed' ? `${this.name} failed` : undefined;
  }

  /** What it reads and does not give up. */
  get partitions(): readonly PartitionKey[] {
    return [...this.#readers.values()].filter(({ isBeingRevoked }) => !isBeingRevoked).map(({ key }) => key);
  }

  kill(): void {
    this.#isRunning = false;
    this.#options.write({ type: 'killed', member: this.name });
  }

  stop(): void {
    this.#options.write({ type: 'stopped', member: this.name });
    this.#backlog = [];
  }

  continue(): void {
    const waiting = this.#backlog ?? [];
    this.#backlog = undefined;
    this.#options.write({ type: 'continued', member: this.name });
    if (this.#options.bug === 'unfenced commits') this.#commit();
    while (waiting.length > 0) {
      const [happen] = waiting.splice(this.#options.random.below(waiting.length), 1);
      if (this.#isRunning) happen?.();
    }
  }

  /** Gives everything up, then leaves. */
  close(): void {
    this.#isClosing = true;
    this.#dispatch({ kind: 'close' });
  }

  #after(delayMs: number, happen: () => void): void {
    this.#options.schedule.after(delayMs, () => this.#whenRunning(happen));
  }

  #whenRunning(happen: () => void): void {
    if (!this.#isRunning) return;
    if (this.#backlog === undefined) happen();
    else this.#backlog.push(happen);
  }

  #every(intervalMs: number, happen: () => void): void {
    this.#after(intervalMs - 5 + this.#options.random.below(10), () => {
      happen();
      this.#every(intervalMs, happen);
    });
  }

  #request<K extends GroupCommandKind>(kind: K, request: GroupRequests[K]['request'], reply: Reply<K>): void {
    this.#options.connection.request(kind, request, (outcome) => this.#whenRunning(() => reply(outcome)));
  }

  #dispatch(event: TimelessEvent): void {
    const nowMs = this.#options.schedule.nowMs;
    const policy = { isStatic: false, unreleasedTimeoutMs: 60_000 };
    const effects = step(this.#state, { ...event, nowMs } as MembershipEvent, policy);
    for (const effect of effects) this.#carryOut(effect);
    this.#planTick();
  }

  #planTick(): void {
    const atMs = nextTickAtMs(this.#state);
    if (atMs === Infinity || atMs >= this.#plannedTickMs) return;
    this.#plannedTickMs = atMs;
    this.#after(atMs - this.#options.schedule.nowMs, () => {
      if (this.#plannedTickMs === atMs) this.#plannedTickMs = Infinity;
      this.#dispatch({ kind: 'tick' });
    });
  }

  #carryOut(effect: MembershipEffect): void {
    switch (effect.kind) {
      case 'heartbeat':
        this.#heartbeat(effect);
        return;
      case 'assign':
        this.#write({ type: 'assigned', partitions: effect.partitions });
        for (const key of effect.partitions) this.#read(key, effect.tenure);
        return;
      case 'revoke':
        for (const key of effect.partitions) {
          const reader = this.#readers.get(key);
          if (reader !== undefined) reader.isBeingRevoked = true;
        }
        if (this.#options.bug === 'acknowledges early') {
          const { tenure, partitions } = effect;
          for (const key of partitions) this.#keepReading(key);
          this.#after(0, () => this.#dispatch({ kind: 'revoked', tenure, partitions }));
          return;
        }
        // A handler may be at work still.
        this.#after(this.#options.random.below(200), () => this.#giveUp(effect.partitions, effect.tenure));
        return;
      case 'lose':
        for (const key of effect.partitions) this.#readers.delete(key);
        this.#write({ type: 'lost', partitions: effect.partitions });
        return;
      case 'left':
        this.#isRunning = false;
        this.#options.write({ type: 'closed', member: this.name });
        return;
    }
  }

  #write(event: { type: 'assigned' | 'revoked' | 'lost'; partitions: readonly PartitionKey[] }): void {
    const partitions = event.partitions.map((key) => this.#nameOf(key));
    this.#options.write({ type: event.type, member: this.name, partitions });
  }

  #heartbeat({ requestId, memberEpoch, isFull, owned }: MembershipEffect & { kind: 'heartbeat' }): void {
    const { groupId, topic, rebalanceTimeoutMs } = this.#options;
    const request: GroupRequests['consumerGroupHeartbeat']['request'] = {
      groupId,
      memberId: this.name,
      memberEpoch,
      ...(owned === undefined ? {} : { ownedPartitions: listOf(owned) }),
      ...(isFull ? { rebalanceTimeoutMs, subscribedTopicNames: [topic.name], subscribedTopicRegex: '' } : {}),
    };
    this.#request('consumerGroupHeartbeat', request, ({ error, ...outcome }) => {
      if (error !== undefined) {
        const retryInMs = RETRY_MS + this.#options.random.below(RETRY_MS);
        this.#dispatch({ kind: 'refused', requestId, error, retryInMs });
        return;
      }
      const { response } = outcome as { response: GroupRequests['consumerGroupHeartbeat']['response'] };
      const { memberEpoch: epoch, heartbeatIntervalMs, sessionTimeoutMs, assignment } = response;
      this.#dispatch({
        kind: 'answered',
        requestId,
        memberEpoch: epoch,
        heartbeatIntervalMs,
        sessionTimeoutMs: sessionTimeoutMs ?? 0,
        assignment: assignment === undefined ? undefined : keysOf(assignment),
      });
    });
  }

  #keepReading(key: PartitionKey): void {
    const reader = this.#readers.get(key);
    if (reader === undefined) return;
    reader.isBeingRevoked = false;
    this.#after(READ_INTERVAL_MS * 50, () => {
      if (this.#readers.get(key) !== reader) return;
      this.#readers.delete(key);
      this.#write({ type: 'revoked', partitions: [key] });
    });
  }

  /** As the client does before every delivery and commit: a session that is over by the clock is over. */
  #isCurrent(tenure: number): boolean {
    if (this.#options.bug === 'unfenced commits') return tenure === this.#state.tenure;
    if (this.#options.schedule.nowMs >= this.#state.sessionEndsAtMs) this.#dispatch({ kind: 'tick' });
    return tenure === this.#state.tenure;
  }

  #read(key: PartitionKey, tenure: number): void {
    const reader: Reader = { key, tenure, nextOffset: -1, committedOffset: -1, isBeingRevoked: false };
    this.#readers.set(key, reader);
    this.#askCommitted(reader);
  }

  #isReading(reader: Reader): boolean {
    return (
      this.#isCurrent(reader.tenure) && this.#readers.get(reader.key) === reader && !reader.isBeingRevoked
    );
  }

  #askCommitted(reader: Reader): void {
    if (!this.#isReading(reader)) return;
    const { groupId, topic } = this.#options;
    const { partition } = parsePartitionKey(reader.key);
    const { memberEpoch } = this.#state;
    const partitions = [{ topicId: topic.id, topic: topic.name, partition }];
    const group = { groupId, memberId: this.name, memberEpoch, partitions };
    this.#request('offsetFetch', { groups: [group], requireStable: true }, (outcome) => {
      const result = outcome.error === undefined ? outcome.response.groups[0] : undefined;
      const row = result?.error === undefined ? result?.partitions[0] : undefined;
      if (row === undefined || row.error !== undefined) {
        if (result?.error !== undefined || outcome.error?.retriable === false)
          this.#dispatch({ kind: 'heartbeat-wanted' });
        this.#after(RETRY_MS, () => this.#askCommitted(reader));
        return;
      }
      if (!this.#isReading(reader) || reader.nextOffset >= 0) return;
      reader.committedOffset = row.committedOffset;
      reader.nextOffset = Math.max(0, row.committedOffset);
      if (this.#options.bug === 'skips on assignment' && row.committedOffset > 0) reader.nextOffset += 1;
      this.#deliver(reader);
    });
  }

  #deliver(reader: Reader): void {
    const { topic } = this.#options;
    const name = this.#nameOf(reader.key);
    const end = topic.ends[name.partition] ?? 0;
    for (let count = 0; count < READ_RECORDS && reader.nextOffset < end; count++) {
      if (!this.#isReading(reader)) return;
      const offset = reader.nextOffset;
      const value = `${name.partition}:${offset}`;
      this.#options.write({ type: 'delivered', member: this.name, ...name, offset, value });
      reader.nextOffset += 1;
    }
    if (!this.#isReading(reader)) return;
    this.#after(READ_INTERVAL_MS + this.#options.random.below(READ_INTERVAL_MS), () => this.#deliver(reader));
  }

  /** The last commit of partitions that are taken away, as often as it takes. */
  #giveUp(keys: readonly PartitionKey[], tenure: number): void {
    if (!this.#isCurrent(tenure)) return;
    const isCommitted = keys.every((key) => {
      const reader = this.#readers.get(key);
      return reader === undefined || reader.nextOffset <= Math.max(0, reader.committedOffset);
    });
    if (!isCommitted || this.#isCommitting) {
      this.#commit();
      this.#after(RETRY_MS, () => this.#giveUp(keys, tenure));
      return;
    }
    for (const key of keys) this.#readers.delete(key);
    this.#write({ type: 'revoked', partitions: keys });
    this.#dispatch({ kind: 'revoked', tenure, partitions: keys });
  }

  #commit(): void {
    if (this.#isCommitting) return;
    const { groupId, topic } = this.#options;
    const targets = [...this.#readers.values()]
      .filter(
        (reader) => this.#isCurrent(reader.tenure) && reader.nextOffset > Math.max(0, reader.committedOffset),
      )
      .map((reader) => ({ reader, offset: reader.nextOffset }));
    if (targets.length === 0) return;
    this.#isCommitting = true;
    const commitId = this.#commitId++;
    const { memberEpoch } = this.#state;
    const member = this.name;
    const offsets = targets.map(({ reader, offset }) => ({ ...this.#nameOf(reader.key), offset }));
    this.#options.write({ type: 'commitAttempted', member, commitId, memberEpoch, offsets });
    const request: GroupRequests['offsetCommit']['request'] = {
      groupId,
      memberId: member,
      memberEpoch,
      refuseBeyondLogEnd: true,
      partitions: offsets.map(({ partition, offset }) => ({
        topicId: topic.id,
        topic: topic.name,
        partition,
        committedOffset: offset,
        committedLeaderEpoch: -1,
        metadata: '',
      })),
    };
    let isAnswered = false;
    this.#request('offsetCommit', request, (outcome) => {
      if (isAnswered) return;
      isAnswered = true;
      this.#isCommitting = false;
      const error =
        outcome.error ?? outcome.response.partitions.find((row) => row.error !== undefined)?.error;
      if (error === undefined) {
        for (const { reader, offset } of targets) reader.committedOffset = offset;
        this.#options.write({ type: 'commitAcknowledged', member, commitId, memberEpoch });
        return;
      }
      this.#options.write({ type: 'commitFailed', member, commitId, code: error.code });
      if (commitVerdict(error) !== 'retry') this.#dispatch({ kind: 'heartbeat-wanted' });
    });
  }

  #nameOf(key: PartitionKey): PartitionName {
    return { topic: this.#options.topic.name, partition: parsePartitionKey(key).partition };
  }
}

function listOf(keys: readonly PartitionKey[]): TopicIdPartitions[] {
  const byTopic = Map.groupBy(keys.map(parsePartitionKey), ({ topicId }) => topicId);
  return [...byTopic].map(([topicId, rows]) => ({
    topicId,
    partitions: rows.map(({ partition }) => partition),
  }));
}

function keysOf(list: readonly TopicIdPartitions[]): PartitionKey[] {
  return list.flatMap(({ topicId, partitions }) => partitions.map((number) => partitionKey(topicId, number)));
}
