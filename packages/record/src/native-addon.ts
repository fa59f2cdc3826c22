/**
 * Loads the optional native packages of @tidelog/record (`optionalDependencies`): CRC-32C, lz4 and snappy.
 *
 * A package is looked for once, at its first use and never at start; the outcome is remembered for the life of
 * the process. All three are CommonJS, so that `require` serves the synchronous and the asynchronous callers.
 */
import { createRequire } from 'node:module';
import { TidelogError } from './errors.ts';

/** A loaded package, or the error that loading it gave. */
type Outcome = { readonly addon: unknown } | { readonly failure: unknown };

const outcomes = new Map<string, Outcome>();
let requireAddon: NodeJS.Require | undefined;

function load(packageName: string): Outcome {
  const known = outcomes.get(packageName);
  if (known !== undefined) return known;
  let outcome: Outcome;
  try {
    requireAddon ??= createRequire(import.meta.url);
    outcome = { addon: requireAddon(packageName) };
  } catch (failure) {
    outcome = { failure };
  }
  outcomes.set(packageName, outcome);
  return outcome;
}

/** The exports of an optional package, or undefined when it is not installed or has no build for this platform. */
export function tryLoadAddon<T>(packageName: string): T | undefined {
  const outcome = load(packageName);
  return 'addon' in outcome ? (outcome.addon as T) : undefined;
}

/**
 * The exports of the optional package that a compression codec needs.
 * Throws CODEC_UNAVAILABLE, which names the package and the platform, when it cannot be loaded.
 */
export function loadCodecAddon<T>(packageName: string, compression: string): T {
  const outcome = load(packageName);
  if ('addon' in outcome) return outcome.addon as T;
  throw new TidelogError(
    'CODEC_UNAVAILABLE',
    `compression ${compression} needs the optional package ${packageName}, which cannot be loaded on ` +
      `${process.platform}-${process.arch}; install ${packageName} (without --omit=optional) or use another codec`,
    { cause: outcome.failure },
  );
}
