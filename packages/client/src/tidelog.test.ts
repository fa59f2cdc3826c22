import { describe, expect, test } from 'vitest';
import { failureOf } from '../test/outcomes.ts';
import { setUp } from '../test/set-up.ts';
import { Tidelog } from './tidelog.ts';

describe('connect', () => {
  test('resolves when a broker answers', async () => {
    await using env = setUp();
    await env.tidelog.connect();
  });

  test('names every address and its reason when none answers', async () => {
    await using env = setUp({ brokerIds: [1, 2] });
    env.cluster.stopBroker(1);
    env.cluster.stopBroker(2);
    const error = await failureOf(env.tidelog.connect());
    expect(error.code).toBe('CONNECTION_FAILED');
    expect(error.message).toMatch(/^no broker could be reached: /);
    for (const brokerId of [1, 2]) {
      expect(error.message).toContain(
        `broker-${brokerId}:7650 (connect ECONNREFUSED broker-${brokerId}:7650)`,
      );
    }
  });

  test('can be given up', async () => {
    await using env = setUp();
    env.cluster.onRequest = () => 'drop';
    const abort = new AbortController();
    const connecting = env.tidelog.connect({ signal: abort.signal });
    abort.abort();
    expect((await failureOf(connecting)).code).toBe('ABORTED');
  });

  test('after close is refused', async () => {
    const env = setUp();
    await env.tidelog.close();
    expect((await failureOf(env.tidelog.connect())).code).toBe('CLOSED');
    await env.tidelog.close();
  });
});

describe('options', () => {
  test.each([
    [{}, 'brokers is required: a non-empty array of "host:port" strings'],
    [{ brokers: [] }, 'brokers is '],
    [{ brokers: ['localhost:99999'] }, 'must be a non-empty array of "host:port" strings'],
    [{ brokers: ['http://localhost'] }, 'must be a non-empty array of "host:port" strings'],
    [{ brokers: 'localhost:7650' }, 'must be a non-empty array of "host:port" strings'],
    [{ brokers: ['localhost'], clientID: 'x' }, 'unknown option "clientID"; did you mean "clientId"?'],
    [{ brokers: ['localhost'], requestTimeoutMs: 0 }, 'requestTimeoutMs is 0; it must be an integer from 1'],
    [undefined, "new Tidelog() needs options: { brokers: ['host:port'] }"],
  ])('%j is refused: %s', (options, message) => {
    expect(() => new Tidelog(options as { brokers: string[] })).toThrow(message);
  });

  test.each(['localhost', 'localhost:7650', '10.0.0.1:1', '[::1]:7650', '[::1]'])(
    'the address %s is taken',
    (address) => {
      expect(() => new Tidelog({ brokers: [address] })).not.toThrow();
    },
  );
});
