/** The table of settings in the README; run by tooling/reference-docs.js. */
import { describeOption } from '@tidelog/record/options';
import { variableOf } from '../src/env.ts';
import { SETTINGS, hasVariable } from '../src/settings.ts';

const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const asText = (value) => (typeof value === 'object' ? JSON.stringify(value) : String(value));
const rows = Object.entries(SETTINGS).map(([setting, option]) => {
  const variable = hasVariable(option) ? `\`${variableOf(setting)}\`` : 'only in the file';
  const byDefault = ['', undefined].includes(option.default) ? '–' : `\`${asText(option.default)}\``;
  return `| ${variable} | \`${setting}\` | ${cell(describeOption(option))} | ${byDefault} | ${cell(option.doc)} |`;
});

export const pages = {
  'apps/broker/README.md#settings': [
    '| variable | key in the file | accepts | default | meaning |',
    '| --- | --- | --- | --- | --- |',
    '| `TIDELOG_CONFIG_FILE` | – | a path | – | A JSON file with one object of settings. |',
    ...rows,
  ].join('\n'),
};
