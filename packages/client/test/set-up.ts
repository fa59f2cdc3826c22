/** A fake cluster and a client of it, for tests. */
import type { ClientOptions } from '../src/client-options.ts';
import { Tidelog } from '../src/tidelog.ts';
import { FakeCluster } from './fake-broker.ts';
import { FakeNetwork } from './fake-network.ts';
import { ManualClock } from './manual-clock.ts';
import { seededRandom } from './seeded-random.ts';

export interface SetUp extends AsyncDisposable {
  readonly network: FakeNetwork;
  readonly cluster: FakeCluster;
  readonly clock: ManualClock;
  readonly tidelog: Tidelog;
}

/** Time stands still until `clock.advance`. */
export function setUp(
  options: Partial<ClientOptions> & { readonly brokerIds?: readonly number[] } = {},
): SetUp {
  const { brokerIds = [1], ...clientOptions } = options;
  const network = new FakeNetwork();
  const cluster = new FakeCluster(network, brokerIds);
  const clock = new ManualClock();
  const tidelog = new Tidelog({
    brokers: cluster.addresses,
    network,
    clock,
    random: seededRandom(1),
    ...clientOptions,
  });
  return {
    network,
    cluster,
    clock,
    tidelog,
    async [Symbol.asyncDispose]() {
      // Nothing is flushed: a test that left records behind must not wait for them.
      await tidelog.close({ signal: AbortSignal.abort() }).catch(() => undefined);
    },
  };
}
