/**
 * A member of the group in a process of its own: reads, commits, and writes down what happens to it before it goes
 * on. `group-world.ts` starts it, with its settings as JSON; it leaves the group and ends at the message `close`,
 * and ends at once when its parent is gone.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { string, Tidelog, TidelogError, type Consumer } from '../../src/index.ts';
import { keyOf, type PartitionName, type PartitionOffset } from './group-history.ts';
import { HistoryWriter } from './history-file.ts';
import { followParent, leaveParent } from './parent-process.ts';

export interface MemberSettings {
  readonly member: string;
  readonly brokers: readonly string[];
  readonly groupId: string;
  readonly topic: string;
  readonly historyPath: string;
  /** How records are taken: `run` with several partitions at a time, or one loop. */
  readonly reads: 'run' | 'loop';
  /** `program`: the program commits and writes that down. `auto`: the client does, unseen. */
  readonly commits: 'program' | 'auto';
  readonly commitIntervalMs: number;
}

/** Commits one after the other, only what the member has and what the program has worked on. */
class ProgramCommits {
  readonly #history: HistoryWriter;
  readonly #member: string;
  readonly #processed = new Map<string, PartitionOffset>();
  readonly #committed = new Map<string, number>();
  #commitId = 0;
  #queue: Promise<void> = Promise.resolve();

  constructor(history: HistoryWriter, member: string) {
    this.#history = history;
    this.#member = member;
  }

  processed({ topic, partition, offset }: PartitionOffset): void {
    this.#processed.set(keyOf({ topic, partition }), { topic, partition, offset: offset + 1 });
  }

  forget(partitions: readonly PartitionName[]): void {
    for (const key of partitions.map(keyOf)) {
      this.#processed.delete(key);
      this.#committed.delete(key);
    }
  }

  commit(consumer: Consumer<Buffer, string>): Promise<void> {
    this.#queue = this.#queue.then(() => this.#commitNow(consumer));
    return this.#queue;
  }

  async #commitNow(consumer: Consumer<Buffer, string>): Promise<void> {
    const offsets = [...this.#processed].flatMap(([key, at]) =>
      this.#committed.get(key) === at.offset ? [] : [at],
    );
    if (offsets.length === 0) return;
    const commitId = this.#commitId++;
    const member = this.#member;
    this.#history.write({
      type: 'commitAttempted',
      member,
      commitId,
      memberEpoch: consumer.memberEpoch ?? -1,
      offsets,
    });
    try {
      await consumer.commit(offsets);
      const memberEpoch = consumer.memberEpoch ?? -1;
      this.#history.write({ type: 'commitAcknowledged', member, commitId, memberEpoch });
      for (const at of offsets) if (this.#processed.has(keyOf(at))) this.#committed.set(keyOf(at), at.offset);
    } catch (thrown) {
      this.#history.write({ type: 'commitFailed', member, commitId, code: TidelogError.from(thrown).code });
    }
  }
}

async function main(settings: MemberSettings): Promise<void> {
  const { member, topic, groupId, brokers } = settings;
  const history = new HistoryWriter(settings.historyPath);
  const commits = new ProgramCommits(history, member);
  const isCommitting = settings.commits === 'program';
  await using tidelog = new Tidelog({ brokers, clientId: member });
  const consumer = tidelog.consumer({
    groupId,
    topics: [topic],
    startFrom: 'earliest',
    value: string(),
    autoCommit: !isCommitting,
    autoCommitIntervalMs: settings.commitIntervalMs,
    onAssigned: (partitions) => {
      history.write({ type: 'assigned', member, partitions: partitions.map(nameOf) });
    },
    onRevoked: async (partitions, { isLost }) => {
      if (isCommitting && !isLost) await commits.commit(consumer);
      commits.forget(partitions);
      history.write({ type: isLost ? 'lost' : 'revoked', member, partitions: partitions.map(nameOf) });
    },
  });
  const take = (record: PartitionOffset & { readonly value: string | null }): void => {
    const { partition, offset, value } = record;
    history.write({ type: 'delivered', member, topic, partition, offset, value: value ?? '' });
  };
  const closing = followParent();
  const committing = commitRegularly(() => commits.commit(consumer), settings, closing);
  if (settings.reads === 'run') {
    await consumer.run({
      concurrency: 4,
      signal: closing,
      eachMessage: async ({ message }) => {
        take(message);
        await workOn(message);
        commits.processed(message);
      },
    });
  } else {
    for await (const record of consumer.records({ signal: closing })) {
      take(record);
      await workOn(record);
      commits.processed(record);
    }
  }
  await committing;
  await consumer.close();
  history.write({ type: 'closed', member });
  leaveParent();
}

/** Most records take no time, some take a while. */
async function workOn({ offset, partition }: PartitionOffset): Promise<void> {
  if ((offset * 7 + partition * 3) % 23 === 0) await delay(20);
}

async function commitRegularly(
  commit: () => Promise<void>,
  { commits, commitIntervalMs }: MemberSettings,
  signal: AbortSignal,
): Promise<void> {
  while (commits === 'program' && !signal.aborted) {
    await delay(commitIntervalMs, undefined, { signal }).catch(() => undefined);
    await commit();
  }
}

function nameOf({ topic, partition }: PartitionName): PartitionName {
  return { topic, partition };
}

await main(JSON.parse(process.argv[2] ?? '{}') as MemberSettings);
