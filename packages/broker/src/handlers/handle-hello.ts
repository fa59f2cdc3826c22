/** Hello: what client and broker need to know of each other before they talk. */
import { PROTOCOL_VERSION } from '@tidelog/protocol';
import { TidelogError } from '@tidelog/record/errors';
import type { HandlerContext } from '../broker-core.ts';
import type { HelloRequest, HelloResponse } from '../requests.ts';

/** What this broker can do beyond the first version of the protocol. */
const FEATURES: readonly string[] = [];

/** Rejects with UNSUPPORTED_VERSION. */
export async function handleHello(
  { core }: HandlerContext,
  { protocolVersion }: HelloRequest,
): Promise<HelloResponse> {
  if (!Number.isSafeInteger(protocolVersion) || protocolVersion < 1) {
    throw new TidelogError(
      'UNSUPPORTED_VERSION',
      `the client speaks protocol version ${protocolVersion}; this broker speaks 1 to ${PROTOCOL_VERSION}`,
    );
  }
  return {
    protocolVersion: Math.min(protocolVersion, PROTOCOL_VERSION),
    clusterId: core.clusterId,
    brokerId: core.brokerId,
    brokerVersion: core.brokerVersion,
    features: FEATURES,
    maxRequestBytes: core.options.maxRequestBytes,
  };
}
