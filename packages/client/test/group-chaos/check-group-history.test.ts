import { describe, expect, test } from 'vitest';
import { checkGroupHistory, describeReport, type GroupLimits } from './check-group-history.ts';
import type { GroupEvent, PartitionName } from './group-history.ts';

const LIMITS: GroupLimits = {
  sessionTimeoutMs: 1000,
  heartbeatIntervalMs: 100,
  maxStallMs: 500,
  slackMs: 50,
};

/** Writes a history of one topic down, step by step; time passes by `wait`. */
class Story {
  readonly events: GroupEvent[] = [];
  #nowMs = 0;
  #commitId = 0;
  readonly #produced = new Map<number, number>();

  wait(ms: number): this {
    this.#nowMs += ms;
    return this;
  }

  produce(partition: number, count = 1): this {
    for (let index = 0; index < count; index++) {
      const offset = this.#produced.get(partition) ?? 0;
      this.#produced.set(partition, offset + 1);
      const value = `${partition}:${offset}`;
      this.events.push({ type: 'acknowledged', atMs: this.#nowMs, topic: 't', partition, offset, value });
    }
    return this;
  }

  assign(member: string, ...partitions: number[]): this {
    return this.#partitions('assigned', member, partitions);
  }

  revoke(member: string, ...partitions: number[]): this {
    return this.#partitions('revoked', member, partitions);
  }

  lose(member: string, ...partitions: number[]): this {
    return this.#partitions('lost', member, partitions);
  }

  deliver(member: string, partition: number, from: number, to: number = from): this {
    for (let offset = from; offset <= to; offset++) {
      const value = `${partition}:${offset}`;
      this.events.push({
        type: 'delivered',
        atMs: this.#nowMs,
        member,
        topic: 't',
        partition,
        offset,
        value,
      });
    }
    return this;
  }

  attempt(member: string, partition: number, offset: number, memberEpoch = 1): number {
    const commitId = this.#commitId++;
    const offsets = [{ topic: 't', partition, offset }];
    this.events.push({ type: 'commitAttempted', atMs: this.#nowMs, member, commitId, memberEpoch, offsets });
    return commitId;
  }

  accept(member: string, commitId: number, memberEpoch = 1): this {
    this.events.push({ type: 'commitAcknowledged', atMs: this.#nowMs, member, commitId, memberEpoch });
    return this;
  }

  commit(member: string, partition: number, offset: number, memberEpoch = 1): this {
    const commitId = this.attempt(member, partition, offset, memberEpoch);
    return this.wait(1).accept(member, commitId, memberEpoch);
  }

  observe(partition: number, offset: number): this {
    const offsets = offset < 0 ? [] : [{ topic: 't', partition, offset }];
    const askedAtMs = this.#nowMs;
    this.wait(1).events.push({ type: 'committedObserved', atMs: this.#nowMs, askedAtMs, offsets });
    return this;
  }

  fault(type: 'killed' | 'stopped' | 'continued' | 'closed', member: string): this {
    this.events.push({ type, atMs: this.#nowMs, member });
    return this;
  }

  mark(type: 'settled' | 'brokerDown' | 'brokerUp'): this {
    this.events.push({ type, atMs: this.#nowMs });
    return this;
  }

  #partitions(type: 'assigned' | 'revoked' | 'lost', member: string, numbers: number[]): this {
    const partitions: PartitionName[] = numbers.map((partition) => ({ topic: 't', partition }));
    this.events.push({ type, atMs: this.#nowMs, member, partitions });
    return this;
  }
}

function rulesOf(story: Story, limits: GroupLimits = LIMITS): string[] {
  const { violations } = checkGroupHistory(story.events, limits);
  return [...new Set(violations.map(({ rule }) => rule))];
}

/** a reads 0 … 4, commits 3, and is killed; b takes over at 3 and reads to the end. */
function takeOver(): Story {
  return new Story()
    .assign('a', 0)
    .produce(0, 5)
    .deliver('a', 0, 0, 4)
    .commit('a', 0, 3)
    .wait(50)
    .fault('killed', 'a')
    .wait(1050)
    .assign('b', 0);
}

describe('a history in which all is well has no violations', () => {
  test('a crash: what was not committed comes again', () => {
    const story = takeOver().deliver('b', 0, 3, 4).commit('b', 0, 5, 2).observe(0, 5);
    const report = checkGroupHistory(story.events, LIMITS);
    expect(describeReport(report)).toBe(JSON.stringify(report.figures));
    expect(report.figures).toMatchObject({
      acknowledgedRecords: 5,
      deliveries: 7,
      duplicates: 2,
      accepted: 2,
      takeOversMs: [1050],
    });
  });

  test('a hand-over, a commit without an answer that was accepted, and a return', () => {
    const story = new Story().assign('a', 0, 1).produce(0, 3).produce(1, 1).deliver('a', 0, 0, 2);
    story.deliver('a', 1, 0).attempt('a', 0, 3);
    story.wait(20).revoke('a', 0).wait(60).assign('b', 0).produce(0, 1).deliver('b', 0, 3);
    story.commit('b', 0, 4, 2).wait(10).revoke('b', 0).wait(10).assign('a', 0);
    story.produce(0).deliver('a', 0, 4).commit('a', 0, 5, 3);
    expect(rulesOf(story)).toEqual([]);
    expect(checkGroupHistory(story.events, LIMITS).figures.longestHandOverMs).toBe(60);
  });

  test('a stopped member goes on for a while, its commit is refused and it learns of its loss', () => {
    const story = new Story().assign('a', 0).produce(0, 4).deliver('a', 0, 0, 1).fault('stopped', 'a');
    story.wait(1060).assign('b', 0).deliver('b', 0, 0, 3).commit('b', 0, 4, 2);
    story.wait(900).fault('continued', 'a').deliver('a', 0, 2).attempt('a', 0, 3);
    story.wait(5).lose('a', 0);
    expect(rulesOf(story)).toEqual([]);
  });

  test('a stopped member learns late that others have what it had', () => {
    const story = new Story().assign('a', 0, 1).assign('b', 2, 3).mark('settled').fault('stopped', 'a');
    story.wait(1050).assign('b', 0, 1).mark('settled').wait(10).fault('continued', 'a').lose('a', 0, 1);
    story.revoke('b', 2, 3).wait(10).assign('a', 2, 3).mark('settled');
    expect(rulesOf(story)).toEqual([]);
  });

  test('a partition in which nothing is produced stands still without blame', () => {
    const story = new Story().assign('a', 0).produce(0).deliver('a', 0, 0).wait(60_000);
    story.produce(0).wait(400).deliver('a', 0, 1);
    expect(rulesOf(story)).toEqual([]);
    expect(checkGroupHistory(story.events, LIMITS).figures.longestStallMs).toBe(400);
  });
});

describe('a planted bug of delivery is found', () => {
  test('a record that nobody was given', () => {
    expect(rulesOf(takeOver().produce(0, 1).deliver('b', 0, 3, 4))).toEqual(['never delivered']);
  });

  test('a start beyond what was committed', () => {
    expect(rulesOf(takeOver().deliver('b', 0, 4))).toEqual(['started where nobody committed']);
  });

  test('a start beyond what was delivered, where commits are unseen', () => {
    const story = new Story().assign('a', 0).produce(0, 5).deliver('a', 0, 0, 2).fault('killed', 'a');
    story.wait(1000).assign('b', 0);
    const limits = { ...LIMITS, hasUnseenCommits: true };
    expect(rulesOf(story.deliver('b', 0, 4), limits)).toEqual([
      'skipped at an assignment',
      'never delivered',
    ]);
  });

  test('a start below what was seen as committed', () => {
    const story = new Story().assign('a', 0).produce(0, 5).deliver('a', 0, 0, 4).observe(0, 4);
    story.fault('killed', 'a').wait(1000).assign('b', 0).deliver('b', 0, 3, 4);
    const limits = { ...LIMITS, hasUnseenCommits: true };
    expect(rulesOf(story, limits)).toEqual(['committed record delivered again']);
  });

  test('a start at the end although nothing was committed', () => {
    const story = new Story().assign('a', 0).produce(0, 3).wait(1).fault('killed', 'a').wait(500);
    story.assign('b', 0).produce(0).deliver('b', 0, 3);
    expect(rulesOf(story)).toEqual(['skipped at an assignment', 'never delivered']);
  });

  test('a start below what was committed', () => {
    expect(rulesOf(takeOver().deliver('b', 0, 0, 4))).toEqual(['committed record delivered again']);
  });

  test('a hole, and a step back, within an assignment', () => {
    const story = new Story().assign('a', 0).produce(0, 3).deliver('a', 0, 0).deliver('a', 0, 2);
    expect(rulesOf(story)).toEqual(['skipped within an assignment', 'never delivered']);
    story.deliver('a', 0, 1);
    expect(rulesOf(story)).toEqual(['skipped within an assignment', 'went back within an assignment']);
  });

  test('a record after the partition was given up', () => {
    const story = new Story().assign('a', 0).produce(0, 2).deliver('a', 0, 0).revoke('a', 0);
    expect(rulesOf(story.deliver('a', 0, 1))).toEqual(['delivered without assignment']);
  });

  test('an assignment of what the member has', () => {
    expect(rulesOf(new Story().assign('a', 0).assign('a', 0))).toEqual(['assigned twice']);
  });

  test('another value than the one that was sent', () => {
    const story = new Story().assign('a', 0).deliver('a', 0, 0);
    story.events.push({
      type: 'acknowledged',
      atMs: 0,
      topic: 't',
      partition: 0,
      offset: 0,
      value: 'another',
    });
    expect(rulesOf(story)).toEqual(['two values at one offset']);
  });
});

describe('a planted bug of committing is found', () => {
  test('a commit of what was not delivered yet', () => {
    const story = new Story().assign('a', 0).produce(0, 2).deliver('a', 0, 0, 1).commit('a', 0, 3);
    expect(rulesOf(story)).toEqual(['committed what was not delivered']);
  });

  test('a commit of a partition that was given up', () => {
    const story = new Story().assign('a', 0).produce(0).deliver('a', 0, 0).revoke('a', 0);
    expect(rulesOf(story.commit('a', 0, 1))).toEqual(['committed what it does not have']);
  });

  test('a commit that takes the offset back', () => {
    const story = new Story().assign('a', 0).produce(0, 3).deliver('a', 0, 0, 2);
    expect(rulesOf(story.commit('a', 0, 3).commit('a', 0, 2))).toEqual(['committed offset went back']);
  });

  test('an accepted offset that is not there any more when someone looks', () => {
    const story = new Story().assign('a', 0).produce(0, 2).deliver('a', 0, 0, 1).commit('a', 0, 1);
    story.commit('a', 0, 2).wait(1);
    expect(rulesOf(story.observe(0, 2))).toEqual([]);
    expect(rulesOf(story.observe(0, 1))).toEqual(['committed offset went back']);
    expect(rulesOf(story.observe(0, -1))).toEqual(['committed offset went back']);
  });

  test('a member that leaves without committing what it worked on', () => {
    const limits = { ...LIMITS, endsCommitted: true };
    const story = new Story().assign('a', 0).produce(0, 2).deliver('a', 0, 0, 1).commit('a', 0, 1).wait(1);
    story.revoke('a', 0).fault('closed', 'a').observe(0, 1);
    expect(rulesOf(story, limits)).toEqual(['left without committing']);
  });

  test('an offset that nobody committed', () => {
    const story = new Story().assign('a', 0).produce(0, 2).deliver('a', 0, 0, 1).commit('a', 0, 1);
    expect(rulesOf(story.wait(1).observe(0, 2))).toEqual(['committed offset from nowhere']);
  });

  test('a former owner whose commit is accepted', () => {
    const story = new Story().assign('a', 0).produce(0, 4).deliver('a', 0, 0, 1).fault('stopped', 'a');
    story.wait(1050).assign('b', 0).deliver('b', 0, 0, 3).fault('continued', 'a').commit('a', 0, 2);
    expect(rulesOf(story)).toEqual(['accepted from a former owner']);
  });

  test('a new owner at the epoch of the old one', () => {
    const story = takeOver().deliver('b', 0, 3, 4).commit('b', 0, 5, 1);
    expect(rulesOf(story)).toEqual(['epochs do not rise']);
    expect(rulesOf(story, { ...LIMITS, mayKeepEpoch: true })).toEqual([]);
    const older = takeOver().deliver('b', 0, 3, 4).commit('b', 0, 5, 0);
    expect(rulesOf(older, { ...LIMITS, mayKeepEpoch: true })).toEqual(['epochs do not rise']);
  });
});

describe('a planted delay is found', () => {
  test('a record that waits though its partition stays', () => {
    const story = new Story().assign('a', 0).produce(0, 2).deliver('a', 0, 0).wait(501).deliver('a', 0, 1);
    expect(rulesOf(story)).toEqual(['stood still']);
  });

  test('a partition that stops for good', () => {
    const story = new Story().assign('a', 0, 1).produce(0, 1).deliver('a', 0, 0).wait(10).produce(0, 1);
    story.wait(600).produce(1).deliver('a', 1, 0);
    expect(rulesOf(story)).toEqual(['never delivered', 'stood still']);
  });

  test('a take-over after the session time-out and a heartbeat', () => {
    const story = new Story().assign('a', 0).produce(0).deliver('a', 0, 0).fault('killed', 'a');
    story.wait(1151).assign('b', 0).deliver('b', 0, 0);
    expect(rulesOf(story)).toEqual(['taken over too late']);
  });

  test('a partition that nobody takes over', () => {
    const story = new Story()
      .assign('a', 0)
      .assign('b', 1)
      .produce(0)
      .deliver('a', 0, 0)
      .fault('killed', 'a');
    story.wait(2000).produce(1).deliver('b', 1, 0);
    expect(rulesOf(story)).toEqual(['taken over too late']);
  });

  test('a hand-over that takes longer than a heartbeat', () => {
    const story = new Story().assign('a', 0).wait(10).revoke('a', 0).wait(151).assign('b', 0);
    expect(rulesOf(story)).toEqual(['handed over too late']);
  });

  test('partitions that change hands between members that stay', () => {
    const story = new Story().assign('a', 0, 1).assign('b', 2, 3).assign('c', 4, 5).mark('settled');
    story.fault('killed', 'c').wait(1000).assign('a', 4).assign('b', 5).revoke('a', 0).assign('b', 0);
    story.revoke('b', 2).assign('a', 2).mark('settled');
    expect(rulesOf(story)).toEqual(['moved without need']);
  });

  test('a partition that is taken away and given back', () => {
    const story = new Story().assign('a', 0).assign('b', 1).mark('settled').wait(1);
    story.revoke('a', 0).wait(10).assign('a', 0).mark('settled');
    expect(rulesOf(story)).toEqual(['moved without need']);
  });

  test('a new member that is given more than its share', () => {
    const story = new Story().assign('a', 0, 1, 2, 3).mark('settled').wait(1).revoke('a', 0, 1, 2).wait(1);
    story.assign('b', 0, 1, 2).mark('settled');
    expect(rulesOf(story)).toEqual(['moved without need']);
  });
});
