/**
 * How fast partitions change hands, and that those which need not change hands go on.
 *
 *   stalls: within a tenure a record is delivered soon after it is there and the one before it was delivered; time
 *     in which the member was stopped, or the broker down, does not count
 *   take-overs: what a killed or stopped member had is someone else's within the session time-out plus one
 *     heartbeat
 *   hand-overs: what a member gave up is its next owner's within a heartbeat
 *   moves: between two settled states only those partitions move that have to
 */
import { keyOf, type GroupEvent, type MemberFault } from './group-history.ts';
import type { Tenure, Tenures } from './tenures.ts';
import type { Violation } from './violation.ts';

/** What a run was configured with, and what it allows for. */
export interface HandOverLimits {
  readonly sessionTimeoutMs: number;
  readonly heartbeatIntervalMs: number;
  /** How long a partition that stays may stand still. */
  readonly maxStallMs: number;
  /** What the machine may add to a take-over or a hand-over: requests, scheduling. */
  readonly slackMs: number;
}

export interface HandOverFigures {
  /** The longest wait for a record within a tenure, and where. */
  readonly longestStallMs: number;
  readonly longestStallAt: string;
  /** From each kill, or stop beyond the session, to the moment when the last of the member's partitions had an owner. */
  readonly takeOversMs: readonly number[];
  readonly longestHandOverMs: number;
  readonly handOvers: number;
}

export interface HandOverReport {
  readonly violations: readonly Violation[];
  readonly figures: HandOverFigures;
}

/** Checks the times and the moves of a history. */
export function checkHandOvers(
  history: readonly GroupEvent[],
  tenures: Tenures,
  limits: HandOverLimits,
): HandOverReport {
  const stalls = checkStalls(history, tenures, limits);
  const takeOvers = checkTakeOvers(history, tenures, limits);
  const handOvers = checkGracefulHandOvers(history, tenures, limits);
  return {
    violations: [
      ...stalls.violations,
      ...takeOvers.violations,
      ...handOvers.violations,
      ...checkMoves(history, tenures),
    ],
    figures: { ...stalls.figures, ...takeOvers.figures, ...handOvers.figures },
  };
}

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** When a member, or the broker for all of them, did not run. */
function pausesOf(history: readonly GroupEvent[]): { broker: Span[]; member: Map<string, Span[]> } {
  const pauses = { broker: [] as Span[], member: new Map<string, Span[]>() };
  const since = new Map<string, number>();
  for (const event of history) {
    if (event.type === 'stopped') since.set(event.member, event.atMs);
    if (event.type === 'brokerDown') since.set('', event.atMs);
    if (event.type !== 'continued' && event.type !== 'brokerUp') continue;
    const name = event.type === 'continued' ? event.member : '';
    const span = { fromMs: since.get(name) ?? event.atMs, toMs: event.atMs };
    since.delete(name);
    if (event.type === 'brokerUp') pauses.broker.push(span);
    else pauses.member.set(name, [...(pauses.member.get(name) ?? []), span]);
  }
  for (const [name, fromMs] of since) {
    const span = { fromMs, toMs: Infinity };
    if (name === '') pauses.broker.push(span);
    else pauses.member.set(name, [...(pauses.member.get(name) ?? []), span]);
  }
  return pauses;
}

const overlaps = (span: Span, fromMs: number, toMs: number): boolean =>
  span.fromMs < toMs && span.toMs > fromMs;

function checkStalls(
  history: readonly GroupEvent[],
  tenures: Tenures,
  { maxStallMs }: HandOverLimits,
): { violations: Violation[]; figures: Pick<HandOverFigures, 'longestStallMs' | 'longestStallAt'> } {
  const availableMs = new Map<string, number>();
  for (const event of history)
    if (event.type === 'acknowledged') availableMs.set(`${keyOf(event)}@${event.offset}`, event.atMs);
  const pauses = pausesOf(history);
  const violations: Violation[] = [];
  const figures = { longestStallMs: 0, longestStallAt: '' };
  for (const tenure of [...tenures.byPartition.values()].flat()) {
    const spans = [...pauses.broker, ...(pauses.member.get(tenure.member) ?? [])];
    for (const { offset, fromMs, toMs } of waitsOf(tenure)) {
      const startMs = Math.max(fromMs, availableMs.get(`${tenure.key}@${offset}`) ?? Infinity);
      const stallMs = toMs - startMs;
      if (!(stallMs > figures.longestStallMs)) continue;
      if (spans.some((span) => overlaps(span, fromMs, toMs))) continue;
      const where = `${tenure.member}, ${tenure.key}@${offset} at ${Math.round(startMs)} ms`;
      figures.longestStallMs = stallMs;
      figures.longestStallAt = where;
      if (stallMs <= maxStallMs) continue;
      violations.push({ rule: 'stood still', message: `${where}: waited ${Math.round(stallMs)} ms` });
    }
  }
  return { violations, figures };
}

/** From each delivery to the next; for a tenure that was open to the end, also from the last one on. */
function waitsOf({ deliveries, end, endMs }: Tenure): { offset: number; fromMs: number; toMs: number }[] {
  const waits = deliveries.slice(1).map(({ offset, atMs }, position) => ({
    offset,
    fromMs: deliveries[position]?.atMs ?? atMs,
    toMs: atMs,
  }));
  const last = deliveries.at(-1);
  if (end === 'open' && last !== undefined) {
    waits.push({ offset: last.offset + 1, fromMs: last.atMs, toMs: endMs });
  }
  return waits;
}

/** The faults after which a member does not heartbeat for longer than its session. */
function longFaults(history: readonly GroupEvent[], sessionTimeoutMs: number): MemberFault[] {
  return history.filter((event): event is MemberFault => {
    if (event.type === 'killed') return true;
    if (event.type !== 'stopped') return false;
    const next = history.find(
      (later) => later.type === 'continued' && later.member === event.member && later.atMs >= event.atMs,
    );
    return (next?.atMs ?? Infinity) - event.atMs > sessionTimeoutMs;
  });
}

function checkTakeOvers(
  history: readonly GroupEvent[],
  tenures: Tenures,
  { sessionTimeoutMs, heartbeatIntervalMs, slackMs }: HandOverLimits,
): { violations: Violation[]; figures: Pick<HandOverFigures, 'takeOversMs'> } {
  const violations: Violation[] = [];
  const takeOversMs: number[] = [];
  const limitMs = sessionTimeoutMs + heartbeatIntervalMs + slackMs;
  const faults = longFaults(history, sessionTimeoutMs);
  const endMs = history.at(-1)?.atMs ?? 0;
  const disturbances = history.filter(({ type }) =>
    ['killed', 'stopped', 'brokerDown', 'brokerUp'].includes(type),
  );
  const starts = history.filter(
    (event): event is MemberFault => event.type === 'started' || event.type === 'continued',
  );
  for (const fault of faults) {
    let slowestMs = -1;
    for (const list of tenures.byPartition.values()) {
      const held = list.find(
        (tenure) =>
          tenure.member === fault.member && tenure.startMs <= fault.atMs && tenure.endMs >= fault.atMs,
      );
      if (held === undefined) continue;
      const next = list.find((tenure) => tenure !== held && tenure.startMs > fault.atMs);
      const takenMs = next?.startMs ?? endMs;
      // Whoever was to take it over may have died or hung in turn, nobody was there, or the broker was away: the time counts
      // from then.
      const lastMs = [...disturbances, ...starts.filter(({ member }) => member === next?.member)]
        .filter(({ atMs }) => atMs >= fault.atMs && atMs < takenMs)
        .reduce((latest, { atMs }) => Math.max(latest, atMs), fault.atMs);
      if (next !== undefined) slowestMs = Math.max(slowestMs, takenMs - lastMs);
      if (takenMs - lastMs <= limitMs) continue;
      violations.push({
        rule: 'taken over too late',
        message: `${held.key}, of ${fault.member} (${fault.type} at ${Math.round(fault.atMs)} ms), had no new owner for ${Math.round(takenMs - lastMs)} ms; at most ${limitMs}`,
      });
    }
    if (slowestMs >= 0) takeOversMs.push(slowestMs);
  }
  return { violations, figures: { takeOversMs } };
}

function checkGracefulHandOvers(
  history: readonly GroupEvent[],
  tenures: Tenures,
  { sessionTimeoutMs, heartbeatIntervalMs, slackMs }: HandOverLimits,
): { violations: Violation[]; figures: Pick<HandOverFigures, 'handOvers' | 'longestHandOverMs'> } {
  const violations: Violation[] = [];
  let handOvers = 0;
  let longestHandOverMs = 0;
  const silences = history.filter(({ type }) => type === 'killed' || type === 'stopped');
  const upsets = history.filter(({ type }) =>
    ['started', 'killed', 'stopped', 'continued', 'closed', 'brokerDown', 'brokerUp'].includes(type),
  );
  for (const [key, list] of tenures.byPartition) {
    list.forEach((tenure, position) => {
      const next = list[position + 1];
      if (tenure.end !== 'revoked' || next === undefined || next.member === tenure.member) return;
      // It may have been meant for somebody who is gone or hangs, which the group learns when a session is over.
      const fromMs = tenure.endMs - sessionTimeoutMs;
      if (silences.some(({ atMs }) => atMs >= fromMs && atMs <= next.startMs)) return;
      if (upsets.some(({ atMs }) => atMs >= tenure.endMs && atMs <= next.startMs)) return;
      handOvers += 1;
      const tookMs = next.startMs - tenure.endMs;
      longestHandOverMs = Math.max(longestHandOverMs, tookMs);
      if (tookMs <= heartbeatIntervalMs + slackMs) return;
      violations.push({
        rule: 'handed over too late',
        message: `${key}: given up by ${tenure.member} at ${Math.round(tenure.endMs)} ms, ${next.member} had it ${Math.round(tookMs)} ms later`,
      });
    });
  }
  return { violations, figures: { handOvers, longestHandOverMs } };
}

/** Who has which partition at a place in the history. */
function ownersAt(tenures: Tenures, index: number): Map<string, string> {
  const owners = new Map<string, string>();
  for (const [key, list] of tenures.byPartition) {
    const tenure = list.findLast(({ startIndex, endIndex }) => startIndex <= index && endIndex > index);
    if (tenure !== undefined) owners.set(key, tenure.member);
  }
  return owners;
}

function membersOf(history: readonly GroupEvent[], types: readonly MemberFault['type'][]): Set<string> {
  const faults = history.filter((event): event is MemberFault => types.some((type) => type === event.type));
  return new Set(faults.map(({ member }) => member));
}

function checkMoves(history: readonly GroupEvent[], tenures: Tenures): Violation[] {
  const settled = history.flatMap(({ type }, index) => (type === 'settled' ? [index] : []));
  const violations: Violation[] = [];
  settled.slice(1).forEach((index, position) => {
    const fromIndex = settled[position] as number;
    const before = ownersAt(tenures, fromIndex);
    const after = ownersAt(tenures, index);
    const between = history.slice(fromIndex, index);
    if (between.some(({ type }) => type === 'brokerDown')) return;
    const stopped = membersOf(between, ['stopped']);
    const gone = membersOf(between, ['killed', 'closed']);
    // Who came and went again had partitions for a while, and gave them back.
    if (membersOf(between, ['started', 'continued']).size > 0 && stopped.size + gone.size > 0) return;
    const previous = new Set(before.values());
    const joined = new Set([...after.values()].filter((member) => !previous.has(member)));
    const stayed = new Set([...previous].filter((member) => !stopped.has(member) && !gone.has(member)));
    const fairShare = Math.ceil(after.size / Math.max(1, new Set(after.values()).size));
    const given = new Map<string, number>();
    for (const [key, member] of after) {
      const owner = before.get(key);
      if (owner === undefined || !stayed.has(owner)) continue;
      const tenure = tenures.byPartition
        .get(key)
        ?.findLast(({ startIndex, endIndex }) => startIndex <= fromIndex && endIndex > fromIndex);
      if (owner === member && (tenure?.endIndex ?? 0) > index) continue;
      if (joined.has(member) || stopped.has(member)) given.set(member, (given.get(member) ?? 0) + 1);
      else {
        violations.push({
          rule: 'moved without need',
          message: `${key} went from ${owner}, which was there all the time, to ${member}, which was too`,
        });
      }
    }
    for (const [member, count] of given) {
      if (count <= fairShare) continue;
      violations.push({
        rule: 'moved without need',
        message: `${member} was given ${count} partitions of others; its share is ${fairShare}`,
      });
    }
  });
  return violations;
}
