import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { launchBroker } from '../src/launch-broker.ts';
import { ANONYMOUS, type RequestContext } from '../src/requests.ts';

const ROUNDS = 3;
const COMMITS_PER_ROUND = 3000;
/** Offsets of one round stay below those of the next. */
const ROUND_OFFSETS = 1_000_000;

const context: RequestContext = {
  listener: 'native',
  principal: ANONYMOUS,
  clientId: '',
  clientHost: '127.0.0.1',
  connectionId: 'c',
  signal: new AbortController().signal,
};

interface Promised {
  /** By `group/partition`: the last offset whose commit was acknowledged. */
  readonly offsets: Map<string, number>;
  /** The epoch of the member that has joined. */
  memberEpoch: number;
}

/** Runs the committing broker until so many commits were acknowledged, and kills it with SIGKILL. */
async function runAndKill(
  dataDir: string,
  run: { durability: string; round: number; promised: Promised },
): Promise<void> {
  const program = join(import.meta.dirname, 'commit-loop-broker.ts');
  const child = fork(program, [dataDir, run.durability, String(run.round * ROUND_OFFSETS)], {
    execArgv: ['--conditions=@tidelog/source'],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit');
  let commits = 0;
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    const [key = '', ...rest] = line.split(' ');
    if (key === 'member') run.promised.memberEpoch = Number(rest[2]);
    else run.promised.offsets.set(key, Number(rest[0]));
    if (++commits === COMMITS_PER_ROUND) child.kill('SIGKILL');
  }
  await exited;
}

test.each(['fsync', 'page-cache'])(
  'killed again and again while groups commit (%s), a broker loads them: no offset goes back, members go on',
  async (durability) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'tidelog-groups-'));
    try {
      const promised: Promised = { offsets: new Map(), memberEpoch: -1 };
      for (let round = 0; round < ROUNDS; round++) await runAndKill(dataDir, { durability, round, promised });
      expect(promised.offsets.size).toBe(80);

      const { router, core, broker } = await launchBroker({ dataDir });
      await core.groups.loaded();
      const { groups } = await router.dispatch(
        'offsetFetch',
        {
          groups: Array.from({ length: 20 }, (_, index) => ({
            groupId: `group-${index}`,
            partitions: 'all' as const,
          })),
          requireStable: false,
        },
        context,
      );
      const committed = new Map<string, number>(
        groups.flatMap(({ groupId, partitions }) =>
          partitions.map((row) => [`${groupId}/${row.partition}`, row.committedOffset] as const),
        ),
      );
      const lost = [...promised.offsets].filter(([key, offset]) => !((committed.get(key) ?? -1) >= offset));
      expect(lost).toEqual([]);

      const { memberEpoch, assignment } = await router.dispatch(
        'consumerGroupHeartbeat',
        { groupId: 'live', memberId: 'member-of-live', memberEpoch: promised.memberEpoch },
        context,
      );
      expect({ memberEpoch, assignment }).toEqual({
        memberEpoch: promised.memberEpoch,
        assignment: undefined,
      });
      await broker.close();
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  },
  60_000,
);
