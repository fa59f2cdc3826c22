/**
 * Ranges of versions, as Kafka writes them in its protocol definitions: `3+` (3 and all later ones), `0-4`
 * (inclusive), `2` (exactly that one), and `none`.
 */
import { TidelogError } from '@tidelog/record/errors';

/** A range of versions in Kafka's notation. */
export type Versions = `${number}+` | `${number}-${number}` | `${number}` | 'none';

/** The lowest and the highest version, both inclusive. An empty range has `max` below `min`. */
export interface VersionRange {
  readonly min: number;
  readonly max: number;
}

const EMPTY: VersionRange = { min: 0, max: -1 };
const PATTERN = /^(\d+)(?:(\+)|-(\d+))?$/;
/** Versions are int16 on the wire. */
const MAX_VERSION = 0x7fff;

/**
 * The bounds of a range; `3+` ends at the largest version that there can be.
 *
 * @throws INVALID_ARGUMENT for a text in another form
 */
export function parseVersions(versions: Versions): VersionRange {
  if (versions === 'none') return EMPTY;
  const match = PATTERN.exec(versions);
  if (match === null) {
    throw new TidelogError('INVALID_ARGUMENT', `"${versions}" is no range of versions (3, 0-4, 3+ or none)`);
  }
  const min = Number(match[1]);
  const max = match[2] === '+' ? MAX_VERSION : match[3] === undefined ? min : Number(match[3]);
  return { min, max };
}

/** Is the version within the range? A range that is not given holds none. */
export function includesVersion(versions: Versions | undefined, version: number): boolean {
  if (versions === undefined) return false;
  const { min, max } = parseVersions(versions);
  return Number.isInteger(version) && version >= min && version <= max;
}
