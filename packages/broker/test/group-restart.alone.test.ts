/**
 * A broker is killed while it commits offsets for many groups, and started again. `TIDELOG_FULL_SIZE=1` makes it
 * 1,000 groups of 10 members, as many as a broker is promised to load within two seconds.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setImmediate as turn } from 'node:timers/promises';
import { TidelogError } from '@tidelog/record/errors';
import { expect, test } from 'vitest';
import { launchBroker } from '../src/launch-broker.ts';
import type { LaunchedBroker } from '../src/launch-broker.ts';
import { ANONYMOUS } from '../src/requests.ts';
import type { RequestContext, RequestKind, RequestOf, ResponseOf } from '../src/requests.ts';
import type { CommittingBrokerSettings } from './committing-broker.ts';

const isFullSize = process.env['TIDELOG_FULL_SIZE'] === '1';
const GROUPS = isFullSize ? 1000 : 200;
const MEMBERS = isFullSize ? 10 : 3;
const COMMITS = isFullSize ? 200_000 : 20_000;
const LOAD_LIMIT_MS = 2000;

interface Promised {
  /** By group and partition: the highest acknowledged offset. */
  readonly offsets: Map<string, number>;
  readonly members: { readonly groupId: string; readonly memberId: string; readonly memberEpoch: number }[];
}

/** Lets the program commit so often and kills it in the middle of it. */
async function commitAndKill(settings: CommittingBrokerSettings, commitCount: number): Promise<Promised> {
  const child = fork(join(import.meta.dirname, 'committing-broker.ts'), [JSON.stringify(settings)], {
    execArgv: ['--conditions=@tidelog/source'],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit');
  const promised: Promised = { offsets: new Map(), members: [] };
  let commits = 0;
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    const [kind, groupId = '', second = '', third = ''] = line.split(' ');
    // The last line may be cut, and then it says nothing.
    if (kind === 'member') promised.members.push({ groupId, memberId: second, memberEpoch: Number(third) });
    if (kind !== 'commit' || third === '') continue;
    const key = `${groupId} ${second}`;
    promised.offsets.set(key, Math.max(Number(third), promised.offsets.get(key) ?? 0));
    if (++commits === commitCount) child.kill('SIGKILL');
  }
  await exited;
  expect(commits).toBeGreaterThanOrEqual(commitCount);
  return promised;
}

class Asker {
  readonly #launched: LaunchedBroker;

  constructor(launched: LaunchedBroker) {
    this.#launched = launched;
  }

  /** Asks until the coordinator answers. */
  async ask<K extends RequestKind>(kind: K, request: RequestOf<K>): Promise<ResponseOf<K>> {
    const context: RequestContext = {
      listener: 'native',
      principal: ANONYMOUS,
      clientId: '',
      clientHost: '127.0.0.1',
      connectionId: 'c',
      signal: new AbortController().signal,
    };
    for (;;) {
      try {
        return await this.#launched.router.dispatch(kind, request, context);
      } catch (thrown) {
        if (!TidelogError.from(thrown).retriable) throw thrown;
        await turn();
      }
    }
  }

  /** By partition: what the group has committed. */
  async committed(groupId: string): Promise<Map<number, number>> {
    for (;;) {
      const groups = [{ groupId, partitions: 'all' as const }];
      const answer = await this.ask('offsetFetch', { groups, requireStable: true });
      const [group] = answer.groups;
      if (group?.error === undefined) {
        return new Map(
          group?.partitions.map(({ partition, committedOffset }) => [partition, committedOffset]),
        );
      }
      if (!group.error.retriable) throw group.error;
      await turn();
    }
  }
}

test.each([
  ['fsync', 0],
  ['page-cache', MEMBERS],
] as const)(
  `killed while ${GROUPS} groups commit (%s, %i members each), the coordinator is back within ${LOAD_LIMIT_MS} ms and no committed offset went back`,
  { timeout: 300_000 },
  async (durability, membersPerGroup) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'tidelog-groups-'));
    try {
      const promised: Promised = { offsets: new Map(), members: [] };
      for (const firstOffset of [0, 50_000]) {
        const settings = { dataDir, durability, groupCount: GROUPS, membersPerGroup, firstOffset };
        const { offsets, members } = await commitAndKill(settings, COMMITS);
        for (const [key, offset] of offsets) promised.offsets.set(key, offset);
        promised.members.splice(0, Infinity, ...members);
        const startMs = performance.now();
        const launched = await launchBroker({ dataDir, durability });
        try {
          await checkPromises(new Asker(launched), promised, startMs);
        } finally {
          await launched.broker.close();
        }
      }
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  },
);

async function checkPromises(asker: Asker, { offsets, members }: Promised, startMs: number): Promise<void> {
  const groupIds = [...new Set([...offsets.keys()].map((key) => key.split(' ')[0] as string))];
  expect(groupIds.length).toBe(GROUPS);
  const answers = await Promise.all(
    groupIds.map(async (groupId) => [groupId, await asker.committed(groupId)] as const),
  );
  const loadMs = performance.now() - startMs;
  const committed = new Map(answers);
  const lost = [...offsets].filter(([key, offset]) => {
    const [groupId = '', partition = ''] = key.split(' ');
    return (committed.get(groupId)?.get(Number(partition)) ?? -1) < offset;
  });
  expect(lost, 'acknowledged commits that went back').toEqual([]);
  if (isFullSize)
    console.log(`${GROUPS} groups answered ${Math.round(loadMs)} ms after the start of the broker`);
  expect(loadMs).toBeLessThan(LOAD_LIMIT_MS);
  // Members are known as they were: they go on at their epochs, without joining again.
  for (const { groupId, memberId, memberEpoch } of members) {
    const answer = await asker.ask('consumerGroupHeartbeat', { groupId, memberId, memberEpoch });
    expect(answer.memberEpoch).toBe(memberEpoch);
  }
}
