/**
 * Nothing skipped, nothing twice that was committed.
 *
 * By induction over the tenures of a partition: a tenure starts at an offset that someone committed (or at the
 * beginning), delivers without a hole, and commits only what it delivered (commit-checks.ts); so everything below
 * a start was delivered to the group. And it starts at or above everything whose commit was acknowledged before:
 * what comes twice was not committed when the partition changed hands.
 */
import { DeliveredPrefixes } from './delivered-prefixes.ts';
import { keyOf, type GroupEvent } from './group-history.ts';
import type { Tenure, TenureCommit, Tenures } from './tenures.ts';
import type { Violation } from './violation.ts';

/** The offset from which a group reads that has committed nothing. */
const FIRST_OFFSET = 0;

export interface DeliveryFigures {
  readonly acknowledgedRecords: number;
  readonly deliveries: number;
  /** Deliveries of records that were delivered before. */
  readonly duplicates: number;
}

export interface DeliveryReport {
  readonly violations: readonly Violation[];
  readonly figures: DeliveryFigures;
}

/** Checks all deliveries of a history. `hasUnseenCommits`: members commit without writing it down. */
export function checkDeliveries(
  history: readonly GroupEvent[],
  tenures: Tenures,
  { hasUnseenCommits = false }: { hasUnseenCommits?: boolean } = {},
): DeliveryReport {
  const violations: Violation[] = [];
  const prefixes = new DeliveredPrefixes(history);
  for (const { what, member, key, moment } of tenures.strays) {
    if (what === 'delivered') {
      violations.push({
        rule: 'delivered without assignment',
        message: `${member} was given ${key}@${moment.offset} at ${moment.atMs} ms, which it did not have`,
      });
    } else if (what === 'assigned') {
      violations.push({
        rule: 'assigned twice',
        message: `${member} was assigned ${key} at ${moment.atMs} ms, which it had already`,
      });
    }
  }
  for (const [key, list] of tenures.byPartition) {
    const commits = tenures.commits.get(key) ?? [];
    const observed = observationsOf(history, key);
    for (const tenure of list) {
      violations.push(
        ...checkStart(tenure, { commits, observed, prefixes, hasUnseenCommits }),
        ...checkOrder(tenure),
      );
    }
  }
  const coverage = checkCoverage(history);
  return { violations: [...violations, ...coverage.violations], figures: coverage.figures };
}

/** Where the partition's committed offset was seen from outside, and when that was. */
function observationsOf(history: readonly GroupEvent[], key: string): { index: number; offset: number }[] {
  return history.flatMap((event, index) => {
    if (event.type !== 'committedObserved') return [];
    return event.offsets.filter((at) => keyOf(at) === key).map(({ offset }) => ({ index, offset }));
  });
}

interface StartEvidence {
  readonly commits: readonly TenureCommit[];
  readonly observed: readonly { readonly index: number; readonly offset: number }[];
  readonly prefixes: DeliveredPrefixes;
  readonly hasUnseenCommits: boolean;
}

function checkStart(
  tenure: Tenure,
  { commits, observed, prefixes, hasUnseenCommits }: StartEvidence,
): Violation[] {
  const first = tenure.deliveries[0];
  if (first === undefined) return [];
  const where = `${tenure.member}, assigned ${tenure.key} at ${tenure.startMs} ms, started at ${first.offset}`;
  const certain = [
    ...commits.map(({ acknowledged, offset }) => ({ index: acknowledged?.index ?? Infinity, offset })),
    ...observed,
  ].filter(({ index }) => index < tenure.startIndex);
  const committed = certain.reduce((highest, { offset }) => Math.max(highest, offset), FIRST_OFFSET);
  if (first.offset < committed) {
    return [
      {
        rule: 'committed record delivered again',
        message: `${where}, but ${committed} had been committed by then`,
      },
    ];
  }
  if (!prefixes.isDelivered(tenure.key, { below: first.offset, beforeIndex: first.index })) {
    return [
      { rule: 'skipped at an assignment', message: `${where}, and not everything below had been delivered` },
    ];
  }
  const isPossible =
    hasUnseenCommits ||
    first.offset === FIRST_OFFSET ||
    commits.some(({ index, offset }) => index < first.index && offset === first.offset);
  if (isPossible) return [];
  return [
    { rule: 'started where nobody committed', message: `${where}, which nobody had tried to commit by then` },
  ];
}

function checkOrder({ member, key, deliveries }: Tenure): Violation[] {
  const violations: Violation[] = [];
  deliveries.forEach(({ offset, atMs }, position) => {
    const previous = deliveries[position - 1];
    if (previous === undefined || offset === previous.offset + 1) return;
    violations.push({
      rule: offset > previous.offset ? 'skipped within an assignment' : 'went back within an assignment',
      message: `${member} was given ${key}@${offset} at ${atMs} ms, after ${previous.offset}`,
    });
  });
  return violations;
}

/** Every acknowledged record was delivered to someone, with the value that was sent. */
function checkCoverage(history: readonly GroupEvent[]): DeliveryReport {
  const violations: Violation[] = [];
  const seen = new Map<string, string>();
  let acknowledgedRecords = 0;
  let deliveries = 0;
  for (const event of history) {
    if (event.type !== 'delivered') continue;
    deliveries += 1;
    const name = `${keyOf(event)}@${event.offset}`;
    const known = seen.get(name);
    if (known !== undefined && known !== event.value) {
      violations.push({
        rule: 'two values at one offset',
        message: `${name} was ${known} and, for ${event.member}, ${event.value}`,
      });
    }
    seen.set(name, event.value);
  }
  for (const event of history) {
    if (event.type !== 'acknowledged') continue;
    acknowledgedRecords += 1;
    const name = `${keyOf(event)}@${event.offset}`;
    const value = seen.get(name);
    if (value === event.value) continue;
    violations.push(
      value === undefined
        ? {
            rule: 'never delivered',
            message: `${name} (${event.value}), acknowledged at ${event.atMs} ms, was delivered to nobody`,
          }
        : {
            rule: 'two values at one offset',
            message: `${name} was sent as ${event.value} and came as ${value}`,
          },
    );
  }
  return {
    violations,
    figures: { acknowledgedRecords, deliveries, duplicates: deliveries - seen.size },
  };
}
