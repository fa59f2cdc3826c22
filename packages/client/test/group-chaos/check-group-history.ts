/**
 * The checker: what a group promises, held against what happened. Pure; see the files of the single checks for
 * what each looks at, and group-history.ts for what it is given.
 */
import { checkCommits, type CommitFigures } from './commit-checks.ts';
import { checkDeliveries, type DeliveryFigures } from './delivery-checks.ts';
import type { GroupEvent } from './group-history.ts';
import { checkHandOvers, type HandOverFigures, type HandOverLimits } from './hand-over-checks.ts';
import { tenuresOf } from './tenures.ts';
import type { Violation } from './violation.ts';

export interface GroupReport {
  readonly violations: readonly Violation[];
  readonly figures: DeliveryFigures & CommitFigures & HandOverFigures;
}

export interface GroupLimits extends HandOverLimits {
  /** Static members take places over without a new epoch; false unless given. */
  readonly mayKeepEpoch?: boolean;
  /** Members commit without writing it down (auto-commit); false unless given. */
  readonly hasUnseenCommits?: boolean;
  /** The history ends with a look at what is committed, after all members left in good order; false unless given. */
  readonly endsCommitted?: boolean;
}

/** Checks a history that ended well: producing stopped, everything was read, faults were healed. */
export function checkGroupHistory(history: readonly GroupEvent[], limits: GroupLimits): GroupReport {
  const tenures = tenuresOf(history);
  const deliveries = checkDeliveries(history, tenures, limits);
  const commits = checkCommits(history, tenures, limits);
  const handOvers = checkHandOvers(history, tenures, limits);
  return {
    violations: [...deliveries.violations, ...commits.violations, ...handOvers.violations],
    figures: { ...deliveries.figures, ...commits.figures, ...handOvers.figures },
  };
}

/** A report as text: the figures, then the first violations of each rule. */
export function describeReport({ violations, figures }: GroupReport): string {
  const byRule = new Map<string, Violation[]>();
  for (const violation of violations)
    byRule.set(violation.rule, [...(byRule.get(violation.rule) ?? []), violation]);
  const lines = [...byRule].flatMap(([rule, list]) => [
    `${rule} (${list.length}):`,
    ...list.slice(0, 5).map(({ message }) => `  ${message}`),
  ]);
  return [JSON.stringify(figures), ...lines].join('\n');
}
