/**
 * The tests of kafkajs's own suite that do not apply to one broker of ours, each with the reason. A test that fails
 * and is not here fails the run.
 */

export interface LeftOut {
  /** Below `src/`. */
  readonly file: string;
  /** What the full names of the tests match; all of the file unless given, and then the file is not run. */
  readonly tests?: RegExp;
  readonly reason: string;
}

const TRANSACTIONS = 'there are no transactions yet';
const SECURITY = 'there is no TLS, no SASL and no access control yet';
const REASSIGNMENT = 'partitions are not reassigned yet';
const THREE_BROKERS = 'needs the three brokers of their cluster; this is one';

const files = (reason: string, names: readonly string[]): LeftOut[] =>
  names.map((file) => ({ file, reason }));

export const LEFT_OUT: readonly LeftOut[] = [
  ...files(TRANSACTIONS, [
    'broker/__tests__/addOffsetsToTxn.spec.js',
    'broker/__tests__/addPartitionsToTxn.spec.js',
    'broker/__tests__/endTxn.spec.js',
    'broker/__tests__/txnOffsetCommit.spec.js',
    'consumer/__tests__/controlBatches.spec.js',
    'producer/__tests__/concurrentTransaction.spec.js',
  ]),
  { file: 'broker/__tests__/fetch.spec.js', tests: /transactional/, reason: TRANSACTIONS },
  {
    file: 'broker/__tests__/initProducerId.spec.js',
    reason: 'looks for a transaction coordinator first; idempotent producers are tested elsewhere',
  },
  { file: 'cluster/__tests__/findGroupCoordinator.spec.js', tests: /transactional/, reason: TRANSACTIONS },
  { file: 'consumer/__tests__/consumeMessages.spec.js', tests: /transactions/, reason: TRANSACTIONS },
  {
    file: 'consumer/__tests__/instrumentationEvents.spec.js',
    tests: /control batches/,
    reason: TRANSACTIONS,
  },
  { file: 'producer/index.spec.js', tests: /transactions/, reason: TRANSACTIONS },
  ...files(SECURITY, [
    'admin/__tests__/connection.spec.js',
    'admin/__tests__/createAcls.spec.js',
    'admin/__tests__/deleteAcls.spec.js',
    'admin/__tests__/describeAcls.spec.js',
    'broker/__tests__/createAcls.spec.js',
    'broker/__tests__/deleteAcls.spec.js',
    'broker/__tests__/describeAcls.spec.js',
  ]),
  {
    file: 'broker/__tests__/connect.spec.js',
    tests: /SASL|mechanism|PLAIN|SCRAM|authenticat|session lifetime/,
    reason: SECURITY,
  },
  { file: 'broker/__tests__/disconnect.spec.js', tests: /SASL/, reason: SECURITY },
  { file: 'consumer/__tests__/connection.spec.js', tests: /SSL|SASL/, reason: SECURITY },
  { file: 'producer/index.spec.js', tests: /SSL|SASL/, reason: SECURITY },
  ...files(REASSIGNMENT, [
    'broker/__tests__/alterPartitionReassignments.spec.js',
    'broker/__tests__/listPartitionReassignments.spec.js',
  ]),
  {
    file: 'admin/__tests__/alterPartitionReassignments.spec.js',
    tests: /does not exist|invalid broker|reassign partitions/,
    reason: REASSIGNMENT,
  },
  {
    file: 'admin/__tests__/listPartitionReassignments.spec.js',
    tests: /list reassignments/,
    reason: REASSIGNMENT,
  },
  ...files(THREE_BROKERS, ['admin/__tests__/describeCluster.spec.js']),
  { file: 'admin/__tests__/createTopics.spec.js', tests: /manual replica/, reason: THREE_BROKERS },
  { file: 'admin/__tests__/alterConfigs.spec.js', tests: /alter broker configs/, reason: THREE_BROKERS },
  {
    file: 'admin/__tests__/describeConfigs.spec.js',
    tests: /describe broker configs/,
    reason: THREE_BROKERS,
  },
  {
    file: 'admin/__tests__/deleteTopicRecords.spec.js',
    tests: /in case of retriable error|at least 1 broker error|all broker errors/,
    reason: THREE_BROKERS,
  },
  {
    file: 'broker/__tests__/deleteRecords.spec.js',
    tests: /not the partition leader|all partition errors/,
    reason: THREE_BROKERS,
  },
  {
    file: 'cluster/__tests__/brokerPool.spec.js',
    tests: /#connect|#removeBroker|#hasConnectedBrokers|#refreshMetadata|#findBroker/,
    reason: THREE_BROKERS,
  },
  {
    file: 'cluster/__tests__/findGroupCoordinator.spec.js',
    tests: /across all brokers|ECONNREFUSED/,
    reason: THREE_BROKERS,
  },
  {
    file: 'broker/__tests__/createTopics.spec.js',
    tests: /default replication factor/,
    reason: 'expects the default replication factor of their cluster, 2',
  },
  {
    file: 'broker/__tests__/describeConfigs.spec.js',
    reason: 'expects topic configs that are not there: compression.type, flush.messages and throttles',
  },
  {
    file: 'broker/__tests__/produce.spec.js',
    tests: /max timestamp difference/,
    reason: 'sets message.timestamp.difference.max.ms, which Kafka 4 has no more',
  },
  {
    file: 'broker/__tests__/listOffsets.spec.js',
    tests: /v0/,
    reason: 'ListOffsets 0 is not served, as in Kafka 4',
  },
  {
    file: 'consumer/__tests__/instrumentationEvents.spec.js',
    tests: /request timeout/,
    reason: 'expects a broker to be slower than 1 ms',
  },
  {
    file: 'admin/index.spec.js',
    tests: /request timeout/,
    reason: 'expects a broker to be slower than 1 ms',
  },
];
