/**
 * A group made of processes: a broker, a steady producer, members that come and go. It owns their directory and
 * reads what they write down; all of it ends with `[Symbol.asyncDispose]`.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { StartBrokerOptions } from '@tidelog/broker';
import { decodeGroupRecord } from '../../../broker/src/groups/group-record-codec.ts';
import type { GroupRecord } from '../../../broker/src/groups/group-records.ts';
import { Tidelog, type Admin } from '../../src/index.ts';
import { ChildProgram } from './child-program.ts';
import { keyOf, mergeHistories, type GroupEvent } from './group-history.ts';
import { HistoryReader, HistoryWriter, machineMs } from './history-file.ts';
import type { MemberSettings } from './member-process.ts';
import type { ProducerSettings } from './producer-process.ts';

export interface GroupWorldOptions {
  readonly partitionCount: number;
  readonly produceIntervalMs: number;
  readonly sessionTimeoutMs: number;
  readonly heartbeatIntervalMs: number;
  readonly commits: MemberSettings['commits'];
  readonly reads: MemberSettings['reads'] | 'mixed';
  /** How long the group may take to settle, or to read what is left. */
  readonly patienceMs: number;
}

interface Member {
  /** `m1.2`: the second life of m1. */
  readonly name: string;
  readonly program: ChildProgram;
  readonly owned: Set<string>;
  isStopped: boolean;
}

const TOPIC = 'orders';
const GROUP = 'billing';
const OFFSETS_TOPIC = '__consumer_offsets';
const POLL_MS = 25;

export class GroupWorld implements AsyncDisposable {
  readonly #options: GroupWorldOptions;
  readonly #directory: string;
  readonly #journal: HistoryWriter;
  readonly #readers = new Map<string, HistoryReader>();
  readonly #members = new Map<string, Member>();
  readonly #lives = new Map<string, number>();
  #broker: ChildProgram | undefined;
  #brokers: readonly string[] = [];
  #producer: ChildProgram | undefined;
  #observer: Tidelog | undefined;
  #observerAdmin: Admin | undefined;
  #lastChangeMs = 0;
  readonly #producedTo = new Map<string, number>();
  readonly #deliveredTo = new Map<string, number>();

  private constructor(options: GroupWorldOptions) {
    this.#options = options;
    this.#directory = mkdtempSync(join(tmpdir(), 'tidelog-group-chaos-'));
    mkdirSync(join(this.#directory, 'compiled'));
    this.#journal = new HistoryWriter(this.#historyPath('world'));
    this.#open('world');
  }

  /** Starts the broker and the producer. */
  static async start(options: GroupWorldOptions): Promise<GroupWorld> {
    const world = new GroupWorld(options);
    try {
      await world.#startBroker();
      const { partitionCount, produceIntervalMs: intervalMs } = options;
      const historyPath = world.#historyPath('producer');
      world.#open('producer');
      const settings: ProducerSettings = {
        brokers: world.#brokers,
        topic: TOPIC,
        partitionCount,
        intervalMs,
        historyPath,
      };
      world.#producer = world.#program('producer-process', settings);
      return world;
    } catch (thrown) {
      await world[Symbol.asyncDispose]();
      throw thrown;
    }
  }

  /** The members that run and are not stopped, by name. */
  get running(): string[] {
    return [...this.#members.values()].filter(({ isStopped }) => !isStopped).map(({ name }) => name);
  }

  /** Starts a member of this name again, or for the first time; returns the name of this life. */
  startMember(name: string): string {
    const life = (this.#lives.get(name) ?? 0) + 1;
    this.#lives.set(name, life);
    const member = `${name}.${life}`;
    this.#open(member);
    const { commits, reads } = this.#options;
    const settings: MemberSettings = {
      member,
      brokers: this.#brokers,
      groupId: GROUP,
      topic: TOPIC,
      historyPath: this.#historyPath(member),
      commits,
      reads: reads !== 'mixed' ? reads : this.#readers.size % 2 === 0 ? 'run' : 'loop',
      commitIntervalMs: 150,
    };
    this.#journal.write({ type: 'started', member });
    const program = this.#program('member-process', settings);
    this.#members.set(member, { name: member, program, owned: new Set(), isStopped: false });
    return member;
  }

  /** `kill -9`. */
  async kill(name: string): Promise<void> {
    const member = this.#member(name);
    this.#members.delete(name);
    // Noted when it is certain: what the process wrote while the signal was on its way lies before it.
    await member.program.kill();
    this.#journal.write({ type: 'killed', member: name });
  }

  /** Stops a member for a time; resolves when it goes on. */
  async stopFor(name: string, durationMs: number): Promise<void> {
    const member = this.#member(name);
    member.isStopped = true;
    this.#journal.write({ type: 'stopped', member: name });
    member.program.signal('SIGSTOP');
    await delay(durationMs);
    member.program.signal('SIGCONT');
    this.#journal.write({ type: 'continued', member: name });
    member.isStopped = false;
  }

  /** Lets a member leave. */
  async close(name: string): Promise<void> {
    const member = this.#member(name);
    this.#members.delete(name);
    await member.program.close();
  }

  /** Kills the broker and starts it again on the same data and port. */
  async restartBroker(): Promise<void> {
    this.#journal.write({ type: 'brokerDown' });
    await this.#broker?.kill();
    await this.#startBroker();
    // Connections come back in their own time: what follows from that is not a stall of the group.
    await delay(this.#options.sessionTimeoutMs);
    this.#journal.write({ type: 'brokerUp' });
  }

  /** Waits until every partition has exactly one owner among the members that run, evenly, and stays so. */
  async settle(): Promise<void> {
    await this.#until('the group did not settle', async () => this.#isEven() && (await this.#isStable()));
    this.#journal.write({ type: 'settled' });
  }

  /** Reads the group's committed offsets from outside. */
  async observeCommitted(): Promise<void> {
    const askedAtMs = machineMs();
    const offsets = await this.#admin.fetchOffsets(GROUP);
    this.#journal.write({
      type: 'committedObserved',
      askedAtMs,
      offsets: offsets.map(({ topic, partition, offset }) => ({ topic, partition, offset })),
    });
  }

  /** Ends producing, waits until all was delivered, and lets the members leave. */
  async drain(): Promise<void> {
    await this.#producer?.close();
    await this.#until('not everything was delivered', () =>
      [...this.#producedTo].every(([key, offset]) => (this.#deliveredTo.get(key) ?? -1) >= offset),
    );
    await this.observeCommitted();
    await Promise.all(this.running.map((name) => this.close(name)));
    await this.observeCommitted();
    this.#refresh();
  }

  /** What the coordinator has written about the group, in the order of its log. */
  async groupLog(): Promise<GroupRecord[]> {
    const consumer = this.#client.consumer({ topics: [OFFSETS_TOPIC], startFrom: 'earliest' });
    const records: GroupRecord[] = [];
    try {
      let left = (await consumer.lag()).reduce((sum, { lag }) => sum + lag, 0);
      for await (const batch of consumer.batches()) {
        for (const { keyBytes, valueBytes } of batch) {
          const { record } = decodeGroupRecord(keyBytes ?? Buffer.alloc(0), valueBytes);
          if (record?.groupId === GROUP) records.push(record);
          left -= 1;
        }
        if (left <= 0) break;
      }
    } finally {
      await consumer.close();
    }
    return records;
  }

  /** All that was written down so far. */
  history(): GroupEvent[] {
    this.#refresh();
    return mergeHistories([...this.#readers.values()].map(({ events }) => events));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#observer?.close().catch(() => undefined);
    const programs = [...this.#members.values()].map(({ program }) => program);
    await Promise.all([...programs, this.#producer, this.#broker].map((program) => program?.kill()));
    for (const reader of this.#readers.values()) reader[Symbol.dispose]();
    rmSync(this.#directory, { recursive: true, force: true });
  }

  #historyPath(writer: string): string {
    return join(this.#directory, `${writer}.jsonl`);
  }

  #open(writer: string): void {
    this.#readers.set(writer, new HistoryReader(this.#historyPath(writer)));
  }

  #program(name: ChildProgram['name'], settings: object): ChildProgram {
    return new ChildProgram(name, settings, { compileCache: join(this.#directory, 'compiled') });
  }

  get #client(): Tidelog {
    return (this.#observer ??= new Tidelog({ brokers: this.#brokers, clientId: 'observer' }));
  }

  get #admin(): Admin {
    return (this.#observerAdmin ??= this.#client.admin());
  }

  #member(name: string): Member {
    const member = this.#members.get(name);
    if (member === undefined) throw new Error(`there is no member ${name}`);
    return member;
  }

  async #startBroker(): Promise<void> {
    const { sessionTimeoutMs, heartbeatIntervalMs, partitionCount } = this.#options;
    const port = Number(this.#brokers[0]?.split(':').at(-1) ?? 0);
    const options: StartBrokerOptions = {
      dataDir: join(this.#directory, 'data'),
      port,
      durability: 'page-cache',
      topics: { [TOPIC]: partitionCount },
      groupConsumerSessionTimeoutMs: sessionTimeoutMs,
      groupConsumerHeartbeatIntervalMs: heartbeatIntervalMs,
    };
    this.#broker = this.#program('broker-process', options);
    this.#brokers = (await this.#broker.message<{ brokers: string[] }>()).brokers;
  }

  /** Reads what is new and keeps the view of who owns what. */
  #refresh(): void {
    for (const reader of this.#readers.values()) {
      for (const event of reader.readNew()) this.#see(event);
    }
    const programs = [...this.#members.values()].map(({ program }) => program);
    for (const program of [this.#broker, this.#producer, ...programs]) {
      if (program?.failure !== undefined) throw new Error(program.failure);
    }
  }

  #see(event: GroupEvent): void {
    if (event.type === 'acknowledged') this.#raise(this.#producedTo, keyOf(event), event.offset);
    if (event.type === 'delivered') this.#raise(this.#deliveredTo, keyOf(event), event.offset);
    if (event.type !== 'assigned' && event.type !== 'revoked' && event.type !== 'lost') return;
    this.#lastChangeMs = machineMs();
    const owned = this.#members.get(event.member)?.owned;
    for (const name of event.partitions) {
      if (event.type === 'assigned') owned?.add(keyOf(name));
      else owned?.delete(keyOf(name));
    }
  }

  #raise(highest: Map<string, number>, key: string, offset: number): void {
    highest.set(key, Math.max(offset, highest.get(key) ?? -1));
  }

  #isEven(): boolean {
    const { partitionCount, heartbeatIntervalMs } = this.#options;
    const owned = [...this.#members.values()]
      .filter(({ isStopped }) => !isStopped)
      .map((member) => member.owned);
    const counts = owned.map(({ size }) => size);
    return (
      machineMs() - this.#lastChangeMs > 2 * heartbeatIntervalMs &&
      counts.reduce((sum, count) => sum + count, 0) === partitionCount &&
      new Set(owned.flatMap((keys) => [...keys])).size === partitionCount &&
      Math.max(...counts) - Math.min(...counts) <= 1
    );
  }

  /** The coordinator counts the members that run and no others, and is done with them. */
  async #isStable(): Promise<boolean> {
    const groups = await this.#admin.describeGroups([GROUP]);
    return groups[0]?.state === 'Stable' && groups[0].members.length === this.running.length;
  }

  async #until(failure: string, condition: () => boolean | Promise<boolean>): Promise<void> {
    const deadlineMs = machineMs() + this.#options.patienceMs;
    for (this.#refresh(); !(await condition()); this.#refresh()) {
      if (machineMs() > deadlineMs) throw new Error(`${failure} within ${this.#options.patienceMs} ms`);
      await delay(POLL_MS);
    }
  }
}
