/**
 * How the user of this process calls the command, so that the commands which messages suggest work as they are
 * printed: `tidelog`, `npx tidelog`, or `node apps/cli/src/main.ts` for whoever runs a source file.
 */
import { existsSync } from 'node:fs';
import { basename, isAbsolute, join, relative, sep } from 'node:path';
import { readEnvironment, type Environment } from './env.ts';

export interface ProcessFacts extends Environment {
  /** `node` as it was typed. */
  readonly argv0: string;
  /** Node's own options. */
  readonly execArgv: readonly string[];
  /** The absolute path of the script, links not followed. */
  readonly script: string;
  readonly cwd: string;
  readonly exists: (path: string) => boolean;
}

/** The words before the name of a command, quoted for a shell. */
export function invocation(facts: ProcessFacts = factsOfThisProcess()): string {
  const { script, path, isNpx, exists } = facts;
  if (isNpx) return 'npx tidelog';
  // Package managers make a link of this name, or a script that starts the file within the installed package.
  if (basename(script) === 'tidelog' || script.includes(`${sep}node_modules${sep}`)) {
    const isGlobal = path.some(
      (directory) => !directory.endsWith(join('node_modules', '.bin')) && exists(join(directory, 'tidelog')),
    );
    return isGlobal ? 'tidelog' : 'npx tidelog';
  }
  const command = commandOfClone(facts);
  if (command !== undefined) return command;
  return [facts.argv0, ...facts.execArgv, shortPath(script, facts.cwd)].map(quoted).join(' ');
}

/**
 * A clone has a script node_modules/.bin/tidelog that starts the built file, which is all that can be seen of it
 * here. Within the clone npx finds it.
 */
function commandOfClone({ script, cwd, exists }: ProcessFacts): string | undefined {
  const built = join('apps', 'cli', 'dist', 'main.js');
  if (!script.endsWith(`${sep}${built}`)) return undefined;
  const root = script.slice(0, -built.length - 1);
  const bin = join(root, 'node_modules', '.bin', 'tidelog');
  if (!exists(bin)) return undefined;
  return cwd === root || cwd.startsWith(`${root}${sep}`) ? 'npx tidelog' : quoted(shortPath(bin, cwd));
}

const DEFAULT_ADDRESSES: ReadonlySet<string | undefined> = new Set(['localhost:7650', '127.0.0.1:7650']);

/** ` --broker …` for a command that is suggested, empty for the default. */
export function brokerFlag(brokers: readonly string[]): string {
  return brokers.length === 1 && DEFAULT_ADDRESSES.has(brokers[0]) ? '' : ` --broker ${brokers.join(',')}`;
}

function factsOfThisProcess(): ProcessFacts {
  return {
    ...readEnvironment(),
    argv0: process.argv0,
    execArgv: process.execArgv,
    script: process.argv[1] ?? '',
    cwd: process.cwd(),
    exists: existsSync,
  };
}

function shortPath(path: string, cwd: string): string {
  const short = relative(cwd, path);
  return short.startsWith('..') || isAbsolute(short) ? path : short;
}

function quoted(word: string): string {
  return /^[\w@%+=:,./\\-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
