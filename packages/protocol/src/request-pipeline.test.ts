import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { ErrorCode } from '@tidelog/record/errors';
import { TidelogError } from '@tidelog/record/errors';
import type { ApiName } from './apis.ts';
import { encodeErrorResponse, encodeResponse } from './frame-encoder.ts';
import { decodeRequestHeader } from './message-decoder.ts';
import { RequestPipeline } from './request-pipeline.ts';

const written: Buffer[] = [];
const write = (buffers: Buffer[]): void => {
  written.push(Buffer.concat(buffers).subarray(4));
};
const payload = (buffers: Buffer[]): Buffer => Buffer.concat(buffers).subarray(4);
const error = (code: ErrorCode, message = ''): unknown =>
  expect.objectContaining({ name: 'TidelogError', code, message: expect.stringContaining(message) });
const idOf = (index: number): number => decodeRequestHeader(written[index] as Buffer).correlationId;
const hello = (correlationId: number, clusterId = ''): Buffer =>
  payload(encodeResponse(correlationId, 'HELLO', { clusterId }));

beforeEach(() => {
  written.length = 0;
});

describe('send', () => {
  test('resolves with the answer of its correlation id, in whatever order answers come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([1, 2, 3, 4, 5, 6], { minLength: 6 }), async (order) => {
        const pipeline = new RequestPipeline({ write });
        const answers = order.map(() => pipeline.send('HELLO', {}));
        expect(pipeline.inFlight).toBe(6);
        for (const id of order) pipeline.receive(hello(id, `cluster ${id}`));
        const clusters = (await Promise.all(answers)).map(({ clusterId }) => clusterId);
        expect(clusters).toEqual([1, 2, 3, 4, 5, 6].map((id) => `cluster ${id}`));
        expect(pipeline.inFlight).toBe(0);
      }),
    );
  });

  test("rejects with the broker's error", async () => {
    const pipeline = new RequestPipeline({ write });
    const answer = pipeline.send('METADATA', { allTopics: true });
    pipeline.receive(payload(encodeErrorResponse(1, 'CLUSTER_AUTHORIZATION_FAILED', 'not you')));
    await expect(answer).rejects.toEqual(error('CLUSTER_AUTHORIZATION_FAILED', 'not you'));
  });

  test('rejects a request that cannot be encoded and writes nothing', async () => {
    const pipeline = new RequestPipeline({ write });
    await expect(pipeline.send('FETCH', { maxBytes: -1 })).rejects.toEqual(error('INVALID_ARGUMENT'));
    expect(written).toHaveLength(0);
    expect(pipeline.inFlight).toBe(0);
  });

  test('rejects beyond maxInFlight, until an answer comes', async () => {
    const pipeline = new RequestPipeline({ write, maxInFlight: 2 });
    const answers = [pipeline.send('HELLO', {}), pipeline.send('HELLO', {})];
    expect(pipeline.canSend).toBe(false);
    await expect(pipeline.send('HELLO', {})).rejects.toEqual(error('BUFFER_FULL', '2 requests'));
    pipeline.receive(hello(1));
    expect(pipeline.canSend).toBe(true);
    pipeline.receive(hello(2));
    await Promise.all(answers);
  });

  test('finds its answer even when write delivers it at once', async () => {
    const pipeline: RequestPipeline = new RequestPipeline({
      write: (buffers) => {
        pipeline.receive(hello(decodeRequestHeader(payload(buffers)).correlationId, 'at once'));
      },
    });
    await expect(pipeline.send('HELLO', {})).resolves.toMatchObject({ clusterId: 'at once' });
  });

  test('rejects when write throws, and forgets the request', async () => {
    const pipeline = new RequestPipeline({
      write: () => {
        throw new Error('socket is gone');
      },
    });
    const answer = pipeline.send('HELLO', {}, { deadlineMs: 5 });
    await expect(answer).rejects.toEqual(error('NETWORK_EXCEPTION', 'socket is gone'));
    expect([pipeline.inFlight, pipeline.nextDeadlineMs]).toEqual([0, undefined]);
  });

  test('does not reuse the correlation id of a request in flight when the ids wrap', async () => {
    const pipeline = new RequestPipeline({ write, firstCorrelationId: 2 ** 32 - 1 });
    const answers = [pipeline.send('HELLO', {}), pipeline.send('HELLO', {})];
    expect([idOf(0), idOf(1)]).toEqual([2 ** 32 - 1, 1]);
    const wrapped = new RequestPipeline({ write, firstCorrelationId: 1 });
    const kept = wrapped.send('HELLO', {});
    expect(idOf(2)).toBe(1);
    pipeline.receive(hello(1));
    pipeline.receive(hello(2 ** 32 - 1));
    wrapped.receive(hello(1));
    await Promise.all([...answers, kept]);
  });

  test('remembers how long the broker asked it to wait', async () => {
    const pipeline = new RequestPipeline({ write });
    const answer = pipeline.send('HELLO', {});
    pipeline.receive(payload(encodeResponse(1, 'HELLO', {}, { throttleMs: 120 })));
    await answer;
    expect(pipeline.throttleMs).toBe(120);
  });
});

describe('sendOneWay', () => {
  test('writes a request that nothing waits for', () => {
    const pipeline = new RequestPipeline({ write });
    pipeline.sendOneWay('PRODUCE', { acks: 0 });
    expect(pipeline.inFlight).toBe(0);
    expect(decodeRequestHeader(written[0] as Buffer)).toMatchObject({ api: 3, correlationId: 1 });
  });

  test('throws when the pipeline has failed', () => {
    const pipeline = new RequestPipeline({ write });
    pipeline.fail();
    expect(() => {
      pipeline.sendOneWay('PRODUCE', { acks: 0 });
    }).toThrowError(error('NETWORK_EXCEPTION', 'PRODUCE was not sent') as Error);
  });
});

describe('receive', () => {
  test('throws for an answer to nothing', () => {
    const pipeline = new RequestPipeline({ write });
    expect(() => {
      pipeline.receive(hello(77));
    }).toThrowError(error('MALFORMED_FRAME', 'correlation id 77') as Error);
  });

  test('throws the error of a broker that refuses the connection', () => {
    const pipeline = new RequestPipeline({ write });
    expect(() => {
      pipeline.receive(payload(encodeErrorResponse(0, 'THROTTLING_QUOTA_EXCEEDED', 'too many connections')));
    }).toThrowError(error('THROTTLING_QUOTA_EXCEEDED', 'too many connections') as Error);
    expect(() => {
      pipeline.receive(hello(0));
    }).toThrowError(error('MALFORMED_FRAME', 'correlation id 0') as Error);
  });

  test('throws for a second answer to one request', async () => {
    const pipeline = new RequestPipeline({ write });
    const answer = pipeline.send('HELLO', {});
    pipeline.receive(hello(1));
    await answer;
    expect(() => {
      pipeline.receive(hello(1));
    }).toThrowError(error('MALFORMED_FRAME') as Error);
  });

  test('throws for a body that cannot be decoded and rejects its request with the same error', async () => {
    const pipeline = new RequestPipeline({ write });
    const answer = pipeline.send('HELLO', {});
    const broken = Buffer.from([2, 8, 1, 0x12, 50]);
    const malformed = error('MALFORMED_FRAME', 'HELLO response cannot be decoded') as Error;
    expect(() => {
      pipeline.receive(broken);
    }).toThrowError(malformed);
    await expect(answer).rejects.toEqual(malformed);
  });

  test('throws for a header that cannot be decoded and leaves requests to fail', async () => {
    const pipeline = new RequestPipeline({ write });
    const answer = pipeline.send('HELLO', {});
    expect(() => {
      pipeline.receive(Buffer.from([9, 1]));
    }).toThrowError(error('MALFORMED_FRAME') as Error);
    expect(pipeline.inFlight).toBe(1);
    pipeline.fail(new TidelogError('MALFORMED_FRAME', 'bad header'));
    await expect(answer).rejects.toEqual(error('NETWORK_EXCEPTION', 'bad header'));
  });
});

describe('deadlines', () => {
  test('reject at their time and not before; the earliest one is known', async () => {
    const pipeline = new RequestPipeline({ write });
    expect(pipeline.nextDeadlineMs).toBeUndefined();
    const late = pipeline.send('FETCH', {}, { deadlineMs: 300 });
    const early = pipeline.send('METADATA', {}, { deadlineMs: 100 });
    const never = pipeline.send('HELLO', {});
    expect(pipeline.nextDeadlineMs).toBe(100);
    pipeline.expire(99);
    expect(pipeline.inFlight).toBe(3);
    pipeline.expire(100);
    await expect(early).rejects.toEqual(error('REQUEST_TIMED_OUT', 'METADATA'));
    expect([pipeline.inFlight, pipeline.expired, pipeline.nextDeadlineMs]).toEqual([2, 1, 300]);
    pipeline.expire(1_000_000);
    await expect(late).rejects.toEqual(error('REQUEST_TIMED_OUT', 'FETCH'));
    expect(pipeline.nextDeadlineMs).toBeUndefined();
    pipeline.receive(hello(3));
    await never;
  });

  test('a late answer is dropped in silence, once, even one that cannot be decoded', async () => {
    const pipeline = new RequestPipeline({ write });
    const answer = pipeline.send('HELLO', {}, { deadlineMs: 1 });
    pipeline.expire(1);
    await expect(answer).rejects.toEqual(error('REQUEST_TIMED_OUT'));
    pipeline.receive(Buffer.from([2, 8, 1, 0x12, 50]));
    expect(pipeline.expired).toBe(0);
    expect(() => {
      pipeline.receive(hello(1));
    }).toThrowError(error('MALFORMED_FRAME') as Error);
  });

  test('requests that expired still count against maxInFlight', async () => {
    const pipeline = new RequestPipeline({ write, maxInFlight: 1 });
    const answer = pipeline.send('HELLO', {}, { deadlineMs: 1 });
    pipeline.expire(2);
    await expect(answer).rejects.toEqual(error('REQUEST_TIMED_OUT'));
    expect(pipeline.canSend).toBe(false);
  });

  test('nextDeadlineMs is always the earliest of those in flight', () => {
    const step = fc.oneof(
      fc.record({ send: fc.option(fc.integer({ min: 0, max: 50 }), { nil: Infinity }) }),
      fc.record({ answer: fc.nat(9) }),
      fc.record({ expire: fc.integer({ min: 0, max: 50 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const pipeline = new RequestPipeline({ write });
        const model = new Map<number, number>();
        let lastId = 0;
        for (const next of steps) {
          if ('send' in next) {
            model.set(++lastId, next.send);
            pipeline.send('HELLO', {}, { deadlineMs: next.send }).catch(() => undefined);
          } else if ('answer' in next) {
            const id = [...model.keys()][next.answer];
            if (id === undefined) continue;
            model.delete(id);
            pipeline.receive(hello(id));
          } else {
            for (const [id, deadlineMs] of model) if (deadlineMs <= next.expire) model.delete(id);
            pipeline.expire(next.expire);
          }
          const earliestMs = Math.min(...model.values());
          expect(pipeline.nextDeadlineMs).toBe(earliestMs === Infinity ? undefined : earliestMs);
          expect(pipeline.inFlight).toBe(model.size);
        }
      }),
    );
  });
});

describe('fail', () => {
  test('rejects everything in flight and everything later, and ignores frames that still come', async () => {
    const pipeline = new RequestPipeline({ write });
    const apis: ApiName[] = ['HELLO', 'FETCH'];
    const answers = apis.map((api) => pipeline.send(api, {}, { deadlineMs: 9 }));
    pipeline.fail(new Error('ECONNRESET'));
    pipeline.fail(new Error('again'));
    for (const [index, answer] of answers.entries()) {
      await expect(answer).rejects.toEqual(
        error('NETWORK_EXCEPTION', `before ${apis[index]} was answered; its outcome is unknown: ECONNRESET`),
      );
    }
    expect([pipeline.inFlight, pipeline.canSend, pipeline.nextDeadlineMs]).toEqual([0, false, undefined]);
    await expect(pipeline.send('HELLO', {})).rejects.toMatchObject({
      code: 'NETWORK_EXCEPTION',
      cause: { message: expect.stringContaining('ECONNRESET') as string },
    });
    pipeline.receive(hello(1));
    pipeline.expire(100);
  });

  test('leaves a request that expired as it was', async () => {
    const pipeline = new RequestPipeline({ write });
    const answer = pipeline.send('HELLO', {}, { deadlineMs: 1 });
    pipeline.expire(1);
    pipeline.fail();
    await expect(answer).rejects.toEqual(error('REQUEST_TIMED_OUT'));
    expect(pipeline.expired).toBe(0);
  });
});

test('options out of range are refused by name', () => {
  expect(() => new RequestPipeline({ write, maxInFlight: 0 })).toThrowError(/maxInFlight must be/);
  expect(() => new RequestPipeline({ write, firstCorrelationId: 2 ** 32 })).toThrowError(
    /firstCorrelationId/,
  );
});
