/**
 * A state machine of groups as small as can be, for tests of the shell around it: it knows committed offsets and
 * members that wait for each other.
 *
 *     offsetCommit   writes the offsets; answers
 *     offsetFetch    answers with the offset of topic "orders" partition 0
 *     joinGroup      waits
 *     leaveGroup     answers everyone who waits, then itself
 *     heartbeat      makes two groups due after that many milliseconds (its generation), the first of which then
 *                    commits the member id as metadata; answers
 *     deleteGroups   throws: a fault
 *     offsetDelete   writes a record that cannot be applied: a fault
 */
import type { GroupRequests, OffsetCommitRequest } from '../src/group-requests.ts';
import type { AnyGroupCommand, Answer, Decision, DecisionContext } from '../src/groups/group-decision.ts';
import type { GroupRecord } from '../src/groups/group-records.ts';
import type { GroupStateMachine, ShardState } from '../src/groups/group-state-machine.ts';

/** An offset that says that the log was told of a tick. */
export const TICKED = 999;

export class ToyState implements ShardState {
  readonly offsets: Map<string, number> = new Map();
  readonly waiting: number[] = [];
  /** What `decideTopicsChanged` was told. */
  readonly changed: string[][] = [];
  dueMs = Infinity;
  /** What the first of the ticked groups commits. */
  tickMetadata = '';
  loadedAtMs = -1;

  apply(record: GroupRecord): void {
    if (record.type !== 'offsetCommit') throw new Error(`a ${record.type} record cannot be applied`);
    const key = `${record.groupId} ${record.topic} ${record.partition}`;
    if (record.value === null) this.offsets.delete(key);
    else this.offsets.set(key, record.value.offset);
  }

  nextDeadlineMs(): number {
    return this.dueMs;
  }
}

export const TOY_GROUPS: GroupStateMachine<ToyState> = {
  createState: () => new ToyState(),
  onLoaded(state, { monotonicMs }) {
    state.loadedAtMs = monotonicMs;
  },
  decide: decideToy,
  decideTick(state, { nowMs }) {
    state.dueMs = Infinity;
    const records: GroupRecord[] = [];
    for (const [groupId, metadata] of [
      ['ticked-1', state.tickMetadata],
      ['ticked-2', ''],
    ] as const) {
      records.push(offsetRecord({ groupId, topic: 'orders', partition: 0, offset: TICKED, metadata, nowMs }));
    }
    return { records, answers: [] };
  },
  decideTopicsChanged(state, topics) {
    state.changed.push([...topics]);
    return { records: [], answers: [] };
  },
};

/** A commit of one partition of "orders". */
export function toyCommit(groupId: string, offset: number, metadata = ''): OffsetCommitRequest {
  return {
    groupId,
    memberId: '',
    memberEpoch: -1,
    partitions: [
      { topic: 'orders', partition: 0, committedOffset: offset, committedLeaderEpoch: -1, metadata },
    ],
    refuseBeyondLogEnd: false,
  };
}

function decideToy(
  state: ToyState,
  command: AnyGroupCommand,
  { nowMs, monotonicMs }: DecisionContext,
): Decision {
  const { requestId } = command;
  const reply = (
    response: Answer extends infer A ? (A extends { response: infer R } ? R : never) : never,
  ) => ({
    requestId,
    response,
  });
  switch (command.kind) {
    case 'offsetCommit': {
      const { groupId, partitions } = command.request;
      const records = partitions.map(({ topic = '', partition, committedOffset, metadata }) =>
        offsetRecord({ groupId, topic, partition, offset: committedOffset, metadata, nowMs }),
      );
      return { records, answers: [reply({ partitions: partitions.map(() => ({})) })] };
    }
    case 'offsetFetch': {
      const groupId = command.request.groups[0]?.groupId ?? '';
      const committedOffset = state.offsets.get(`${groupId} orders 0`) ?? -1;
      const row = { topic: 'orders', partition: 0, committedOffset, committedLeaderEpoch: -1, metadata: '' };
      return { records: [], answers: [reply({ groups: [{ groupId, partitions: [row] }] })] };
    }
    case 'joinGroup':
      state.waiting.push(requestId);
      return { records: [], answers: [] };
    case 'leaveGroup': {
      const answers: Answer[] = state.waiting
        .splice(0)
        .map((id) => ({ requestId: id, response: joined(id) }));
      return { records: [], answers: [...answers, reply({ members: [] })] };
    }
    case 'heartbeat':
      state.dueMs = monotonicMs + command.request.generationId;
      state.tickMetadata = command.request.memberId;
      return { records: [], answers: [reply({})] };
    case 'offsetDelete': {
      const records: GroupRecord[] = [
        { type: 'classicGroup', groupId: command.request.groupId, value: null },
      ];
      return { records, answers: [reply({ partitions: [] })] };
    }
    default:
      throw new TypeError(`no ${command.kind} here`);
  }
}

function offsetRecord(commit: {
  groupId: string;
  topic: string;
  partition: number;
  offset: number;
  metadata?: string;
  nowMs: number;
}): GroupRecord {
  const { groupId, topic, partition, offset, metadata = '', nowMs } = commit;
  return {
    type: 'offsetCommit',
    groupId,
    topic,
    partition,
    value: { offset, leaderEpoch: -1, metadata, commitTimestampMs: nowMs },
  };
}

function joined(id: number): GroupRequests['joinGroup']['response'] {
  return { generationId: id, leader: '', skipAssignment: false, memberId: '', members: [] };
}
