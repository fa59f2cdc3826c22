/**
 * Who had which partition when: a history cut into tenures.
 *
 * A tenure is the time from the moment in which a member was assigned a partition to the moment in which it gave
 * it up, lost it, left or was killed. A member that is stopped keeps its tenures: it does not know better. So
 * tenures of different members may overlap; what must not overlap is what the coordinator accepts from them.
 */
import { keyOf, type GroupEvent } from './group-history.ts';

/** A delivery or a commit with its place in the history. */
export interface Moment {
  /** Its place in the history. */
  readonly index: number;
  readonly atMs: number;
  readonly offset: number;
}

/** One partition's part of a commit. */
export interface TenureCommit extends Moment {
  readonly member: string;
  readonly commitId: number;
  readonly memberEpoch: number;
  /** Set when it was accepted. */
  acknowledged: { readonly index: number; readonly atMs: number; readonly memberEpoch: number } | undefined;
}

export type TenureEnd = 'revoked' | 'lost' | 'killed' | 'closed' | 'open';

export interface Tenure {
  readonly member: string;
  /** Of the partition. */
  readonly key: string;
  readonly startIndex: number;
  readonly startMs: number;
  /** `open`: it lasted when the history ended. */
  end: TenureEnd;
  endIndex: number;
  endMs: number;
  readonly deliveries: Moment[];
  readonly commits: TenureCommit[];
}

/** Something that a member did with a partition that it did not have. */
export interface Stray {
  readonly what: 'delivered' | 'commitAttempted' | 'assigned';
  readonly member: string;
  readonly key: string;
  readonly moment: Moment;
}

export interface Tenures {
  /** By partition, in the order of their starts. */
  readonly byPartition: ReadonlyMap<string, readonly Tenure[]>;
  /** By partition, in the order of their attempts, strays included. */
  readonly commits: ReadonlyMap<string, readonly TenureCommit[]>;
  readonly strays: readonly Stray[];
}

/** Cuts a history into tenures. */
export function tenuresOf(history: readonly GroupEvent[]): Tenures {
  const cutter = new TenureCutter();
  history.forEach((event, index) => cutter.take(event, index));
  return cutter.finish(history);
}

class TenureCutter {
  readonly #byPartition = new Map<string, Tenure[]>();
  readonly #commits = new Map<string, TenureCommit[]>();
  readonly #strays: Stray[] = [];
  /** By member, then by partition. */
  readonly #open = new Map<string, Map<string, Tenure>>();
  readonly #unanswered = new Map<string, TenureCommit[]>();

  take(event: GroupEvent, index: number): void {
    switch (event.type) {
      case 'assigned':
        for (const name of event.partitions) this.#begin(event.member, keyOf(name), { ...event, index });
        return;
      case 'revoked':
      case 'lost':
        for (const name of event.partitions)
          this.#finish(event.member, keyOf(name), event.type, { ...event, index });
        return;
      case 'killed':
      case 'closed':
        for (const key of [...(this.#open.get(event.member)?.keys() ?? [])])
          this.#finish(event.member, key, event.type, { ...event, index });
        return;
      case 'delivered': {
        const moment = { index, atMs: event.atMs, offset: event.offset };
        const tenure = this.#open.get(event.member)?.get(keyOf(event));
        if (tenure === undefined) {
          this.#strays.push({ what: 'delivered', member: event.member, key: keyOf(event), moment });
        } else tenure.deliveries.push(moment);
        return;
      }
      case 'commitAttempted':
        for (const { offset, ...name } of event.offsets) this.#attempt(event, keyOf(name), { index, offset });
        return;
      case 'commitAcknowledged': {
        const { atMs, memberEpoch } = event;
        const name = `${event.member} ${event.commitId}`;
        for (const commit of this.#unanswered.get(name) ?? [])
          commit.acknowledged = { index, atMs, memberEpoch };
        this.#unanswered.delete(name);
        return;
      }
    }
  }

  finish(history: readonly GroupEvent[]): Tenures {
    const endMs = history.at(-1)?.atMs ?? 0;
    for (const tenures of this.#open.values()) {
      for (const tenure of tenures.values()) {
        tenure.endMs = endMs;
        tenure.endIndex = history.length;
      }
    }
    return { byPartition: this.#byPartition, commits: this.#commits, strays: this.#strays };
  }

  #begin(member: string, key: string, { atMs, index }: { atMs: number; index: number }): void {
    let open = this.#open.get(member);
    if (open === undefined) this.#open.set(member, (open = new Map<string, Tenure>()));
    if (open.has(key)) {
      this.#strays.push({ what: 'assigned', member, key, moment: { index, atMs, offset: -1 } });
      return;
    }
    const tenure: Tenure = {
      member,
      key,
      startIndex: index,
      startMs: atMs,
      end: 'open',
      endIndex: index,
      endMs: atMs,
      deliveries: [],
      commits: [],
    };
    open.set(key, tenure);
    listIn(this.#byPartition, key).push(tenure);
  }

  #finish(
    member: string,
    key: string,
    end: TenureEnd,
    { atMs, index }: { atMs: number; index: number },
  ): void {
    const tenure = this.#open.get(member)?.get(key);
    if (tenure === undefined) return;
    this.#open.get(member)?.delete(key);
    tenure.end = end;
    tenure.endMs = atMs;
    tenure.endIndex = index;
  }

  #attempt(
    event: GroupEvent & { type: 'commitAttempted' },
    key: string,
    { index, offset }: { index: number; offset: number },
  ): void {
    const { atMs, member, commitId, memberEpoch } = event;
    const commit: TenureCommit = {
      index,
      atMs,
      offset,
      member,
      commitId,
      memberEpoch,
      acknowledged: undefined,
    };
    listIn(this.#commits, key).push(commit);
    listIn(this.#unanswered, `${member} ${commitId}`).push(commit);
    const tenure = this.#open.get(member)?.get(key);
    if (tenure === undefined) this.#strays.push({ what: 'commitAttempted', member, key, moment: commit });
    else tenure.commits.push(commit);
  }
}

/** The list under a key, made when it is missing. */
export function listIn<T>(lists: Map<string, T[]>, key: string): T[] {
  let list = lists.get(key);
  if (list === undefined) lists.set(key, (list = []));
  return list;
}
