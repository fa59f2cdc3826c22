/** What groups cost a broker: heartbeats of many members, commits, and the way back after kill -9. */
import { once } from 'node:events';
import { Tidelog } from '@tidelog/client';
import { encodeRequest, fromSafeNumber, topicIdToBytes } from '@tidelog/protocol';
import { percentile, type Figure } from '../figures.ts';
import type { GroupMember } from '../group-members.ts';
import { joinGroups } from '../group-members.ts';
import { NativeCalls } from '../native-calls.ts';
import { scratchDirectory, startChild, type Child } from '../processes.ts';
import { makeBatch } from '../produce-frames.ts';
import { runRawLoad } from '../raw-load.ts';
import type { Scenario, ScenarioContext } from './scenario.ts';

interface Ready {
  address: string;
}
interface Usage {
  rssBytes: number;
  cpuMicros: NodeJS.CpuUsage;
}
type Durability = 'fsync' | 'page-cache';

const TOPIC = 'bench';
const PARTITIONS = 20;
const GROUPS = 1000;
const MEMBERS_PER_GROUP = 10;
const CONNECTIONS = 8;
const HEARTBEAT_INTERVAL_MS = 5000;
const COMMIT_DEPTH = 512;
const COMMIT_CONNECTIONS = 4;

function startBroker(dataDir: string, durability: Durability): Promise<Child<Ready>> {
  return startChild<Ready>('./broker-process.ts', { dataDir, durability });
}

/** Makes the topic with some records in each partition, and gives its id. */
async function fillTopic(address: string): Promise<Buffer> {
  await using tidelog = new Tidelog({ brokers: [address] });
  const admin = tidelog.admin();
  await admin.createTopics([{ topic: TOPIC, partitions: PARTITIONS }]);
  const [topic] = await admin.describeTopics([TOPIC]);
  if (topic === undefined) throw new Error('the topic that was just created cannot be described');
  const topicId = topicIdToBytes(topic.topicId);
  using calls = await NativeCalls.connect(address);
  const records = makeBatch({ batchBytes: 100_000, valueBytes: 10 });
  const partitions = Array.from({ length: PARTITIONS }, (_, partition) => ({ topicId, partition, records }));
  await calls.call('PRODUCE', { acks: -1, timeoutMs: 30_000, partitions });
  return topicId;
}

async function connectAll(address: string): Promise<NativeCalls[]> {
  return Promise.all(Array.from({ length: CONNECTIONS }, () => NativeCalls.connect(address)));
}

/** Every member heartbeats once per interval, spread evenly; latencies in milliseconds. */
async function beat(members: readonly GroupMember[], durationMs: number): Promise<number[]> {
  const latenciesMs: number[] = [];
  const perMs = members.length / HEARTBEAT_INTERVAL_MS;
  const startedMs = performance.now();
  const answers: Promise<unknown>[] = [];
  let sent = 0;
  for (let elapsedMs = 0; elapsedMs < durationMs; elapsedMs = performance.now() - startedMs) {
    for (; sent < elapsedMs * perMs; sent++) {
      const beganMs = performance.now();
      const member = members[sent % members.length] as GroupMember;
      answers.push(member.heartbeat().then(() => latenciesMs.push(performance.now() - beganMs)));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(answers);
  return latenciesMs;
}

export const groupsScenario: Scenario = {
  name: 'groups',
  title: `${GROUPS} groups of ${MEMBERS_PER_GROUP} members that heartbeat every ${HEARTBEAT_INTERVAL_MS / 1000} s`,
  async run(context) {
    await using directory = await scratchDirectory(context.scratchRoot);
    await using broker = await startBroker(directory.path, 'fsync');
    await fillTopic(broker.ready.address);
    const calls = await connectAll(broker.ready.address);
    const joinedAtMs = performance.now();
    const members = await joinGroups(calls, {
      groups: GROUPS,
      membersPerGroup: MEMBERS_PER_GROUP,
      topic: TOPIC,
      partitions: PARTITIONS,
    });
    const joinSeconds = (performance.now() - joinedAtMs) / 1000;
    await beat(members, 1000);
    const before = await broker.ask<Usage>('usage');
    const durationMs = Math.max(context.durationMs, HEARTBEAT_INTERVAL_MS);
    const latenciesMs = await beat(members, durationMs);
    const after = await broker.ask<Usage>('usage');
    for (const one of calls) one[Symbol.dispose]();
    const cpuMs =
      (after.cpuMicros.user + after.cpuMicros.system - before.cpuMicros.user - before.cpuMicros.system) /
      1000;
    const figures: Figure[] = [
      {
        what: 'heartbeats, p99',
        value: percentile(latenciesMs, 99),
        unit: 'ms',
        target: { value: 50, better: 'less' },
        note: `p50 ${percentile(latenciesMs, 50).toFixed(2)} ms, ${Math.round((latenciesMs.length / durationMs) * 1000)} per second`,
      },
      {
        what: 'CPU of the broker',
        value: (cpuMs / durationMs) * 100,
        unit: '% of a core',
        target: { value: 50, better: 'less' },
        note: `${Math.round(after.rssBytes / 1e6)} MB resident`,
      },
      {
        what: 'all members joined and at rest',
        value: joinSeconds,
        unit: 's',
        note: `${GROUPS * MEMBERS_PER_GROUP} members at once`,
      },
    ];
    return figures;
  },
};

/** The frames of one connection: commits of one partition each, spread over groups and partitions. */
function commitFrames(topicId: Buffer, o: { depth: number; groups: number; first: number }): Buffer[] {
  return Array.from({ length: o.depth }, (_, index) =>
    Buffer.concat(
      encodeRequest('OFFSET_COMMIT', index + 1, {
        groupId: `commits-${(o.first + index) % o.groups}`,
        memberEpoch: -1,
        partitions: [
          {
            topicId,
            partition: index % PARTITIONS,
            committedOffset: fromSafeNumber(1 + index),
            committedLeaderEpochPlusOne: 1,
          },
        ],
      }),
    ),
  );
}

async function commitRate(
  context: ScenarioContext,
  o: { durability: Durability; groups: number },
): Promise<Figure> {
  await using directory = await scratchDirectory(context.scratchRoot);
  await using broker = await startBroker(directory.path, o.durability);
  const { address } = broker.ready;
  const topicId = await fillTopic(address);
  using calls = await NativeCalls.connect(address);
  const groupIds = Array.from({ length: o.groups }, (_, index) => `commits-${index}`);
  await calls.call('FIND_COORDINATOR', { groupIds });
  const frames = Array.from({ length: COMMIT_CONNECTIONS }, (_, connection) =>
    commitFrames(topicId, { depth: COMMIT_DEPTH, groups: o.groups, first: connection * COMMIT_DEPTH }),
  );
  const load = await runRawLoad({ address, frames, durationMs: context.durationMs, warmupMs: 1000 });
  const { partitions } = await calls.call('OFFSET_FETCH', { groupId: 'commits-0', allPartitions: true });
  if (!partitions.some(({ errorCode, committedOffset }) => errorCode === 0 && Number(committedOffset) > 0)) {
    throw new Error('nothing was committed');
  }
  return {
    what: `commits of one partition each, ${o.groups} groups, ${o.durability}`,
    value: load.requestsPerSecond,
    unit: 'per second',
    target: { value: 50_000, better: 'more' },
    note: `${COMMIT_CONNECTIONS} connections, ${COMMIT_DEPTH} in flight each; p50 ${(load.p50Us / 1000).toFixed(1)} ms, p99 ${(load.p99Us / 1000).toFixed(1)} ms`,
  };
}

export const commitsScenario: Scenario = {
  name: 'commits',
  title: 'Committed offsets',
  async run(context) {
    const figures: Figure[] = [];
    for (const durability of ['fsync', 'page-cache'] as const) {
      for (const groups of [1, 100]) figures.push(await commitRate(context, { durability, groups }));
    }
    return figures;
  },
};

/** Commits a partition of every group so many times; the last commits are for offset `last`. */
async function commitAll(calls: readonly NativeCalls[], topicId: Buffer, last: number): Promise<void> {
  for (let offset = 1; offset <= last; offset++) {
    const partitions = [0, 1].map((partition) => ({
      topicId,
      partition,
      committedOffset: fromSafeNumber(offset),
      metadata: '',
    }));
    await Promise.all(
      Array.from({ length: GROUPS }, (_, group) =>
        calls[group % calls.length]?.call('OFFSET_COMMIT', {
          groupId: `simple-${group}`,
          memberEpoch: -1,
          partitions,
        }),
      ),
    );
  }
}

/** Asks for all groups until the broker has loaded them. */
async function allGroups(calls: NativeCalls): Promise<number> {
  for (;;) {
    try {
      return (await calls.call('LIST_GROUPS', {})).groups.length;
    } catch (error) {
      if ((error as { code?: string }).code !== 'COORDINATOR_LOAD_IN_PROGRESS') throw error;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }
}

const COMMITS_PER_GROUP = 200;

export const groupsRestartScenario: Scenario = {
  name: 'groups-restart',
  title: `A coordinator of ${GROUPS} groups after kill -9`,
  async run(context) {
    await using directory = await scratchDirectory(context.scratchRoot);
    const first = await startBroker(directory.path, 'fsync');
    const topicId = await fillTopic(first.ready.address);
    const calls = await connectAll(first.ready.address);
    await joinGroups(calls, {
      groups: GROUPS,
      membersPerGroup: MEMBERS_PER_GROUP,
      topic: TOPIC,
      partitions: PARTITIONS,
    });
    await commitAll(calls, topicId, COMMITS_PER_GROUP);
    first.process.kill('SIGKILL');
    await once(first.process, 'exit');
    for (const one of calls) one[Symbol.dispose]();

    const startedMs = performance.now();
    await using second = await startBroker(directory.path, 'fsync');
    const readyMs = performance.now() - startedMs;
    using again = await NativeCalls.connect(second.ready.address);
    const groups = await allGroups(again);
    const loadedMs = performance.now() - startedMs;
    if (groups !== 2 * GROUPS) throw new Error(`${groups} groups came back, there were ${2 * GROUPS}`);
    for (let group = 0; group < GROUPS; group++) {
      const { partitions } = await again.call('OFFSET_FETCH', {
        groupId: `simple-${group}`,
        allPartitions: true,
      });
      if (partitions.some(({ committedOffset }) => Number(committedOffset) !== COMMITS_PER_GROUP)) {
        throw new Error(`a committed offset of simple-${group} went back`);
      }
    }
    return [
      {
        what: 'spawn to all groups served',
        value: loadedMs / 1000,
        unit: 's',
        target: { value: 2, better: 'less' },
        note: `${GROUPS} groups of ${MEMBERS_PER_GROUP} members, ${GROUPS} that only commit, ${2 * GROUPS * COMMITS_PER_GROUP} commits in the log; listening after ${(readyMs / 1000).toFixed(2)} s`,
      },
    ];
  },
};
