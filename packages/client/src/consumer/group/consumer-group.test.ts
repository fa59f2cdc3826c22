import { describe, expect, test } from 'vitest';
import { fillLog } from '../../../test/fill-log.ts';
import { quiesce } from '../../../test/manual-clock.ts';
import { setUp, type SetUp } from '../../../test/set-up.ts';
import type { Consumer } from '../consumer.ts';
import type { ConsumerOptions } from '../consumer-options.ts';
import type { ConsumerRecord } from '../consumer-record.ts';

const GROUP = 'billing';

/** A topic with `recordsPerPartition` records in each partition: `0:0`, `0:1`, …, `1:0`, … */
function withTopic(env: SetUp, partitionCount: number, recordsPerPartition = 3): void {
  env.cluster.createTopic('orders', partitionCount);
  for (let partition = 0; partition < partitionCount; partition++) {
    fill(env, partition, 0, recordsPerPartition);
  }
}

function fill(env: SetUp, partition: number, fromOffset: number, count: number): void {
  const values = Array.from({ length: count }, (_, index) => [`${partition}:${fromOffset + index}`]);
  fillLog(env.cluster.log('orders', partition), values);
  env.cluster.wakeFetches();
}

function member(env: SetUp, options: Partial<ConsumerOptions> = {}): Consumer {
  return env.tidelog.consumer({ groupId: GROUP, topics: ['orders'], startFrom: 'earliest', ...options });
}

/** Reads in the background; `seen` grows. */
function reading(consumer: Consumer): { readonly seen: string[]; readonly ended: Promise<void> } {
  const seen: string[] = [];
  const loop = async (): Promise<void> => {
    for await (const record of consumer) seen.push(String(record.value));
  };
  const ended = loop();
  ended.catch(() => undefined);
  return { seen, ended };
}

async function take(consumer: Consumer, count: number): Promise<ConsumerRecord[]> {
  const taken: ConsumerRecord[] = [];
  for await (const record of consumer) if (taken.push(record) === count) break;
  return taken;
}

const partitionsOf = (consumer: Consumer): number[] =>
  consumer
    .assignment()
    .map(({ partition }) => partition)
    .toSorted((a, b) => a - b);
const offsetOf = (env: SetUp, partition = 0): number | undefined =>
  env.cluster.groups.group(GROUP).offsets.get(`orders-${partition}`)?.offset;

describe('a member', () => {
  test('joins, reads everything, commits, and leaves when it is closed', async () => {
    await using env = setUp();
    withTopic(env, 2);
    const consumer = member(env);
    const { seen, ended } = reading(consumer);
    await quiesce();
    expect(seen.toSorted()).toEqual(['0:0', '0:1', '0:2', '1:0', '1:1', '1:2']);
    expect(partitionsOf(consumer)).toEqual([0, 1]);
    expect(consumer.memberEpoch).toBeGreaterThan(0);
    expect(consumer.memberId).toMatch(/^[\w-]{22}$/);
    await consumer.close();
    await ended;
    expect(env.cluster.groups.group(GROUP).members.size).toBe(0);
    // The record that was last is waited for by nobody: the loop had asked for the next one.
    expect([offsetOf(env, 0), offsetOf(env, 1)]).toEqual([3, 3]);
  });

  test('goes on where the group is', async () => {
    await using env = setUp();
    withTopic(env, 1, 5);
    const first = member(env);
    await take(first, 3);
    await first.close();
    expect(offsetOf(env)).toBe(2);
    const second = member(env);
    expect((await take(second, 1))[0]?.offset).toBe(2);
  });
});
