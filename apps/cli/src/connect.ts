/** The client that a command uses, from the options that all such commands share. */
import { Tidelog } from '@tidelog/client';

export interface BrokerOptions {
  readonly broker: string[];
  readonly json?: boolean;
}

export function connect(options: BrokerOptions): Tidelog {
  return new Tidelog({ brokers: options.broker, clientId: 'tidelog-cli' });
}
