/** The version of this package, as brokers are told it. */
import { createRequire } from 'node:module';

const { version } = createRequire(import.meta.url)('../package.json') as { version: string };

export const CLIENT_VERSION: string = version;
