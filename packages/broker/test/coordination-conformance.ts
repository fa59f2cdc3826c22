/**
 * What every implementation of `Coordination` must do, as tests: the list at the top of
 * src/coordination/coordination.ts. An implementation calls `coordinationConformance` in a test file of its own.
 */
import { describe, expect, test } from 'vitest';
import { FIRST_VERSION } from '../src/coordination/coordination.ts';
import type {
  BrokerSession,
  Coordination,
  JsonValue,
  MetadataVersion,
} from '../src/coordination/coordination.ts';

/** One chain of metadata and the ways to reach it. */
export interface CoordinationHarness {
  /** Opens the chain; a second open after a close finds what the first one left. */
  open(): Promise<Coordination>;
  /** Lets time pass, so that leases run out. */
  passMs(durationMs: number): Promise<void>;
  close(): Promise<void>;
}

const LEASE_MS = 10_000;

async function register(
  coordination: Coordination,
  brokerId: number,
  records: readonly JsonValue[] = [],
): Promise<BrokerSession> {
  const expected = await coordination.newest();
  const result = await coordination.registerBroker({ expected, brokerId, leaseMs: LEASE_MS, records });
  if (result.outcome !== 'registered') throw new Error(`expected a session, got ${result.outcome}`);
  return result.session;
}

async function commit(
  coordination: Coordination,
  controllerEpoch: number,
  records: readonly JsonValue[],
): Promise<MetadataVersion> {
  const expected = await coordination.newest();
  const result = await coordination.commit({ expected, controllerEpoch, records });
  if (result.outcome !== 'committed') throw new Error(`expected a commit, got ${result.outcome}`);
  return result.at;
}

export function coordinationConformance(name: string, start: () => Promise<CoordinationHarness>): void {
  const withHarness = (
    title: string,
    body: (coordination: Coordination, harness: CoordinationHarness) => Promise<void>,
  ): void =>
    test(title, async () => {
      const harness = await start();
      try {
        await body(await harness.open(), harness);
      } finally {
        await harness.close();
      }
    });

  describe(`${name}: metadata`, () => {
    withHarness('an empty chain is at the first version and reads as nothing', async (coordination) => {
      expect(await coordination.newest()).toEqual(FIRST_VERSION);
      expect(await coordination.read(FIRST_VERSION)).toEqual({ outcome: 'read', entries: [] });
      expect(coordination.generation).not.toBe('');
    });

    withHarness('versions count up by one, and each entry names the id before it', async (coordination) => {
      const session = await register(coordination, 1, [{ a: 0 }]);
      const { controllerEpoch } = await coordination.claimController(session);
      await commit(coordination, controllerEpoch, [{ a: 1 }, { b: 2 }]);
      await commit(coordination, controllerEpoch, [{ a: 3 }]);
      const read = await coordination.read(FIRST_VERSION);
      if (read.outcome !== 'read') throw new Error(read.outcome);
      expect(read.entries.map((entry) => entry.at.version)).toEqual([1, 2, 3]);
      expect(read.entries.map((entry) => entry.records)).toEqual([
        [{ a: 0 }],
        [{ a: 1 }, { b: 2 }],
        [{ a: 3 }],
      ]);
      const ids = read.entries.map((entry) => entry.at.id);
      expect(read.entries.map((entry) => entry.previousId)).toEqual(['', ids[0], ids[1]]);
      expect(new Set(ids).size).toBe(3);
    });

    withHarness('a read gives only what came after the version asked for', async (coordination) => {
      const session = await register(coordination, 1);
      const { controllerEpoch } = await coordination.claimController(session);
      const second = await commit(coordination, controllerEpoch, ['two']);
      await commit(coordination, controllerEpoch, ['three']);
      expect(await coordination.read(second)).toMatchObject({ entries: [{ records: ['three'] }] });
    });

    withHarness('of two commits on one version the second is told of the conflict', async (coordination) => {
      const session = await register(coordination, 1);
      const { controllerEpoch } = await coordination.claimController(session);
      const expected = await coordination.newest();
      const results = await Promise.all([
        coordination.commit({ expected, controllerEpoch, records: ['one'] }),
        coordination.commit({ expected, controllerEpoch, records: ['two'] }),
      ]);
      expect(results.map((result) => result.outcome).sort()).toEqual(['committed', 'conflict']);
      expect((await coordination.newest()).version).toBe(expected.version + 1);
    });

    withHarness(
      'a version with the right number and another id is a conflict, and forked',
      async (coordination) => {
        const session = await register(coordination, 1);
        const { controllerEpoch } = await coordination.claimController(session);
        const elsewhere = { version: 1, id: 'f'.repeat(32) };
        expect(
          await coordination.commit({ expected: elsewhere, controllerEpoch, records: [] }),
        ).toMatchObject({
          outcome: 'conflict',
        });
        expect(await coordination.read(elsewhere)).toMatchObject({ outcome: 'forked' });
        expect(await coordination.read({ version: 9, id: 'a'.repeat(32) })).toMatchObject({
          outcome: 'forked',
        });
      },
    );

    withHarness(
      'what was committed is there after a close, under the same generation',
      async (coordination, harness) => {
        const session = await register(coordination, 1, ['registered']);
        const { controllerEpoch } = await coordination.claimController(session);
        const at = await commit(coordination, controllerEpoch, [{ text: 'ünïcödé' }]);
        const generation = coordination.generation;
        await coordination.close();
        const again = await harness.open();
        expect(again.generation).toBe(generation);
        expect(await again.newest()).toEqual(at);
        expect(await again.read(FIRST_VERSION)).toMatchObject({
          entries: [{ records: ['registered'] }, { records: [{ text: 'ünïcödé' }] }],
        });
      },
    );

    withHarness(
      'a snapshot takes the place of the entries that it covers, after a close too',
      async (coordination, harness) => {
        const session = await register(coordination, 1);
        const { controllerEpoch } = await coordination.claimController(session);
        const at = await commit(coordination, controllerEpoch, ['covered']);
        await commit(coordination, controllerEpoch, ['after']);
        await coordination.saveSnapshot({ at, state: { covered: true } });
        const expected = {
          outcome: 'read',
          snapshot: { at, state: { covered: true } },
          entries: [{ records: ['after'] }],
        };
        expect(await coordination.read(FIRST_VERSION)).toMatchObject(expected);
        expect(await coordination.read(at)).toMatchObject({ entries: [{ records: ['after'] }] });
        await coordination.close();
        const again = await harness.open();
        expect(await again.read(FIRST_VERSION)).toMatchObject(expected);
        const next = await register(again, 1);
        const claim = await again.claimController(next);
        expect(claim.controllerEpoch).toBeGreaterThan(controllerEpoch);
        expect((await commit(again, claim.controllerEpoch, ['more'])).version).toBe(5);
      },
    );

    withHarness('a snapshot of a version that is not in the chain changes nothing', async (coordination) => {
      await register(coordination, 1, ['kept']);
      await coordination.saveSnapshot({ at: { version: 1, id: 'f'.repeat(32) }, state: 'wrong' });
      await coordination.saveSnapshot({ at: { version: 7, id: 'f'.repeat(32) }, state: 'wrong' });
      expect(await coordination.read(FIRST_VERSION)).toMatchObject({ entries: [{ records: ['kept'] }] });
    });

    withHarness('a commit gives a hint to subscribers until they unsubscribe', async (coordination) => {
      const session = await register(coordination, 1);
      const { controllerEpoch } = await coordination.claimController(session);
      const hinted = Promise.withResolvers<string>();
      const unsubscribe = coordination.subscribe((hint) => {
        if (hint === 'metadata') hinted.resolve(hint);
      });
      await commit(coordination, controllerEpoch, ['news']);
      expect(await hinted.promise).toBe('metadata');
      unsubscribe();
    });
  });

  describe(`${name}: sessions and the controller`, () => {
    withHarness('the broker epoch is the version of the registration and rises', async (coordination) => {
      const one = await register(coordination, 1, ['one']);
      const two = await register(coordination, 2, ['two']);
      expect([one.brokerEpoch, two.brokerEpoch]).toEqual([1, 2]);
      expect(await coordination.liveBrokers()).toEqual([1, 2]);
    });

    withHarness('a second broker with the id of a live one is refused', async (coordination) => {
      const session = await register(coordination, 1);
      const expected = await coordination.newest();
      expect(
        await coordination.registerBroker({ expected, brokerId: 1, leaseMs: LEASE_MS, records: [] }),
      ).toEqual({ outcome: 'duplicate', brokerEpoch: session.brokerEpoch });
      expect(await coordination.newest()).toEqual(expected);
    });

    withHarness('a registration on an old version is a conflict', async (coordination) => {
      await register(coordination, 1);
      expect(
        await coordination.registerBroker({
          expected: FIRST_VERSION,
          brokerId: 2,
          leaseMs: LEASE_MS,
          records: [],
        }),
      ).toMatchObject({ outcome: 'conflict', newest: { version: 1 } });
    });

    withHarness(
      'a lease that is renewed goes on, one that is not runs out',
      async (coordination, harness) => {
        const session = await register(coordination, 1);
        await harness.passMs(LEASE_MS * 0.8);
        expect(await session.renew()).toBe(true);
        await harness.passMs(LEASE_MS * 0.8);
        expect(await coordination.liveBrokers()).toEqual([1]);
        await harness.passMs(LEASE_MS);
        expect(await coordination.liveBrokers()).toEqual([]);
      },
    );

    withHarness(
      'a session that another replaced cannot be renewed and ends nothing',
      async (coordination, harness) => {
        const old = await register(coordination, 1);
        await harness.passMs(LEASE_MS * 2);
        const young = await register(coordination, 1);
        expect(young.brokerEpoch).toBeGreaterThan(old.brokerEpoch);
        expect(await old.renew()).toBe(false);
        await old.end();
        expect(await coordination.liveBrokers()).toEqual([1]);
      },
    );

    withHarness('one controller at a time, and its session ends its office', async (coordination) => {
      const [one, two] = [await register(coordination, 1), await register(coordination, 2)];
      expect(await coordination.controller()).toBeUndefined();
      const first = await coordination.claimController(one);
      expect(first.brokerId).toBe(1);
      expect(await coordination.claimController(two)).toEqual(first);
      expect(await coordination.claimController(one)).toEqual(first);
      await one.end();
      expect(await coordination.controller()).toBeUndefined();
      const second = await coordination.claimController(two);
      expect(second.brokerId).toBe(2);
      expect(second.controllerEpoch).toBeGreaterThan(first.controllerEpoch);
    });

    withHarness(
      'a controller whose lease ran out is fenced by the next one',
      async (coordination, harness) => {
        const [one, two] = [await register(coordination, 1), await register(coordination, 2)];
        const first = await coordination.claimController(one);
        await harness.passMs(LEASE_MS * 0.8);
        await two.renew();
        await harness.passMs(LEASE_MS * 0.8);
        const second = await coordination.claimController(two);
        expect(second.brokerId).toBe(2);
        const expected = await coordination.newest();
        const { controllerEpoch } = first;
        expect(await coordination.commit({ expected, controllerEpoch, records: ['late'] })).toEqual({
          outcome: 'fenced',
          controllerEpoch: second.controllerEpoch,
        });
        expect(await coordination.newest()).toEqual(expected);
      },
    );

    withHarness('a session that is over cannot claim', async (coordination) => {
      const session = await register(coordination, 1);
      await session.end();
      await expect(coordination.claimController(session)).rejects.toMatchObject({
        code: 'STALE_BROKER_EPOCH',
      });
    });

    withHarness(
      'after a restart no session lives and the controller epoch goes on rising',
      async (coordination, harness) => {
        const session = await register(coordination, 1);
        const before = await coordination.claimController(session);
        await coordination.close();
        const again = await harness.open();
        expect(await again.liveBrokers()).toEqual([]);
        expect(await again.controller()).toBeUndefined();
        const after = await again.claimController(await register(again, 1));
        expect(after.controllerEpoch).toBeGreaterThan(before.controllerEpoch);
      },
    );

    withHarness('a closed coordination refuses changes, and closing twice is fine', async (coordination) => {
      await coordination.close();
      await coordination.close();
      await expect(
        coordination.commit({ expected: FIRST_VERSION, controllerEpoch: 0, records: [] }),
      ).rejects.toMatchObject({ code: 'CLOSED' });
    });
  });
}
