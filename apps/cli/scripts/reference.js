/** Every command as a page of the reference, from its definition; run by tooling/reference-docs.js. */
import { Writable } from 'node:stream';
import { createProgram } from '../src/program.ts';
import { fullName } from '../src/tidelog-command.ts';

const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
const program = createProgram({ json: false, program: 'tidelog', stdout: nowhere, stderr: nowhere });

const cell = (text) => text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('<', '\\<');

function acceptsOf(option) {
  if (option.argChoices !== undefined) return option.argChoices.map((choice) => `\`${choice}\``).join(', ');
  if (option.parseArg?.accepts !== undefined) return option.parseArg.accepts;
  return option.required ? 'text' : '–';
}

function defaultOf({ negate, defaultValue, defaultValueDescription }) {
  if (negate || defaultValue === undefined) return '–';
  return `\`${defaultValueDescription ?? String(defaultValue)}\``;
}

function section(command) {
  const words = command.registeredArguments.map((argument) => ` ${argument.name().toUpperCase()}`).join('');
  const rows = command.options.map(
    (option) =>
      `| \`${option.flags}\` | ${acceptsOf(option)} | ${defaultOf(option)} | ${cell(option.description)} |`,
  );
  return [
    `## \`${fullName(command)}${words}\``,
    '',
    command.description(),
    '',
    '| option | accepts | default | meaning |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

/** The commands that do something; groups only name them. */
function leavesOf(command) {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leavesOf);
}

export const pages = {
  'docs/reference/cli.md': `# The command line

\`tidelog COMMAND --help\` prints the same. Results go to standard output, everything else to standard error.

| exit code | meaning |
| --- | --- |
| 0 | done, or the reader of the output went away |
| 1 | failed, or interrupted before it was done |
| 2 | wrong usage: an unknown option, a missing argument, a bad value, options that contradict |

${leavesOf(program).map(section).join('\n')}`,
};
