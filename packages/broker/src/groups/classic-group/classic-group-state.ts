/**
 * One classic group: members join, all wait for each other, one of them (the leader) assigns, all sync.
 *
 *   Empty ──join──► PreparingRebalance ──all joined──► CompletingRebalance ──leader synced──► Stable
 *     ▲                 ▲      │                               │                                │
 *     └── no member ────┼──────┘◄──────────── a member joined, left, expired, changed ─────────┘
 *
 * Written is what the leader's sync decided: generation, protocol, leader, members with their assignments; and that
 * the group became empty. `apply` makes the group exactly that. A record of members without a leader is that of a
 * group that was to rebalance when it was written (migration/downgrade-consumer-group.ts). Everything between two such records (who joined,
 * who waits, the generation that is being completed) is not written: a coordinator that loads the group has the last
 * written generation, whose members are told to join again if there was a later one.
 *
 * Invariants:
 * - A member waits for at most one join and one sync; waiting joins exist only in PreparingRebalance, waiting syncs
 *   only in CompletingRebalance.
 * - The leader is a member; a group without members has none. An instance id belongs to one member.
 * - A pending member (it was given an id and has not joined with it yet) is no member, and waits for nothing.
 * - `generationId` never falls while the group is known.
 */
import type { JoinGroupProtocol } from '../../group-requests.ts';
import type { ClassicGroupValue, ClassicMemberValue } from '../group-records.ts';

/** The states of a group between its first join and its deletion. */
export type ClassicGroupPhase = 'Empty' | 'PreparingRebalance' | 'CompletingRebalance' | 'Stable';

/** The protocol type whose subscriptions the coordinator can read. */
export const CONSUMER_PROTOCOL_TYPE = 'consumer';

const NO_BYTES = Buffer.alloc(0);

export interface ClassicMember {
  readonly memberId: string;
  readonly groupInstanceId: string | undefined;
  clientId: string;
  clientHost: string;
  rebalanceTimeoutMs: number;
  sessionTimeoutMs: number;
  /** In the order of preference; at least one. After a load only the one that the group uses. */
  protocols: readonly JoinGroupProtocol[];
  /** Of the last generation that was assigned. */
  assignment: Buffer;
  /** The join that waits for the others. */
  waitingJoinId: number | undefined;
  /** The sync that waits for the leader. */
  waitingSyncId: number | undefined;
  /** True until the first join was answered: it cannot heartbeat yet, so its session may end while it waits. */
  isNew: boolean;
  /** When its session ends, by the monotonic clock; undefined after a load, until sessions begin. */
  sessionDeadlineMs: number | undefined;
}

/** What a member tells about itself in every join. */
export type ClassicMemberDescription = Pick<
  ClassicMember,
  'protocols' | 'rebalanceTimeoutMs' | 'sessionTimeoutMs' | 'clientId' | 'clientHost'
>;

/** When a join phase ends although not everybody came. */
export interface JoinDeadline {
  /** By the monotonic clock. */
  readonly atMs: number;
  /**
   * Of the first rebalance of an empty group: how much longer it may be delayed after `atMs` if more members come.
   * Absent in other rebalances, which end as soon as all are there.
   */
  readonly remainingDelayMs?: number | undefined;
}

export class ClassicGroup {
  readonly type = 'classic';
  readonly groupId: string;
  phase: ClassicGroupPhase = 'Empty';
  generationId = 0;
  /** What the members speak; it outlives the last of them, and the first of the next ones decides it anew. */
  protocolType: string | undefined;
  /** Undefined until a generation chose one. */
  protocolName: string | undefined;
  leaderId: string | undefined;
  /** When the last written state began, in milliseconds since the epoch; undefined: nothing was written. */
  currentStateTimestampMs: number | undefined;
  /** In the order of their joining: the first is the leader's successor. */
  readonly members: Map<string, ClassicMember> = new Map();
  /** Ids that were given out and not joined with, and when they are forgotten, by the monotonic clock. */
  readonly pendingMembers: Map<string, number> = new Map();
  joinDeadline: JoinDeadline | undefined;
  /** True when somebody joined in the running stretch of the initial delay. */
  joinedDuringDelay = false;
  /** Members of the generation that have not synced yet, and when they are removed for it. */
  readonly pendingSyncs: Set<string> = new Set();
  syncDeadlineMs: number | undefined;
  /** Bytes that members take, assignments aside: at least as many as in the group's record. */
  metadataBytes = 0;
  readonly #idsByInstance = new Map<string, string>();
  /** How many members support a protocol. */
  readonly #supporters = new Map<string, number>();
  #waitingJoinCount = 0;

  constructor(groupId: string) {
    this.groupId = groupId;
  }

  /** True when the log has a record of it that a deletion must take back. */
  get isWritten(): boolean {
    return this.currentStateTimestampMs !== undefined;
  }

  /** Members whose join waits. */
  get waitingJoinCount(): number {
    return this.#waitingJoinCount;
  }

  /** Nothing keeps the barrier from opening: every member joined, and nobody has an id that it has not used yet. */
  get hasAllMembersJoined(): boolean {
    return this.#waitingJoinCount === this.members.size && this.pendingMembers.size === 0;
  }

  /** Nobody is in it and nobody is about to be: it may vanish when nothing was written and nothing is committed. */
  get isIdle(): boolean {
    return this.members.size === 0 && this.pendingMembers.size === 0;
  }

  get leader(): ClassicMember | undefined {
    return this.leaderId === undefined ? undefined : this.members.get(this.leaderId);
  }

  /** The member that has this instance id. */
  staticMemberId(groupInstanceId: string): string | undefined {
    return this.#idsByInstance.get(groupInstanceId);
  }

  /**
   * Takes over what was written; of members that were known before, what is not written stays. So does a member that
   * has come since to the rebalance that leaves the written generation.
   */
  apply(value: ClassicGroupValue): void {
    // Its own generation was written after the group had begun to leave it.
    const isLeaving = this.phase === 'PreparingRebalance' && value.generationId === this.generationId;
    const before = new Map(this.members);
    this.#clearMembers();
    this.generationId = value.generationId;
    this.protocolType = value.protocolType === '' ? undefined : value.protocolType;
    this.protocolName = value.protocolName;
    this.currentStateTimestampMs = value.currentStateTimestampMs;
    for (const written of value.members) {
      const member = before.get(written.memberId) ?? memberOf(written, value.protocolName ?? '');
      member.assignment = written.assignment;
      this.add(member);
    }
    // Who came to the rebalance that has begun is not of the generation that is being left.
    const newcomers = isLeaving
      ? [...before.values()].filter((member) => !this.members.has(member.memberId))
      : [];
    for (const member of newcomers) this.add(member);
    const isLeaderKnown = value.leader !== undefined && this.members.has(value.leader);
    this.leaderId = isLeaderKnown ? value.leader : this.#firstMemberId();
    if (!isLeaving) {
      const isAssigned = value.leader !== undefined;
      this.phase = this.members.size === 0 ? 'Empty' : isAssigned ? 'Stable' : 'PreparingRebalance';
      this.joinDeadline = undefined;
    }
    for (const memberId of this.pendingSyncs)
      if (!this.members.has(memberId)) this.pendingSyncs.delete(memberId);
    if (this.pendingSyncs.size === 0) this.syncDeadlineMs = undefined;
  }

  /** What the log gets: the group as it is now, with these assignments. */
  toValue(options: {
    readonly assignments: ReadonlyMap<string, Buffer>;
    readonly nowMs: number;
  }): ClassicGroupValue {
    return {
      protocolType: this.protocolType ?? '',
      generationId: this.generationId,
      protocolName: this.protocolName,
      leader: this.leaderId,
      currentStateTimestampMs: options.nowMs,
      members: [...this.members.values()].map((member) => ({
        memberId: member.memberId,
        groupInstanceId: member.groupInstanceId,
        clientId: member.clientId,
        clientHost: member.clientHost,
        rebalanceTimeoutMs: member.rebalanceTimeoutMs,
        sessionTimeoutMs: member.sessionTimeoutMs,
        subscription: this.metadataOf(member),
        assignment: options.assignments.get(member.memberId) ?? NO_BYTES,
      })),
    };
  }

  /** The assignments of the present generation, by member id. */
  assignments(): Map<string, Buffer> {
    return new Map([...this.members.values()].map((member) => [member.memberId, member.assignment]));
  }

  /** Adds a member; the first becomes the leader. */
  add(member: ClassicMember): void {
    this.members.set(member.memberId, member);
    if (member.groupInstanceId !== undefined)
      this.#idsByInstance.set(member.groupInstanceId, member.memberId);
    this.#count(member, 1);
    this.leaderId ??= member.memberId;
    this.pendingMembers.delete(member.memberId);
  }

  /** Removes a member or a pending one. The caller has answered what it waited for. */
  remove(memberId: string): void {
    this.pendingMembers.delete(memberId);
    this.pendingSyncs.delete(memberId);
    const member = this.members.get(memberId);
    if (member === undefined) return;
    this.members.delete(memberId);
    if (member.groupInstanceId !== undefined) this.#idsByInstance.delete(member.groupInstanceId);
    this.#count(member, -1);
    if (this.leaderId === memberId) this.leaderId = this.#firstMemberId();
  }

  /** Puts another member with the same instance id into the place of one, also into that of the leader. */
  replace(oldMemberId: string, member: ClassicMember): void {
    const wasLeader = this.leaderId === oldMemberId;
    this.remove(oldMemberId);
    this.add(member);
    if (wasLeader) this.leaderId = member.memberId;
  }

  /** What a member says about itself when it joins again. */
  update(member: ClassicMember, description: ClassicMemberDescription): void {
    this.#count(member, -1);
    Object.assign(member, description);
    this.#count(member, 1);
  }

  setWaitingJoin(member: ClassicMember, requestId: number | undefined): void {
    if (member.waitingJoinId !== undefined) this.#waitingJoinCount--;
    member.waitingJoinId = requestId;
    if (requestId !== undefined) this.#waitingJoinCount++;
  }

  /** True when a joiner with these protocols has one in common with all members. */
  supportsProtocols(protocolType: string, protocols: readonly JoinGroupProtocol[]): boolean {
    if (protocolType === '' || protocols.length === 0) return false;
    if (this.phase === 'Empty' || this.members.size === 0) return true;
    return protocolType === this.protocolType && protocols.some((protocol) => this.#isCommon(protocol.name));
  }

  /**
   * The protocol that most members prefer among those that all support; of two with as many votes the one that an
   * earlier member voted for. Undefined without members.
   */
  selectProtocol(): string | undefined {
    const votes = new Map<string, number>();
    for (const member of this.members.values()) {
      const choice = member.protocols.find((protocol) => this.#isCommon(protocol.name));
      if (choice !== undefined) votes.set(choice.name, (votes.get(choice.name) ?? 0) + 1);
    }
    let selected: string | undefined;
    for (const [name, count] of votes) if (count > (votes.get(selected ?? '') ?? 0)) selected = name;
    return selected;
  }

  /** Begins the next generation when the join phase is over. */
  beginGeneration(): void {
    this.generationId++;
    this.protocolName = this.selectProtocol();
    this.joinDeadline = undefined;
    this.joinedDuringDelay = false;
    this.phase = 'CompletingRebalance';
  }

  /** The metadata of a member for the group's protocol. */
  metadataOf(member: ClassicMember): Buffer {
    return member.protocols.find((protocol) => protocol.name === this.protocolName)?.metadata ?? NO_BYTES;
  }

  /** The longest of the members' rebalance time-outs. */
  rebalanceTimeoutMs(): number {
    let longestMs = 0;
    for (const member of this.members.values()) longestMs = Math.max(longestMs, member.rebalanceTimeoutMs);
    return longestMs;
  }

  /** The earliest moment at which time alone changes something, by the monotonic clock. */
  nextDeadlineMs(): number {
    let atMs = Math.min(this.joinDeadline?.atMs ?? Infinity, this.syncDeadlineMs ?? Infinity);
    for (const pendingMs of this.pendingMembers.values()) atMs = Math.min(atMs, pendingMs);
    for (const member of this.members.values()) atMs = Math.min(atMs, member.sessionDeadlineMs ?? Infinity);
    return atMs;
  }

  /** After a load: every member whose session has not begun gets a full one, and all the time to join again. */
  beginSessions(monotonicMs: number): void {
    if (this.phase === 'PreparingRebalance') {
      this.joinDeadline ??= { atMs: monotonicMs + this.rebalanceTimeoutMs() };
    }
    for (const member of this.members.values()) {
      member.sessionDeadlineMs ??= monotonicMs + member.sessionTimeoutMs;
    }
  }

  #isCommon(protocolName: string): boolean {
    return this.#supporters.get(protocolName) === this.members.size;
  }

  #firstMemberId(): string | undefined {
    return this.members.keys().next().value;
  }

  #count(member: ClassicMember, by: 1 | -1): void {
    for (const { name } of member.protocols) {
      const count = (this.#supporters.get(name) ?? 0) + by;
      if (count === 0) this.#supporters.delete(name);
      else this.#supporters.set(name, count);
    }
    this.metadataBytes += by * memberBytes(member);
    if (member.waitingJoinId !== undefined) this.#waitingJoinCount += by;
  }

  #clearMembers(): void {
    this.members.clear();
    this.#idsByInstance.clear();
    this.#supporters.clear();
    this.#waitingJoinCount = 0;
    this.metadataBytes = 0;
    this.leaderId = undefined;
  }
}

/** What is kept of a member, assignment aside; the group's record has no more of it. */
export function memberBytes(
  member: Pick<ClassicMember, 'memberId' | 'groupInstanceId' | 'clientId' | 'clientHost' | 'protocols'>,
): number {
  const fixedBytes = 32;
  const names = [member.memberId, member.groupInstanceId ?? '', member.clientId, member.clientHost];
  const nameBytes = names.reduce((sum, name) => sum + Buffer.byteLength(name), 0);
  return member.protocols.reduce(
    (sum, { name, metadata }) => sum + Buffer.byteLength(name) + metadata.length,
    fixedBytes + nameBytes,
  );
}

function memberOf(written: ClassicMemberValue, protocolName: string): ClassicMember {
  return {
    memberId: written.memberId,
    groupInstanceId: written.groupInstanceId,
    clientId: written.clientId,
    clientHost: written.clientHost,
    rebalanceTimeoutMs: written.rebalanceTimeoutMs,
    sessionTimeoutMs: written.sessionTimeoutMs,
    protocols: [{ name: protocolName, metadata: written.subscription }],
    assignment: written.assignment,
    waitingJoinId: undefined,
    waitingSyncId: undefined,
    isNew: false,
    sessionDeadlineMs: undefined,
  };
}
