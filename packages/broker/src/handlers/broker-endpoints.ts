/** Where clients reach the brokers of the cluster. */
import type { HandlerContext } from '../broker-core.ts';
import type { BrokerEndpoint } from '../requests.ts';

/** The brokers, by the addresses of the listener that a request came through. */
export function brokerEndpoints({ core, request }: HandlerContext): BrokerEndpoint[] {
  const address = core.advertised.get(request.listener);
  if (address === undefined) return [];
  return [{ brokerId: core.brokerId, ...address, rack: core.options.rack }];
}
