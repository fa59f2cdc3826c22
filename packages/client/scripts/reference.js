/** The option tables as a page of the reference; run by tooling/reference-docs.js. */
import { optionsMarkdown } from '@tidelog/record/options';
import { CLIENT_OPTIONS } from '../src/client-options.ts';
import { CONSUMER_OPTIONS } from '../src/consumer/consumer-options.ts';
import { RETRY_OPTIONS } from '../src/consumer/processing/retry-options.ts';
import { PRODUCER_OPTIONS } from '../src/producer/producer-options.ts';

export const pages = {
  'docs/reference/client-options.md': `# Options of the client

Each table belongs to one call. An unknown option, or a value outside its range, throws INVALID_ARGUMENT with the
option, the value and what it may be.

## \`new Tidelog(options)\`

${optionsMarkdown(CLIENT_OPTIONS)}

## \`tidelog.producer(options)\`

${optionsMarkdown(PRODUCER_OPTIONS)}

## \`tidelog.consumer(options)\`

${optionsMarkdown(CONSUMER_OPTIONS)}

## \`consumer.run({ retry })\`

How records that \`eachMessage\` fails with are tried again:
[docs/operations/consumer-groups.md](../operations/consumer-groups.md#when-a-record-cannot-be-handled).

${optionsMarkdown(RETRY_OPTIONS)}

\`tidelog.admin()\` has no options.
`,
};
