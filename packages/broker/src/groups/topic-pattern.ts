/**
 * Subscription patterns of consumer groups (KIP-848): RE2 expressions that have to match a topic's whole name.
 *
 * The engine (re2js) takes time linear in the length of the name, whatever the pattern; the factor is the size of the
 * compiled program, so that has a limit, and so has the pattern's length. No look-around, no back references.
 */
import { RE2JS } from 're2js';
import { TidelogError } from '@tidelog/record/errors';
import type { TopicsView } from './group-decision.ts';

/** Characters. */
export const MAX_PATTERN_LENGTH = 1_000;
/** Instructions of the compiled program: a name of 249 characters costs at most about 25 ms to match. */
const MAX_PROGRAM_SIZE = 1_024;
/** Groups that start again use the pattern that they used before. */
const MAX_CACHED_PATTERNS = 64;

export interface TopicPattern {
  /** True when the pattern matches the whole name. */
  matches(topic: string): boolean;
}

/** In the order of their last use. */
const compiledPatterns = new Map<string, TopicPattern>();

/**
 * A pattern, ready to match.
 *
 * @throws INVALID_REGULAR_EXPRESSION when it is too long, too large when compiled, or not in RE2's syntax
 */
export function compilePattern(pattern: string): TopicPattern {
  let compiled = compiledPatterns.get(pattern);
  if (compiled === undefined) {
    compiled = compile(pattern);
    if (compiledPatterns.size >= MAX_CACHED_PATTERNS) {
      compiledPatterns.delete(compiledPatterns.keys().next().value!);
    }
  } else {
    compiledPatterns.delete(pattern);
  }
  compiledPatterns.set(pattern, compiled);
  return compiled;
}

/** The names of all topics that the pattern matches, sorted; internal topics never are among them. */
export function resolvePattern(pattern: string, topics: TopicsView): string[] {
  const { matches } = compilePattern(pattern);
  const matched: string[] = [];
  for (const topic of topics.names()) {
    if (matches(topic) && topics.named(topic)?.isInternal === false) matched.push(topic);
  }
  return matched.sort();
}

function compile(pattern: string): TopicPattern {
  if (pattern.length > MAX_PATTERN_LENGTH) {
    throw new TidelogError(
      'INVALID_REGULAR_EXPRESSION',
      `the subscription pattern has ${String(pattern.length)} characters; at most ${String(MAX_PATTERN_LENGTH)} are allowed: subscribe to topics by name, or make it shorter`,
    );
  }
  let program: RE2JS;
  try {
    program = RE2JS.compile(pattern);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new TidelogError(
      'INVALID_REGULAR_EXPRESSION',
      `the subscription pattern ${JSON.stringify(pattern)} is not in RE2 syntax (which has no look-around and no back references): ${reason}`,
      { cause: thrown },
    );
  }
  if (program.programSize() > MAX_PROGRAM_SIZE) {
    throw new TidelogError(
      'INVALID_REGULAR_EXPRESSION',
      `the subscription pattern ${JSON.stringify(pattern)} compiles to ${String(program.programSize())} instructions; at most ${String(MAX_PROGRAM_SIZE)} are allowed: repeat less, or use fewer alternatives`,
    );
  }
  return { matches: (topic) => program.matches(topic) };
}
