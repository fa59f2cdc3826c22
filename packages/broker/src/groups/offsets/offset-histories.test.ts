/**
 * Random histories of commits, deletions, expiry and topics that come and go, beside a model of plain maps: what is
 * fetched is what the model has, and a loaded state is the live one.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GroupScript } from '../../../test/group-script.ts';

interface PartitionStep {
  readonly do: 'commit' | 'delete';
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
}

interface TopicStep {
  readonly do: 'recreate' | 'removeTopic';
  readonly topic: string;
  /** The coordinator is told at once; else never. */
  readonly isNoticed: boolean;
}

type Step =
  | PartitionStep
  | TopicStep
  | { readonly do: 'deleteGroup'; readonly group: string }
  | { readonly do: 'wait'; readonly ms: number };

const group = fc.constantFrom('g', 'h');
const topic = fc.constantFrom('a', 'b');
const retentionMs = 3_600_000;
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom('commit' as const, 'commit' as const, 'delete' as const),
      group,
      topic,
      partition: fc.nat(2),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('recreate' as const, 'removeTopic' as const),
      topic,
      isNoticed: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('deleteGroup' as const), group }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.constantFrom(1_000, 600_000, 7_200_000),
    }),
  },
);

/** What was committed, by group, topic and partition, for topics that still are the same. */
class Model {
  readonly committed: Map<string, { readonly offset: number; readonly atMs: number }> = new Map();

  forget(isMeant: (place: readonly string[]) => boolean): void {
    for (const key of this.committed.keys()) if (isMeant(key.split('/'))) this.committed.delete(key);
  }
}

class World {
  readonly script: GroupScript = new GroupScript({ offsetsRetentionMs: retentionMs });
  readonly model: Model = new Model();
  #nextOffset = 0;

  constructor() {
    for (const name of ['a', 'b']) this.script.topics.create(name, 3);
  }

  run(what: Step): void {
    const { script, model } = this;
    if (what.do === 'commit') this.#commit(what);
    else if (what.do === 'wait') script.advance(what.ms);
    else if (what.do === 'deleteGroup') {
      script.ask('deleteGroups', { groupIds: [what.group] });
      model.forget(([name]) => name === what.group);
    } else if ('isNoticed' in what) this.#changeTopic(what);
    else {
      script.send('offsetDelete', { groupId: what.group, partitions: [what] });
      model.committed.delete(`${what.group}/${what.topic}/${what.partition}`);
    }
    this.#check();
  }

  #commit({ group: groupId, topic: name, partition }: PartitionStep): void {
    const committedOffset = this.#nextOffset++;
    const row = { topic: name, partition, committedOffset, committedLeaderEpoch: -1, metadata: '' };
    const { partitions } = this.script.ask('offsetCommit', {
      groupId,
      memberId: '',
      memberEpoch: -1,
      partitions: [row],
      refuseBeyondLogEnd: false,
    });
    if (partitions[0]?.error !== undefined) return;
    const key = `${groupId}/${name}/${partition}`;
    this.model.committed.set(key, { offset: committedOffset, atMs: this.script.monotonicMs });
  }

  #changeTopic(what: TopicStep): void {
    this.script.topics.delete(what.topic);
    if (what.do === 'recreate') this.script.topics.create(what.topic, 3);
    if (what.isNoticed) this.script.topicsChanged(what.topic);
    // Whoever asks by name for a topic that is gone may still see its offsets until the coordinator has noticed.
    if (what.isNoticed || what.do === 'recreate') this.model.forget(([, name]) => name === what.topic);
  }

  #check(): void {
    for (const groupId of ['g', 'h']) {
      const groups = [{ groupId, partitions: 'all' as const }];
      const { partitions } = this.script.ask('offsetFetch', { groups, requireStable: false }).groups[0]!;
      const fetched = new Map(
        partitions.map((row) => [`${groupId}/${row.topic}/${row.partition}`, row.committedOffset]),
      );
      for (const [key, offset] of fetched) {
        // A topic that was deleted unnoticed and created again is another one.
        if (this.model.committed.has(key)) expect(offset).toBe(this.model.committed.get(key)?.offset);
        else expect(this.script.topics.named(key.split('/')[1]!)).toBeUndefined();
      }
      for (const [key, { atMs }] of this.model.committed) {
        const isOld = this.script.monotonicMs - atMs >= retentionMs;
        if (key.startsWith(`${groupId}/`) && !isOld) expect(fetched.has(key)).toBe(true);
      }
    }
    const { offsets } = this.script.loaded();
    expect(offsets.count).toBe(this.script.state.offsets.count);
    for (const groupId of offsets.groupIds()) {
      expect([...offsets.offsetsOf(groupId)].map(show).sort()).toEqual(
        [...this.script.state.offsets.offsetsOf(groupId)].map(show).sort(),
      );
    }
  }
}

function show(row: unknown): string {
  return JSON.stringify(row);
}

test('what is fetched is what was committed last and has not ended, and a load gives the same', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80, size: 'max' }), (steps) => {
      const world = new World();
      for (const each of steps) world.run(each);
    }),
    { numRuns: 200 },
  );
});
