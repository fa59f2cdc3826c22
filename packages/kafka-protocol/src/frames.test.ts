/**
 * Requests and responses as frames: headers, sizes, versions that are not known, and the ApiVersions exception.
 */
import { TidelogError } from '@tidelog/record/errors';
import { expect, expectTypeOf, test } from 'vitest';
import { API_VERSIONS, apiNameOf, isKnownVersion, type RequestOf } from './apis.ts';
import {
  decodeRequest,
  decodeRequestBody,
  decodeRequestHeader,
  encodeRequest,
  type AnyRequest,
} from './request-frame.ts';
import { decodeResponse, encodeResponse, responseCorrelationId } from './response-frame.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof TidelogError) return error.code;
    throw error;
  }
  throw new Error('nothing was thrown');
}

test('a request is its size, key, version, correlation id, client id and body', () => {
  const pieces = encodeRequest(
    'Heartbeat',
    { apiVersion: 0, correlationId: 5, clientId: 'me' },
    {
      groupId: 'g',
      generationId: 1,
      memberId: 'm',
    },
  );
  const frame = Buffer.concat(pieces);
  expect(frame).toEqual(hex('00000016 000c 0000 00000005 0002 6d65  0001 67 00000001 0001 6d'));
});

test('a flexible request has tagged fields behind its header, whose client id keeps the old form', () => {
  const pieces = encodeRequest(
    'ApiVersions',
    { apiVersion: 3, correlationId: 5, clientId: 'me' },
    {
      clientSoftwareName: 'a',
      clientSoftwareVersion: '1',
    },
  );
  expect(Buffer.concat(pieces).subarray(4)).toEqual(hex('0012 0003 00000005 0002 6d65 00  02 61 02 31 00'));
});

test('a decoded request says which it is, and its body has the type of that', () => {
  const frame = hex('0012 0003 00000005 ffff 00  02 61 02 31 00');
  const request: AnyRequest = decodeRequest(frame);
  if (request.api !== 'ApiVersions') throw new Error('another API');
  expectTypeOf(request.body).toEqualTypeOf<RequestOf<'ApiVersions'>>();
  expect(request.body).toEqual({ clientSoftwareName: 'a', clientSoftwareVersion: '1' });
  expect(request.header).toMatchObject({ apiKey: 18, apiVersion: 3, correlationId: 5, clientId: null });
});

test('tagged fields of a header are kept', () => {
  const frame = hex('0012 0003 00000005 ffff 01 07 02 abcd  02 61 02 31 00');
  const { header, body } = decodeRequest(frame) as Extract<AnyRequest, { api: 'ApiVersions' }>;
  expect(header.unknownTaggedFields).toEqual([{ tag: 7, data: hex('abcd') }]);
  expect(Buffer.concat(encodeRequest('ApiVersions', header, body)).subarray(4)).toEqual(frame);
});

test('the head of a request is read also when its version or its API is not known', () => {
  const newer = decodeRequestHeader(hex('0012 0063 00000005 0002 6d65 00 ff'));
  expect(newer).toMatchObject({
    api: 'ApiVersions',
    apiVersion: 99,
    isKnown: false,
    correlationId: 5,
    clientId: 'me',
  });
  const unknown = decodeRequestHeader(hex('03e7 0000 00000006 ffff'));
  expect(unknown).toMatchObject({
    api: undefined,
    apiKey: 999,
    isKnown: false,
    correlationId: 6,
    clientId: null,
  });
  expect(codeOf(() => decodeRequest(hex('03e7 0000 00000006 ffff')))).toBe('UNSUPPORTED_VERSION');
  expect(codeOf(() => decodeRequest(hex('0012 0063 00000005 ffff')))).toBe('UNSUPPORTED_VERSION');
});

test.each(['', '0012', '0012 0003', '0012 0003 00000005', '0012 0003 00000005 0009 61', '03e7 0000 00'])(
  'the bytes "%s" are no request',
  (bytes) => {
    expect(codeOf(() => decodeRequestHeader(hex(bytes)))).toBe('MALFORMED_FRAME');
  },
);

test('bytes behind a request are refused unless they are allowed, behind a response they are left alone', () => {
  expect(codeOf(() => decodeRequestBody('ApiVersions', 0, hex('00')))).toBe('MALFORMED_FRAME');
  expect(() => decodeRequestBody('ApiVersions', 0, hex('00'), { allowTrailingBytes: true })).not.toThrow();
  const response = Buffer.concat([hex('00000005 0000 00000000'), hex('ff')]);
  expect(decodeResponse('ApiVersions', 0, response)).toMatchObject({
    correlationId: 5,
    body: { apiKeys: [] },
  });
});

test('the header of a flexible response has tagged fields, but never that of ApiVersions', () => {
  const head = { apiVersion: 4, correlationId: 5 };
  const heartbeat = encodeResponse('Heartbeat', head, { errorCode: 27 });
  expect(Buffer.concat(heartbeat)).toEqual(hex('0000000c 00000005 00  00000000 001b 00'));
  const versions = encodeResponse('ApiVersions', head, { errorCode: 0, apiKeys: [] });
  expect(Buffer.concat(versions)).toEqual(hex('0000000c 00000005  0000 01 00000000 00'));
});

test('an ApiVersions request of an unknown version is answered in version 0, and so understood', () => {
  const apiKeys = [{ apiKey: 18, minVersion: 0, maxVersion: 3 }];
  const answer = encodeResponse(
    'ApiVersions',
    { apiVersion: 0, correlationId: 5 },
    { errorCode: 35, apiKeys },
  );
  const frame = Buffer.concat(answer).subarray(4);
  expect(responseCorrelationId(frame)).toBe(5);
  expect(decodeResponse('ApiVersions', 4, frame)).toMatchObject({
    apiVersion: 0,
    body: { errorCode: 35, apiKeys },
  });
});

test('records are views of a request and are put into a response by reference', () => {
  const records = Buffer.alloc(4096, 7);
  const pieces = encodeResponse(
    'Fetch',
    { apiVersion: 12, correlationId: 1 },
    {
      responses: [
        {
          topic: 't',
          partitions: [{ partitionIndex: 0, errorCode: 0, highWatermark: 1, records: [records, records] }],
        },
      ],
    },
  );
  expect(pieces.filter((piece) => piece === records)).toHaveLength(2);
  const frame = Buffer.concat(pieces);
  expect(frame.readInt32BE(0)).toBe(frame.length - 4);
  const [partition] = decodeResponse('Fetch', 12, frame.subarray(4)).body.responses[0]!.partitions;
  expect(partition?.records?.buffer).toBe(frame.buffer);
  expect(partition?.records).toHaveLength(8192);
});

test('an answer that is filled in once fits all versions of its API', () => {
  const partitions = [{ partitionIndex: 0, errorCode: 0, timestamp: -1, offset: 9, leaderEpoch: 4 }];
  for (let apiVersion = 1; apiVersion <= 9; apiVersion++) {
    const body = { throttleTimeMs: 0, topics: [{ name: 'orders', partitions }] };
    const frame = Buffer.concat(
      encodeResponse('ListOffsets', { apiVersion, correlationId: 1 }, body),
    ).subarray(4);
    const leaderEpoch = apiVersion >= 4 ? 4 : -1;
    expect(decodeResponse('ListOffsets', apiVersion, frame).body.topics[0]?.partitions).toEqual([
      { ...partitions[0], leaderEpoch },
    ]);
  }
});

test('keys, names and versions are those that clients expect', () => {
  const table = API_VERSIONS.map(
    ({ key, name, minVersion, maxVersion, flexibleSince }) =>
      `${key} ${name} ${minVersion}-${maxVersion} ${flexibleSince ?? 'never'}`,
  );
  expect(table).toEqual([
    '0 Produce 0-11 9',
    '1 Fetch 4-16 12',
    '2 ListOffsets 1-9 6',
    '3 Metadata 0-12 9',
    '8 OffsetCommit 2-9 8',
    '9 OffsetFetch 1-9 6',
    '10 FindCoordinator 0-5 3',
    '11 JoinGroup 0-9 6',
    '12 Heartbeat 0-4 4',
    '13 LeaveGroup 0-5 4',
    '14 SyncGroup 0-5 4',
    '15 DescribeGroups 0-5 5',
    '16 ListGroups 0-5 3',
    '17 SaslHandshake 0-1 never',
    '18 ApiVersions 0-4 3',
    '19 CreateTopics 2-7 5',
    '20 DeleteTopics 1-6 4',
    '21 DeleteRecords 0-2 2',
    '22 InitProducerId 0-4 2',
    '23 OffsetForLeaderEpoch 2-4 4',
    '24 AddPartitionsToTxn 0-3 3',
    '25 AddOffsetsToTxn 0-3 3',
    '26 EndTxn 0-3 3',
    '28 TxnOffsetCommit 0-3 3',
    '32 DescribeConfigs 1-4 4',
    '33 AlterConfigs 0-2 2',
    '36 SaslAuthenticate 0-2 2',
    '37 CreatePartitions 0-3 2',
    '42 DeleteGroups 0-2 2',
    '44 IncrementalAlterConfigs 0-1 1',
    '45 AlterPartitionReassignments 0-0 0',
    '46 ListPartitionReassignments 0-0 0',
    '47 OffsetDelete 0-0 never',
    '60 DescribeCluster 0-1 0',
    '61 DescribeProducers 0-0 0',
    '65 DescribeTransactions 0-0 0',
    '66 ListTransactions 0-0 0',
    '68 ConsumerGroupHeartbeat 0-1 0',
    '69 ConsumerGroupDescribe 0-1 0',
  ]);
  expect(apiNameOf(1)).toBe('Fetch');
  expect(apiNameOf(27)).toBeUndefined();
  expect([isKnownVersion('Fetch', 3), isKnownVersion('Fetch', 4), isKnownVersion('Fetch', 17)]).toEqual([
    false,
    true,
    false,
  ]);
});
