/**
 * Tells a torn tail, which is cut off, from bit rot, which is never cut off by itself.
 *
 * What lies below the recovery point was durable, so damage there is bit rot. Above it:
 * - Nothing valid follows: the write that was under way, cut short. Truncated and reported; on a single replica a
 *   last batch that rotted looks the same.
 * - Something valid follows and only the process died: writes reach the page cache in order, so this is bit rot.
 * - Something valid follows and the machine went down: the disk may have kept a later write and not an earlier
 *   one, neither of them synced. Such a hole shows: the bytes that were never written are zeros. In page-cache
 *   mode nothing above the recovery point was promised to survive; in fsync mode only a hole is cut off, and
 *   other damage is bit rot. When a part of the journal was lost, a hole may have held what was in it, and
 *   nothing is cut off.
 * - Something valid follows, and a sync failed before the process died: what the kernel forgot since looks as after a
 *   power loss.
 */
import type { LastShutdown } from './log-options.ts';

export interface Damage {
  /** Offsets that were durable are affected. */
  readonly isBelowRecoveryPoint: boolean;
  /** A whole batch with the right CRC lies behind the damage, in this segment or a later one. */
  readonly isFollowedByValid: boolean;
  /** The damaged bytes hold a run of zeros as only bytes that were never written do. */
  readonly looksUnwritten: boolean;
  readonly lastShutdown: LastShutdown;
  /** Part of the journal was lost, which may have held what is missing. */
  readonly isJournalDamaged: boolean;
  readonly durability: 'fsync' | 'page-cache';
}

export type DamageVerdict = 'truncate' | 'quarantine';

export function judgeDamage(damage: Damage): DamageVerdict {
  if (damage.isBelowRecoveryPoint) return 'quarantine';
  if (!damage.isFollowedByValid) return 'truncate';
  if (damage.lastShutdown === 'clean' || damage.lastShutdown === 'process-crash') return 'quarantine';
  if (damage.durability === 'page-cache') return 'truncate';
  return damage.looksUnwritten && !damage.isJournalDamaged ? 'truncate' : 'quarantine';
}
