/**
 * Which topic names a cluster can have (Kafka's rule), so that a bad one fails at once and not after a search.
 */
import { TidelogError } from '@tidelog/record/errors';

const MAX_LENGTH = 249;

/** Throws INVALID_TOPIC_EXCEPTION that says what is wrong with the name. */
export function requireTopicName(name: string): void {
  const reason = faultOf(name);
  if (reason === undefined) return;
  throw new TidelogError('INVALID_TOPIC_EXCEPTION', `${JSON.stringify(name)} cannot be a topic: ${reason}`, {
    topic: String(name),
  });
}

function faultOf(name: unknown): string | undefined {
  if (typeof name !== 'string') return `it is ${typeof name}, not a string`;
  if (name === '') return 'it is empty';
  if (name === '.' || name === '..') return 'the name is reserved';
  if (name.length > MAX_LENGTH) return `it has ${name.length} characters, at most ${MAX_LENGTH} are allowed`;
  if (!/^[A-Za-z0-9._-]+$/.test(name)) return 'only letters, digits and . _ - are allowed';
  return undefined;
}
