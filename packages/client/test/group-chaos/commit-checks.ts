/**
 * What may be committed, by whom, and that it stays.
 *
 *   only what the member has, and only what it was given
 *   accepted offsets of a partition never go back, and who looks from outside sees them at once
 *   fencing: once another member has the partition, no commit that its former owner then sends is accepted; and
 *     accepted commits of successive owners carry rising member epochs
 *
 * Only what is certain counts: "before" means that one was over when the other began.
 */
import { DeliveredPrefixes } from './delivered-prefixes.ts';
import { keyOf, type GroupEvent } from './group-history.ts';
import type { Tenure, TenureCommit, Tenures } from './tenures.ts';
import type { Violation } from './violation.ts';

export interface CommitFigures {
  readonly attempted: number;
  readonly accepted: number;
}

export interface CommitReport {
  readonly violations: readonly Violation[];
  readonly figures: CommitFigures;
}

export interface CommitCheckOptions {
  /** Static members, whose place a new process takes without a new group epoch (KIP-345). */
  readonly mayKeepEpoch?: boolean;
  /** Members commit without writing it down. */
  readonly hasUnseenCommits?: boolean;
  /** The history ends with all members gone in good order: everything is committed. */
  readonly endsCommitted?: boolean;
}

/** Checks all commits of a history. */
export function checkCommits(
  history: readonly GroupEvent[],
  tenures: Tenures,
  { mayKeepEpoch = false, hasUnseenCommits = false, endsCommitted = false }: CommitCheckOptions = {},
): CommitReport {
  const violations: Violation[] = [];
  for (const { what, member, key, moment } of tenures.strays) {
    if (what !== 'commitAttempted') continue;
    violations.push({
      rule: 'committed what it does not have',
      message: `${member} tried to commit ${key}@${moment.offset} at ${moment.atMs} ms, which it did not have`,
    });
  }
  for (const list of tenures.byPartition.values()) {
    for (const tenure of list) violations.push(...checkOnlyDelivered(tenure), ...checkFenced(tenure, list));
  }
  let attempted = 0;
  let accepted = 0;
  for (const [key, commits] of tenures.commits) {
    attempted += commits.length;
    accepted += commits.filter(({ acknowledged }) => acknowledged !== undefined).length;
    violations.push(...checkRising(key, commits, { mayKeepEpoch }));
  }
  violations.push(...checkObserved(history, tenures, { hasUnseenCommits }));
  if (endsCommitted) violations.push(...checkEnd(history));
  return { violations, figures: { attempted, accepted } };
}

function checkOnlyDelivered(tenure: Tenure): Violation[] {
  const violations: Violation[] = [];
  let next = 0;
  for (const commit of tenure.commits) {
    while ((tenure.deliveries[next]?.index ?? Infinity) < commit.index) next += 1;
    const first = tenure.deliveries[0];
    const last = tenure.deliveries[next - 1];
    if (first !== undefined && last !== undefined) {
      if (commit.offset >= first.offset && commit.offset <= last.offset + 1) continue;
    }
    violations.push({
      rule: 'committed what was not delivered',
      message: `${commit.member} committed ${tenure.key}@${commit.offset} at ${commit.atMs} ms, having been given ${
        last === undefined || first === undefined ? 'nothing' : `${first.offset} … ${last.offset}`
      }`,
    });
  }
  return violations;
}

function checkFenced(tenure: Tenure, all: readonly Tenure[]): Violation[] {
  const violations: Violation[] = [];
  for (const other of all) {
    if (other.member === tenure.member || other.startIndex < tenure.startIndex) continue;
    const late = tenure.commits.find(
      ({ index, acknowledged }) => index > other.startIndex && acknowledged !== undefined,
    );
    if (late === undefined) continue;
    violations.push({
      rule: 'accepted from a former owner',
      message: `${tenure.member} committed ${tenure.key}@${late.offset} at ${late.atMs} ms and was not refused, though ${other.member} had the partition since ${other.startMs} ms`,
    });
  }
  return violations;
}

/** Offsets and epochs of accepted commits, each against all that were over before it began. */
function checkRising(
  key: string,
  commits: readonly TenureCommit[],
  { mayKeepEpoch }: { mayKeepEpoch: boolean },
): Violation[] {
  const violations: Violation[] = [];
  const accepted = commits.filter(({ acknowledged }) => acknowledged !== undefined);
  const byAnswer = [...accepted].sort((a, b) => answerIndex(a) - answerIndex(b));
  const highestEpoch = new Map<string, TenureCommit>();
  let highest: TenureCommit | undefined;
  let over = 0;
  for (const commit of accepted) {
    for (; over < byAnswer.length; over++) {
      const earlier = byAnswer[over] as TenureCommit;
      if (answerIndex(earlier) > commit.index) break;
      if (highest === undefined || earlier.offset > highest.offset) highest = earlier;
      const known = highestEpoch.get(earlier.member);
      if (known === undefined || known.memberEpoch < earlier.memberEpoch)
        highestEpoch.set(earlier.member, earlier);
    }
    if (highest !== undefined && highest.offset > commit.offset) {
      violations.push({
        rule: 'committed offset went back',
        message: `${key}: ${commit.member} committed ${commit.offset} at ${commit.atMs} ms, after ${highest.member} had ${highest.offset}`,
      });
    }
    const epoch = commit.acknowledged?.memberEpoch ?? commit.memberEpoch;
    for (const [member, { memberEpoch }] of highestEpoch) {
      if (member === commit.member) continue;
      if (mayKeepEpoch ? memberEpoch <= epoch : memberEpoch < epoch) continue;
      violations.push({
        rule: 'epochs do not rise',
        message: `${key}: ${commit.member}'s commit at ${commit.atMs} ms was accepted at epoch ${epoch}, after one of ${member} at epoch ${memberEpoch}`,
      });
    }
  }
  return violations;
}

function answerIndex(commit: TenureCommit): number {
  return commit.acknowledged?.index ?? Infinity;
}

function checkObserved(
  history: readonly GroupEvent[],
  tenures: Tenures,
  { hasUnseenCommits }: { hasUnseenCommits: boolean },
): Violation[] {
  const violations: Violation[] = [];
  const prefixes = new DeliveredPrefixes(history);
  const seen = new Map<string, number>();
  history.forEach((event, index) => {
    if (event.type !== 'committedObserved') return;
    const { atMs, askedAtMs } = event;
    const observed = new Map(event.offsets.map((at) => [keyOf(at), at.offset]));
    for (const key of new Set([...observed.keys(), ...seen.keys(), ...tenures.commits.keys()])) {
      const offset = observed.get(key) ?? -1;
      const commits = tenures.commits.get(key) ?? [];
      const promised = commits
        .filter(({ acknowledged }) => acknowledged !== undefined && acknowledged.atMs < askedAtMs)
        .reduce((highest, commit) => Math.max(highest, commit.offset), seen.get(key) ?? -1);
      if (offset < promised) {
        violations.push({
          rule: 'committed offset went back',
          message: `${key}: read as ${offset} at ${atMs} ms; ${promised} had been accepted or read before`,
        });
      }
      const isFromSomewhere = hasUnseenCommits
        ? prefixes.isDelivered(key, { below: offset, beforeIndex: index })
        : commits.some((commit) => commit.index < index && commit.offset === offset);
      if (offset >= 0 && !isFromSomewhere) {
        violations.push({
          rule: 'committed offset from nowhere',
          message: `${key}: read as ${offset} at ${atMs} ms, which nobody had ${hasUnseenCommits ? 'worked up to' : 'tried to commit'}`,
        });
      }
      seen.set(key, Math.max(offset, seen.get(key) ?? -1));
    }
  });
  return violations;
}

function checkEnd(history: readonly GroupEvent[]): Violation[] {
  const ends = new Map<string, number>();
  for (const event of history) {
    if (event.type !== 'acknowledged') continue;
    ends.set(keyOf(event), Math.max(event.offset + 1, ends.get(keyOf(event)) ?? 0));
  }
  const last = history.findLast((event) => event.type === 'committedObserved');
  const committed = new Map(last?.offsets.map((at) => [keyOf(at), at.offset]));
  return [...ends].flatMap(([key, end]) => {
    const offset = committed.get(key) ?? 0;
    if (offset >= end) return [];
    return [
      { rule: 'left without committing', message: `${key} ends at ${end}, the group stayed at ${offset}` },
    ];
  });
}
