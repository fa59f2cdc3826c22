/**
 * Between the calls of an admin and the rows of the wire: errors of single rows, names and numbers.
 */
import { wire } from '@tidelog/protocol';
import { TidelogError } from '@tidelog/record/errors';
import type { ConfigEntry, ConfigResource, OffsetSpec } from './admin-shapes.ts';

const LATEST_TIMESTAMP = -1;
const EARLIEST_TIMESTAMP = -2;
const MAX_TIMESTAMP = -3;

/** A row of an answer with its own error; 0: none. */
export interface ErrorRow {
  readonly errorCode?: number | undefined;
  readonly errorMessage?: string | undefined;
}

/** The error of a row, with the place that it belongs to. */
export function errorOf(row: ErrorRow, topic: string, partition?: number): TidelogError | undefined {
  const { errorCode = 0, errorMessage = '' } = row;
  if (errorCode === 0) return undefined;
  return TidelogError.fromWire(
    errorCode,
    errorMessage,
    partition === undefined ? { topic } : { topic, partition },
  );
}

/** Throws the first of the errors, with all of them in its cause when there are more. */
export function throwFirst(errors: readonly (TidelogError | undefined)[]): void {
  const failures = errors.filter((error) => error !== undefined);
  const [first] = failures;
  if (first === undefined) return;
  if (failures.length === 1) throw first;
  throw new TidelogError(
    first.code,
    `${first.message} (and ${failures.length - 1} more failures, see cause)`,
    {
      cause: new AggregateError(failures),
      retriable: first.retriable,
      ...(first.topic === undefined ? {} : { topic: first.topic }),
    },
  );
}

/** The cluster does not know the topic. */
export function unknownTopic(topic: string): TidelogError {
  return new TidelogError('UNKNOWN_TOPIC_OR_PARTITION', `topic ${JSON.stringify(topic)} does not exist`, {
    topic,
  });
}

/** A count or offset as the wire has it: 0 for one that was not given. Throws INVALID_ARGUMENT for anything else than 0, 1, 2, … */
export function count(name: string, value: number | undefined): number {
  if (value === undefined) return 0;
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new TidelogError(
    'INVALID_ARGUMENT',
    `${name} is ${String(value)}; it must be an integer of 0 or more`,
  );
}

/** The timestamp that a ListOffsets request asks with. */
export function timestampOf(spec: OffsetSpec): number {
  if (spec === 'latest') return LATEST_TIMESTAMP;
  if (spec === 'earliest') return EARLIEST_TIMESTAMP;
  if (spec === 'maxTimestamp') return MAX_TIMESTAMP;
  return count('timestampMs', spec.timestampMs);
}

/** A resource as the wire names it. */
export function resourceName(resource: ConfigResource): { type: wire.ConfigResourceType; name: string } {
  return 'topic' in resource
    ? { type: wire.ConfigResourceType.TOPIC, name: resource.topic }
    : { type: wire.ConfigResourceType.BROKER, name: String(resource.brokerId) };
}

/** Where a config value comes from, by its name. */
export function sourceOf(source: wire.ConfigSource | undefined): ConfigEntry['source'] {
  if (source === wire.ConfigSource.TOPIC_CONFIG) return 'TOPIC_CONFIG';
  return source === wire.ConfigSource.BROKER_CONFIG ? 'BROKER_CONFIG' : 'DEFAULT_CONFIG';
}
