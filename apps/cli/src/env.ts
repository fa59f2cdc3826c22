/** The only file of the command that reads the environment. */
import { basename, delimiter } from 'node:path';

/** What the environment says about how the command was started. */
export interface Environment {
  /** The directories of PATH. */
  readonly path: readonly string[];
  /** True under `npx tidelog`. */
  readonly isNpx: boolean;
}

/** Reads `variables`, the environment of the process unless given. */
export function readEnvironment(
  variables: Readonly<Record<string, string | undefined>> = process.env,
): Environment {
  const [word = ''] = (variables['npm_lifecycle_script'] ?? '').split(' ');
  return {
    path: (variables['PATH'] ?? '').split(delimiter).filter((directory) => directory !== ''),
    isNpx: variables['npm_lifecycle_event'] === 'npx' && basename(word.replaceAll(/['"]/g, '')) === 'tidelog',
  };
}
