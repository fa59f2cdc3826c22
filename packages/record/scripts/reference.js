/** The error table as a page of the reference; run by tooling/reference-docs.js. */
import { LOCAL_ERRORS, WIRE_ERRORS } from '../src/errors.ts';

const retriable = ({ retriable }) => (retriable ? 'yes' : 'no');
const wireRows = Object.entries(WIRE_ERRORS).map(
  ([code, error]) => `| \`${code}\` | ${error.number} | ${retriable(error)} | ${error.description} |`,
);
const localRows = Object.entries(LOCAL_ERRORS).map(
  ([code, error]) => `| \`${code}\` | ${retriable(error)} | ${error.description} |`,
);

export const pages = {
  'docs/reference/errors.md': `# Errors

Every error is a \`TidelogError\`: compare its \`code\`, never its message. \`retriable\` says whether the same
call may succeed later without a change by the caller.

## Errors that brokers answer

Names, numbers and retriable flags are [Kafka's](https://kafka.apache.org/protocol#protocol_error_codes).

| code | number | retriable | meaning |
| --- | --- | --- | --- |
${wireRows.join('\n')}

## Errors that stay in the process that raised them

| code | retriable | meaning |
| --- | --- | --- |
${localRows.join('\n')}
`,
};
