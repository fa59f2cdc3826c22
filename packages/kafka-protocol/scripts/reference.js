/** The table of APIs and versions in the README; run by tooling/reference-docs.js. */
import { API_VERSIONS } from '../src/apis.ts';

const versions = ({ minVersion, maxVersion }) =>
  minVersion === maxVersion ? `${minVersion}` : `${minVersion}–${maxVersion}`;
const rows = API_VERSIONS.map(
  (api) => `| ${api.key} | \`${api.name}\` | ${versions(api)} | ${api.flexibleSince ?? 'never'} |`,
);

export const pages = {
  'packages/kafka-protocol/README.md#apis': `| key | API | versions | flexible since |
| ---: | --- | --- | --- |
${rows.join('\n')}`,
};
