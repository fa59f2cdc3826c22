/** `startBroker`: a real broker in this process. */
import type { Broker } from './broker.ts';
import { launchBroker } from './launch-broker.ts';
import type { StartBrokerOptions } from './options.ts';

/**
 * Starts a broker. Without options it listens for native clients on a free port of 127.0.0.1 and keeps its data in
 * a temporary directory that `close` removes; any number of brokers can live in one process.
 *
 * Rejects, with everything closed again, with INVALID_ARGUMENT or INVALID_CONFIG for an option, PORT_IN_USE,
 * DATA_DIR_LOCKED when another broker has the directory, DATA_DIR_NOT_WRITABLE, DATA_DIR_FORMAT when a newer
 * version wrote it, LOG_CORRUPT when its metadata is damaged, ABORTED by `signal`.
 */
export async function startBroker(options?: StartBrokerOptions): Promise<Broker> {
  return (await launchBroker(options)).broker;
}
