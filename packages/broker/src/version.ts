/** The version of this package, as clients are told it. */
import { createRequire } from 'node:module';

const { version } = createRequire(import.meta.url)('../package.json') as { version: string };

export const BROKER_VERSION: string = version;
