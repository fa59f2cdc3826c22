/** The option table and the topic configs as pages of the reference; run by tooling/reference-docs.js. */
import { describeOption, optionsMarkdown } from '@tidelog/record/options';
import { BROKER_OPTIONS } from '../src/options.ts';
import { TOPIC_CONFIGS } from '../src/topic-config.ts';

const cell = (text) => text.replaceAll('|', '\\|');
const configRows = [...TOPIC_CONFIGS].map(
  ([name, option]) =>
    `| \`${name}\` | ${cell(describeOption(option))} | \`${String(option.default)}\` | ${cell(option.doc)} |`,
);

export const pages = {
  'docs/reference/broker-options.md': `# Options of a broker

\`startBroker(options)\` takes these; \`startTestBroker\` too. An unknown option or a value outside its range is
INVALID_ARGUMENT, and nothing is started. The deployable broker reads them from its environment and its config
file (apps/broker).

${optionsMarkdown(BROKER_OPTIONS)}
`,
  'docs/reference/topic-configs.md': `# Topic configs

What can be set on a topic when it is created and later, by Kafka's names. Changes take effect at once. What is
not set on the topic comes from the broker's \`topicDefaults\`, else it is the default below. An unknown name or a
value outside its range is INVALID_CONFIG.

| config | accepts | default | meaning |
| --- | --- | --- | --- |
${configRows.join('\n')}
`,
};
