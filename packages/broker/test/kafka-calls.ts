/**
 * One request through the Kafka door of a broker in memory: the bytes that a client of some version sends are
 * decoded, served, and the bytes of the answer decoded as that client does.
 */
import {
  decodeRequest,
  decodeResponse,
  encodeRequest,
  encodeResponse,
  type ApiName,
  type RequestInput,
  type RequestOf,
  type ResponseOf,
} from '@tidelog/kafka-protocol';
import { TidelogError } from '@tidelog/record/errors';
import type { KafkaAnswer, KafkaApi } from '../src/listeners/kafka/kafka-api.ts';
import { kafkaApis } from '../src/listeners/kafka/kafka-apis.ts';
import type { MemoryBroker } from './memory-broker.ts';

const FRAME_SIZE_BYTES = 4;

/** The answer to one request, in the version of the request. */
export async function kafkaCall<N extends ApiName>(
  broker: MemoryBroker,
  api: N,
  version: number,
  body: RequestInput<N>,
): Promise<ResponseOf<N>> {
  const head = { apiVersion: version, correlationId: 1, clientId: 'test' };
  const frame = Buffer.concat(encodeRequest(api, head, body)).subarray(FRAME_SIZE_BYTES);
  const request = decodeRequest(frame).body as RequestOf<N>;
  const { body: response, release } = await answerOf(broker, api, version, request);
  const answer = Buffer.concat(encodeResponse(api, head, response));
  release?.();
  return decodeResponse(api, version, answer.subarray(FRAME_SIZE_BYTES)).body;
}

async function answerOf<N extends ApiName>(
  broker: MemoryBroker,
  api: N,
  version: number,
  request: RequestOf<N>,
): Promise<KafkaAnswer<N>> {
  const row = kafkaApis().get(api) as unknown as KafkaApi<N> | undefined;
  if (row === undefined) throw new TidelogError('UNSUPPORTED_VERSION', `${api} is not served`);
  try {
    return await row.serve({
      request,
      version,
      dispatch: (kind, internal) => broker.dispatch(kind, internal),
      identify: () => undefined,
      missing: () => undefined,
    });
  } catch (error) {
    return { body: row.refuse(request, TidelogError.from(error), version) };
  }
}
