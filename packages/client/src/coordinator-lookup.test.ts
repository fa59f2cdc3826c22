import { errorNumber, TidelogError, type ErrorCode } from '@tidelog/record/errors';
import { describe, expect, test } from 'vitest';
import { FakeCluster } from '../test/fake-broker.ts';
import { FakeNetwork } from '../test/fake-network.ts';
import { ManualClock, quiesce } from '../test/manual-clock.ts';
import { failureOf } from '../test/outcomes.ts';
import { seededRandom } from '../test/seeded-random.ts';
import { resolveClientOptions, type ClientSettings } from './client-options.ts';
import { ClusterMetadata } from './cluster-metadata.ts';
import { askCoordinator, askCoordinators } from './coordinator-requests.ts';

interface SetUp {
  readonly cluster: FakeCluster;
  readonly clock: ManualClock;
  readonly settings: ClientSettings;
  readonly metadata: ClusterMetadata;
  /** Who coordinates: a broker, or the error that every group gets. */
  coordinator: number | ErrorCode;
}

function setUp(): SetUp {
  const network = new FakeNetwork();
  const clock = new ManualClock();
  const cluster = new FakeCluster(network, [1, 2]);
  const settings = resolveClientOptions({
    brokers: cluster.addresses,
    network,
    clock,
    random: seededRandom(3),
    metadataTimeoutMs: 5_000,
  });
  const test: SetUp = { cluster, clock, settings, metadata: new ClusterMetadata(settings), coordinator: 1 };
  cluster.handlers.FIND_COORDINATOR = ({ groupIds }) => ({
    coordinators: groupIds.map((groupId) => {
      const { coordinator } = test;
      if (typeof coordinator === 'string')
        return { groupId, errorCode: errorNumber(coordinator), brokerId: -1 };
      return { groupId, brokerId: coordinator, host: `broker-${coordinator}`, port: 7650 };
    }),
  });
  return test;
}

const lookups = ({ cluster }: SetUp): number =>
  cluster.requests.filter((api) => api === 'FIND_COORDINATOR').length;

describe('a coordinator lookup', () => {
  test('asks once per group and remembers until it is told that the answer was wrong', async () => {
    const at = setUp();
    const { coordinators } = at.metadata;
    const found = await coordinators.find('billing');
    expect(found).toEqual({ brokerId: 1, endpoint: { host: 'broker-1', port: 7650 } });
    expect(await coordinators.find('billing')).toBe(found);
    expect(lookups(at)).toBe(1);
    at.coordinator = 2;
    coordinators.invalidate('billing', found);
    const moved = await coordinators.find('billing');
    expect(moved.brokerId).toBe(2);
    // A failure of the old one that comes late.
    coordinators.invalidate('billing', found);
    expect(await coordinators.find('billing')).toBe(moved);
    at.metadata.close();
  });

  test('asks again while there is no coordinator, until metadataTimeoutMs', async () => {
    const at = setUp();
    at.coordinator = 'COORDINATOR_NOT_AVAILABLE';
    const finding = at.metadata.coordinators.find('billing');
    await at.clock.advance(1_000);
    at.coordinator = 2;
    await at.clock.advance(2_000);
    expect((await finding).brokerId).toBe(2);

    at.coordinator = 'COORDINATOR_NOT_AVAILABLE';
    const failing = failureOf(at.metadata.coordinators.find('shipping'));
    await at.clock.advance(6_000);
    expect((await failing).code).toBe('COORDINATOR_NOT_AVAILABLE');
    at.metadata.close();
  });

  test('gives up at once on an error that no waiting changes, and when its signal aborts', async () => {
    const at = setUp();
    at.coordinator = 'INVALID_GROUP_ID';
    expect((await failureOf(at.metadata.coordinators.find(''))).code).toBe('INVALID_GROUP_ID');
    at.coordinator = 'COORDINATOR_LOAD_IN_PROGRESS';
    const abort = new AbortController();
    const failing = failureOf(at.metadata.coordinators.find('billing', { signal: abort.signal }));
    await quiesce();
    abort.abort();
    expect((await failing).code).toBe('ABORTED');
    at.metadata.close();
  });
});

describe('asking coordinators', () => {
  test('one request per coordinator; a group whose coordinator moved is asked about again', async () => {
    const at = setUp();
    const asked: string[] = [];
    const asking = askCoordinators(at, ['a', 'b'], ({ brokerId }, groupIds) => {
      asked.push(`${brokerId}:${groupIds.join()}`);
      if (brokerId === 1) at.coordinator = 2;
      return Promise.resolve(
        groupIds.map((groupId) =>
          brokerId === 1 && groupId === 'b'
            ? { groupId, error: new TidelogError('NOT_COORDINATOR', 'moved') }
            : { groupId },
        ),
      );
    });
    await at.clock.advance(1_000);
    expect(await asking).toEqual([{ groupId: 'a' }, { groupId: 'b' }]);
    expect(asked).toEqual(['1:a,b', '2:b']);
    at.metadata.close();
  });

  test('what may not be repeated is not repeated when the answer got lost', async () => {
    const at = setUp();
    at.cluster.handlers.DELETE_GROUPS = () => ({ groups: [{ groupId: 'a' }] });
    at.cluster.onRequest = (api) => (api === 'DELETE_GROUPS' ? 'handle-then-disconnect' : undefined);
    const asking = askCoordinator({ ...at, isRepeatable: false }, 'a', ({ endpoint }) =>
      at.metadata.control.request('DELETE_GROUPS', { groupIds: ['a'] }, { endpoint, isRepeatable: false }),
    );
    expect((await failureOf(asking)).code).toBe('NETWORK_EXCEPTION');
    expect(at.cluster.requests.filter((api) => api === 'DELETE_GROUPS')).toHaveLength(1);
    at.metadata.close();
  });
});
