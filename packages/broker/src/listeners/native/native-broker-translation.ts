/** The native protocol's messages about a broker itself ↔ the broker's requests and responses; see native-translation.ts. */
import { fromSafeNumber } from '@tidelog/protocol';
import type { Translation } from './native-fields.ts';

/** The request kind of each api. */
export interface BrokerKindOf {
  DESCRIBE_BROKER: 'describeBroker';
}

/** The translation of each api about a broker. */
export const BROKER_TRANSLATIONS: {
  readonly [A in keyof BrokerKindOf]: Translation<A, BrokerKindOf[A]>;
} = {
  DESCRIBE_BROKER: {
    kind: 'describeBroker',
    request: () => ({}),
    response: ({ storage, startedAtMs, nowMs, listeners, problems, clients, unsupported, ...broker }) => ({
      ...broker,
      startedAtMs: fromSafeNumber(startedAtMs, 'startedAtMs'),
      nowMs: fromSafeNumber(nowMs, 'nowMs'),
      listeners: [...listeners],
      ...storage,
      freeBytes: fromSafeNumber(storage.freeBytes, 'freeBytes'),
      problems: problems.map(({ topic, partition, message }) => ({ topicName: topic, partition, message })),
      clients: clients.map(({ connectedAtMs, requestCount, apis, ...client }) => ({
        ...client,
        connectedAtMs: fromSafeNumber(connectedAtMs, 'connectedAtMs'),
        requestCount: fromSafeNumber(requestCount, 'requestCount'),
        apis: apis.map((use) => ({ ...use, requestCount: fromSafeNumber(use.requestCount, 'requestCount') })),
      })),
      unsupported: unsupported.map(({ requestCount, firstAtMs, lastAtMs, ...row }) => ({
        ...row,
        requestCount: fromSafeNumber(requestCount, 'requestCount'),
        firstAtMs: fromSafeNumber(firstAtMs, 'firstAtMs'),
        lastAtMs: fromSafeNumber(lastAtMs, 'lastAtMs'),
      })),
    }),
  },
};
