/** The worked example of docs/formats/native-protocol.md: its bytes are what we write and read. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  decodeRequestBody,
  decodeRequestHeader,
  decodeResponseBody,
  decodeResponseHeader,
  encodeErrorResponse,
  encodeRequest,
  encodeResponse,
  FrameDecoder,
  fromSafeNumber,
  topicIdToBytes,
} from '@tidelog/protocol';
import { RecordBatch, validateBatch } from '@tidelog/record';

const PAGE = new URL('../../../docs/formats/native-protocol.md', import.meta.url);

/** The frames of the page: the pairs of hex digits that begin each line of its hex blocks. */
const frames = [...readFileSync(PAGE, 'utf8').matchAll(/^```hex\n([\s\S]*?)^```$/gm)].map(
  ([, block = '']) => {
    const digits = block.split('\n').map((line) => /^(?:[0-9a-f]{2}(?: |$))*/.exec(line)?.[0] ?? '');
    return Buffer.from(digits.join('').replaceAll(' ', ''), 'hex');
  },
);
const [hello, helloAnswer, produce, produceAnswer, refusal] = frames as [
  Buffer,
  Buffer,
  Buffer,
  Buffer,
  Buffer,
];

function payload(frame: Buffer): Buffer {
  const decoder = new FrameDecoder({ maxFrameBytes: 1000 });
  decoder.push(frame);
  const only = decoder.next() as Buffer;
  expect(decoder.bufferedBytes).toBe(0);
  return only;
}

describe('the worked example', () => {
  test('says hello', () => {
    const body = { protocolVersion: 1, clientId: 'shop' };
    expect(Buffer.concat(encodeRequest('HELLO', 1, body))).toEqual(hello);
    expect(decodeRequestHeader(payload(hello))).toMatchObject({ api: 1, correlationId: 1 });
    const answer = {
      protocolVersion: 1,
      clusterId: 'c',
      brokerId: 1,
      brokerVersion: '0.1.0',
      maxRequestBytes: 104_857_600,
    };
    expect(Buffer.concat(encodeResponse(1, 'HELLO', answer))).toEqual(helloAnswer);
  });

  test('produces a record batch that is valid', () => {
    const head = decodeRequestHeader(payload(produce));
    const { acks, timeoutMs, partitions } = decodeRequestBody('PRODUCE', head.body);
    const [{ topicId, partition, records }] = partitions as [(typeof partitions)[0]];
    expect({ acks, timeoutMs, partition }).toEqual({ acks: -1, timeoutMs: 30_000, partition: 3 });
    expect(topicId).toEqual(topicIdToBytes('ABEiM0RVZneImaq7zN3u_w'));
    expect(validateBatch(records).recordCount).toBe(1);
    const [record] = [...RecordBatch.read(records).records()];
    expect([record?.key?.toString(), record?.value?.toString()]).toEqual(['banana', 'hello']);
    const again = encodeRequest('PRODUCE', 2, {
      acks,
      timeoutMs,
      partitions: [{ topicId, partition, records }],
    });
    expect(Buffer.concat(again)).toEqual(produce);
  });

  test('gets its offset', () => {
    const { correlationId, body } = decodeResponseHeader(payload(produceAnswer));
    const [result] = decodeResponseBody('PRODUCE', body).partitions;
    expect([correlationId, result?.baseOffset.toNumber(), result?.logAppendTimeMs.toNumber()]).toEqual([
      2, 42, -1,
    ]);
    const partitions = [{ baseOffset: fromSafeNumber(42), logAppendTimeMs: fromSafeNumber(-1) }];
    expect(Buffer.concat(encodeResponse(2, 'PRODUCE', { partitions }))).toEqual(produceAnswer);
  });

  test('gets an error', () => {
    expect(Buffer.concat(encodeErrorResponse(3, 'UNSUPPORTED_VERSION', 'no api 99'))).toEqual(refusal);
  });
});
