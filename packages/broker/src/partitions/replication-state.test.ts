import { expect, test } from 'vitest';
import fc from 'fast-check';
import { hasEnoughReplicas, initialReplicationState, isLeader, step } from './replication-state.ts';
import type { ReplicationEvent } from './replication-state.ts';

const leader = (minInsyncReplicas = 1) =>
  initialReplicationState({ brokerId: 1, leaderId: 1, leaderEpoch: 3, isrIds: [1], minInsyncReplicas });

test('the high watermark follows what is durable, not what is written', () => {
  const state = leader();
  expect(step(state, { type: 'advanced', logEndOffset: 10, durableOffset: 4 })).toEqual([
    { type: 'highWatermarkAdvanced', highWatermark: 4 },
  ]);
  expect(step(state, { type: 'advanced', logEndOffset: 20, durableOffset: 4 })).toEqual([]);
  expect(step(state, { type: 'advanced', logEndOffset: 20, durableOffset: 20 })).toEqual([
    { type: 'highWatermarkAdvanced', highWatermark: 20 },
  ]);
});

test('with fewer in-sync replicas than asked for it stands still, and goes on when less is asked for', () => {
  const state = leader(2);
  expect(hasEnoughReplicas(state)).toBe(false);
  expect(step(state, { type: 'advanced', logEndOffset: 5, durableOffset: 5 })).toEqual([]);
  expect(step(state, { type: 'configured', minInsyncReplicas: 1 })).toEqual([
    { type: 'highWatermarkAdvanced', highWatermark: 5 },
  ]);
});

test('a newer assignment ends the leadership, an older one is ignored', () => {
  const state = leader();
  const assign = (leaderId: number, leaderEpoch: number): ReplicationEvent => ({
    type: 'assigned',
    leaderId,
    leaderEpoch,
    isrIds: [leaderId],
  });
  expect(step(state, assign(2, 3))).toEqual([]);
  expect(isLeader(state)).toBe(true);
  expect(step(state, assign(2, 4))).toEqual([{ type: 'leadershipLost' }]);
  expect(isLeader(state)).toBe(false);
  expect(step(state, { type: 'advanced', logEndOffset: 5, durableOffset: 5 })).toEqual([]);
});

test('members of the ISR about which nothing is known hold it back', () => {
  const state = initialReplicationState({
    brokerId: 1,
    leaderId: 1,
    leaderEpoch: 0,
    isrIds: [1, 2],
    minInsyncReplicas: 1,
  });
  expect(step(state, { type: 'advanced', logEndOffset: 5, durableOffset: 5 })).toEqual([]);
});

test('whatever happens, high watermark ≤ durable ≤ end, none of them falls, and epochs rise', () => {
  const offsets = fc.tuple(fc.nat({ max: 100 }), fc.nat({ max: 100 })).map(([a, b]) => ({
    logEndOffset: Math.max(a, b),
    durableOffset: Math.min(a, b),
  }));
  const event: fc.Arbitrary<ReplicationEvent> = fc.oneof(
    offsets.map((o): ReplicationEvent => ({ type: 'advanced', ...o })),
    fc
      .record({ leaderId: fc.integer({ min: -1, max: 2 }), leaderEpoch: fc.nat({ max: 9 }) })
      .map((o): ReplicationEvent => ({ type: 'assigned', ...o, isrIds: [o.leaderId] })),
    fc
      .integer({ min: 1, max: 2 })
      .map((n): ReplicationEvent => ({ type: 'configured', minInsyncReplicas: n })),
  );
  fc.assert(
    fc.property(fc.array(event), (events) => {
      const state = leader();
      for (const each of events) {
        const before = { ...state };
        const effects = step(state, each);
        expect(state.highWatermark).toBeLessThanOrEqual(state.durableOffset);
        expect(state.durableOffset).toBeLessThanOrEqual(state.logEndOffset);
        expect(state.highWatermark).toBeGreaterThanOrEqual(before.highWatermark);
        expect(state.leaderEpoch).toBeGreaterThanOrEqual(before.leaderEpoch);
        const advanced = effects.some((effect) => effect.type === 'highWatermarkAdvanced');
        expect(advanced).toBe(state.highWatermark > before.highWatermark);
      }
    }),
  );
});
