/**
 * Random histories of classic groups: whatever members, time and crashes do, each join and sync is answered once, a
 * generation has one leader and one protocol, and a loaded group is what its records say.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assign, join, subscription, sync } from '../../../test/classic-members.ts';
import { GroupScript } from '../../../test/group-script.ts';
import type { JoinGroupRequest, JoinGroupResponse } from '../../group-requests.ts';
import type { GroupCoordinatorState } from '../group-coordinator-state.ts';
import type { ClassicGroup } from './classic-group-state.ts';

type Step =
  | { readonly do: 'join'; readonly actor: number; readonly protocols: readonly string[] }
  | { readonly do: 'sync' | 'heartbeat' | 'leave' | 'restart' | 'commit'; readonly actor: number }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'reload' }
  /** Everybody named does what a good client does next. */
  | { readonly do: 'behave'; readonly actors: readonly number[] };

const ACTORS = 5;
const actor = fc.nat(ACTORS - 1);
const protocols = fc.constantFrom(['range'], ['range', 'sticky'], ['sticky', 'range'], ['range', 'odd']);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('join' as const), actor, protocols }) },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'sync' as const,
        'sync' as const,
        'heartbeat' as const,
        'leave' as const,
        'restart' as const,
        'commit' as const,
      ),
      actor,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.constantFrom(500, 3_000, 12_000, 61_000),
    }),
  },
  { weight: 10, arbitrary: fc.record({ do: fc.constant('behave' as const), actors: fc.uniqueArray(actor) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reload' as const) }) },
);

/** A client of the group; the first two of them are static. */
class Actor {
  memberId = '';
  generationId = -1;
  isLeader = false;
  readonly instanceId: string | undefined;
  /** Its requests that wait. */
  joining: number | undefined;
  readonly #script: GroupScript;

  constructor(script: GroupScript, index: number) {
    this.#script = script;
    this.instanceId = index < 2 ? `i${index}` : undefined;
  }

  get identity(): { memberId: string; groupInstanceId: string | undefined } {
    return { memberId: this.memberId, groupInstanceId: this.instanceId };
  }

  join(names: readonly string[], sent: number[]): void {
    const metadata = subscription(['orders']);
    const request: JoinGroupRequest = join({
      ...this.identity,
      protocols: names.map((name) => ({ name, metadata })),
    });
    this.joining = this.#script.send('joinGroup', request, `client-${this.instanceId ?? 'dynamic'}`);
    sent.push(this.joining);
    this.look();
  }

  /** Takes notice of the answer to its join. */
  look(): void {
    if (this.joining === undefined || !this.#script.isAnswered(this.joining)) return;
    const answer = this.#script.answerTo('joinGroup', this.joining);
    this.joining = undefined;
    const code = answer.error?.code;
    if (code === 'MEMBER_ID_REQUIRED') this.memberId = answer.memberId;
    else if (code === 'UNKNOWN_MEMBER_ID' || code === 'FENCED_INSTANCE_ID') this.memberId = '';
    if (answer.error !== undefined) return;
    this.memberId = answer.memberId;
    this.generationId = answer.generationId;
    this.isLeader = answer.leader === answer.memberId && !answer.skipAssignment;
  }
}

class World {
  readonly script: GroupScript = new GroupScript({ classicMaxSize: 4 });
  readonly actors: Actor[] = Array.from({ length: ACTORS }, (_, index) => new Actor(this.script, index));
  /** Joins and syncs that a crash has not taken. */
  sent: number[] = [];
  /** The protocol of each generation, as long as the group is known: one that is forgotten begins anew. */
  readonly generations: Map<number, string> = new Map();
  /** Requests whose answers have been looked at. */
  readonly #seen = new Set<number>();

  run(what: Step): void {
    if (what.do === 'wait') this.script.advance(what.ms);
    else if (what.do === 'behave') for (const index of what.actors) this.behave(this.actors[index]!);
    else if (what.do === 'reload') this.#reload();
    else this.#act(what.do, this.actors[what.actor]!, what);
    for (const each of this.actors) each.look();
    this.#checkGenerations();
    checkInvariants(this.script.state);
  }

  #act(kind: Exclude<Step['do'], 'wait' | 'reload' | 'behave'>, who: Actor, what: Step): void {
    const { script } = this;
    const { generationId } = who;
    if (kind === 'join' && what.do === 'join') who.join(what.protocols, this.sent);
    if (kind === 'restart') who.memberId = '';
    if (kind === 'heartbeat') script.send('heartbeat', { groupId: 'g', generationId, ...who.identity });
    if (kind === 'leave') script.ask('leaveGroup', { groupId: 'g', members: [who.identity] });
    if (kind === 'commit') {
      script.ask('offsetCommit', {
        groupId: 'g',
        memberEpoch: generationId,
        ...who.identity,
        partitions: [],
        refuseBeyondLogEnd: false,
      });
    }
    if (kind !== 'sync') return;
    const ids = [...(script.state.groups.get('g')?.members.keys() ?? [])];
    const assignments = who.isLeader
      ? assign(Object.fromEntries(ids.map((id) => [id, `${generationId}:${id}`])))
      : {};
    this.sent.push(
      script.send(
        'syncGroup',
        sync(who.memberId, generationId, { groupInstanceId: who.instanceId, ...assignments }),
      ),
    );
  }

  /** Joins when it has to, syncs when it has joined, heartbeats else. */
  behave(who: Actor): void {
    who.look();
    if (who.joining !== undefined) return;
    const heartbeat = { groupId: 'g', generationId: who.generationId, ...who.identity };
    const answer = this.script.answers.get(this.script.send('heartbeat', heartbeat));
    if (answer !== undefined && 'error' in answer) {
      const { code } = answer.error;
      if (code === 'UNKNOWN_MEMBER_ID' || code === 'FENCED_INSTANCE_ID') who.memberId = '';
      who.join(['range'], this.sent);
      if (who.memberId !== '' && who.joining === undefined) who.join(['range'], this.sent);
    } else if (this.script.state.classicGroup('g')?.phase === 'CompletingRebalance') {
      this.#act('sync', who, { do: 'sync', actor: this.actors.indexOf(who) });
    }
  }

  /** Everything that waits gets no answer: its connections break. */
  #reload(): void {
    checkLoaded(this.script);
    this.script.reload();
    this.sent = this.sent.filter((requestId) => this.script.isAnswered(requestId));
    for (const each of this.actors) each.joining = undefined;
    this.generations.clear();
  }

  #checkGenerations(): void {
    if (!this.script.state.groups.has('g')) this.generations.clear();
    for (const requestId of this.sent) {
      const answer = this.script.answers.get(requestId);
      if (answer === undefined || this.#seen.has(requestId)) continue;
      this.#seen.add(requestId);
      if ('response' in answer && 'leader' in answer.response)
        this.#checkJoined(answer.response as JoinGroupResponse);
    }
  }

  #checkJoined({
    error,
    generationId,
    leader,
    protocolName,
    skipAssignment,
    members,
  }: JoinGroupResponse): void {
    if (error !== undefined || skipAssignment) return;
    const known = this.generations.get(generationId);
    if (known === undefined) this.generations.set(generationId, protocolName ?? '');
    else expect(protocolName).toBe(known);
    if (members.length > 0) expect(members.map(({ memberId }) => memberId)).toContain(leader);
  }

  /** Time ends every wait. */
  finish(): void {
    this.script.advance(3_600_000);
    for (const requestId of this.sent) expect(this.script.isAnswered(requestId)).toBe(true);
    checkLoaded(this.script);
    expect(this.script.state.classicGroup('g')?.members.size ?? 0).toBe(0);
  }
}

function checkInvariants(state: GroupCoordinatorState): void {
  const group = state.classicGroup('g');
  if (group === undefined) return;
  expect(state.nextDeadlineMs()).toBeLessThanOrEqual(group.nextDeadlineMs());
  expect(group.leader === undefined).toBe(group.members.size === 0);
  expect(group.phase === 'Empty').toBe(group.members.size === 0 && group.phase === 'Empty');
  const waitingJoins = [...group.members.values()].filter(({ waitingJoinId }) => waitingJoinId !== undefined);
  expect(group.waitingJoinCount).toBe(waitingJoins.length);
  for (const member of group.members.values()) {
    if (group.phase !== 'PreparingRebalance') expect(member.waitingJoinId).toBeUndefined();
    if (group.phase !== 'CompletingRebalance') expect(member.waitingSyncId).toBeUndefined();
    expect(group.pendingMembers.has(member.memberId)).toBe(false);
    expect(member.sessionDeadlineMs).toBeDefined();
  }
}

/** What was loaded is what lives, as far as it was written. */
function checkLoaded(script: GroupScript): void {
  const live = script.state.classicGroup('g');
  const loaded = script.loaded().classicGroup('g');
  expect(loaded !== undefined).toBe(live?.isWritten === true);
  if (live === undefined || loaded === undefined) return;
  expect(loaded.generationId).toBeLessThanOrEqual(live.generationId);
  if (live.phase === 'Stable' || live.phase === 'Empty') expect(written(live)).toEqual(written(loaded));
}

function written(group: ClassicGroup): unknown {
  return {
    phase: group.phase,
    value: group.toValue({ assignments: group.assignments(), nowMs: group.currentStateTimestampMs ?? 0 }),
  };
}

test('any history answers each join and sync once, has one protocol a generation, and loads as it lived', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 30, maxLength: 120, size: 'max' }), (steps) => {
      const world = new World();
      for (const each of steps) world.run(each);
      world.finish();
    }),
    { numRuns: 200 },
  );
});

test('members that only ever do the right thing end in one stable generation', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(actor, fc.nat(2_000)), { minLength: 1, maxLength: 10 }), (arrivals) => {
      const world = new World();
      const present = new Set<Actor>();
      for (const [index, ms] of arrivals) {
        present.add(world.actors[index]!);
        driveUntilQuiet(world, present, ms);
      }
      for (let round = 0; round < 40; round++) driveUntilQuiet(world, present, 1_000);
      const group = world.script.state.classicGroup('g');
      expect(group?.phase).toBe('Stable');
      expect(group?.members.size).toBe(Math.min(present.size, 4));
    }),
    { numRuns: 100 },
  );
});

/** Everybody does the right thing, then time passes. */
function driveUntilQuiet(world: World, present: ReadonlySet<Actor>, ms: number): void {
  for (const who of present) world.behave(who);
  world.script.advance(ms);
  for (const who of present) who.look();
}
