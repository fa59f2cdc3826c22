/**
 * The page docs/reference/kafka-compatibility.md, from the verdicts of the last run.
 */
import { apiNameOf } from '@tidelog/kafka-protocol';
import { CLIENTS } from './clients.ts';
import { LEFT_OUT } from './kafkajs-left-out.ts';
import type { SuiteCounts, Verdicts } from './verdicts.ts';

/** Numbers notes in the order in which they are first needed. */
class Notes {
  readonly #numbers = new Map<string, number>();

  /** The mark of a note, the same for the same text. */
  mark(text: string): string {
    const number = this.#numbers.get(text) ?? this.#numbers.size + 1;
    this.#numbers.set(text, number);
    return `<sup>${number}</sup>`;
  }

  get lines(): string[] {
    return [...this.#numbers].map(([text, number]) => `${number}. ${text}.`);
  }
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function verdictRows({ clients }: Verdicts, notes: Notes): string[] {
  const titles = new Set(clients.flatMap(({ verdicts }) => Object.keys(verdicts)));
  const heads = clients.map(({ name, version }) => {
    const { note } = CLIENTS.find((client) => client.name === name) ?? {};
    return `${name} ${version}${note === undefined ? '' : ` ${notes.mark(note)}`}`;
  });
  return [
    row(['', ...heads]),
    row(['---', ...heads.map(() => '---')]),
    ...[...titles].map((title) =>
      row([
        title,
        ...clients.map(({ verdicts }) => {
          const verdict = verdicts[title];
          if (verdict === undefined) return '';
          return verdict.ok ? 'yes' : `– ${notes.mark(verdict.note)}`;
        }),
      ]),
    ),
  ];
}

const cell = (text: string): string => text.replaceAll('|', '\\|');

function suiteSection({ commit, passed, failed }: SuiteCounts): string {
  const rows = LEFT_OUT.map(({ file, tests, reason }) =>
    row([`\`${file}\``, tests === undefined ? 'all' : `\`${cell(tests.source)}\``, reason]),
  );
  return `## kafkajs's own tests

\`pnpm kafka:kafkajs-suite\` takes the tests of kafkajs (commit ${commit.slice(0, 12)}) that talk to a broker and points them at one of ours. Of those that apply, ${passed} pass and ${failed} fail. Left out:

| file | tests | why |
| --- | --- | --- |
${rows.join('\n')}
`;
}

/** Markdown. */
export function compatibilityPage(verdicts: Verdicts, suite: SuiteCounts): string {
  const notes = new Notes();
  const table = verdictRows(verdicts, notes);
  return `# Kafka clients and what works

\`pnpm kafka:conformance\` starts a broker, drives each client in processes of its own through its Kafka listener, holds what it read and wrote against \`@tidelog/client\` on the same broker, and fails when a verdict is not as below. \`pnpm kafka:conformance --write\` makes the table anew.

A "yes" in a row about writing means that \`@tidelog/client\` then read the same keys, values, headers, timestamps and offsets as the client itself. A "–" says that the client has no such call.

${table.join('\n')}

${notes.lines.join('\n')}

## APIs

What the listener offers in ApiVersions. Transactions, SASL and reassignments are not there yet, and what is not offered is refused. Produce 0–2 are listed because older versions of librdkafka stop compressing where they are missing; they are answered with UNSUPPORTED_VERSION.

| key | API | versions |
| ---: | --- | --- |
${verdicts.apis
  .map(({ apiKey, minVersion, maxVersion }) =>
    row([String(apiKey), apiNameOf(apiKey) ?? 'unknown', `${minVersion}–${maxVersion}`]),
  )
  .join('\n')}

Fetch sessions (KIP-227) are not kept: every answer has session 0, and clients name all their partitions each time. A transactional id is refused with TRANSACTIONAL_ID_AUTHORIZATION_FAILED. A consumer may commit the offsets −1 and −2, as kafkajs does; \`@tidelog/client\` takes them as nothing committed.

${suiteSection(suite)}`;
}
