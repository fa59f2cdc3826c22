import { expect, test } from 'vitest';
import { judgeDamage, type Damage } from './damage-policy.ts';

const DAMAGE: Damage = {
  isBelowRecoveryPoint: false,
  isFollowedByValid: false,
  looksUnwritten: false,
  lastShutdown: 'power-loss',
  isJournalDamaged: false,
  durability: 'fsync',
};

test.each<[string, Partial<Damage>, string]>([
  ['a torn tail is cut off', {}, 'truncate'],
  ['a torn tail of a killed process is cut off', { lastShutdown: 'process-crash' }, 'truncate'],
  ['what was durable is never cut off', { isBelowRecoveryPoint: true, looksUnwritten: true }, 'quarantine'],
  ['damage before a valid batch is bit rot', { isFollowedByValid: true }, 'quarantine'],
  ['a hole that a power loss left is cut off', { isFollowedByValid: true, looksUnwritten: true }, 'truncate'],
  [
    'a killed process leaves no holes',
    { isFollowedByValid: true, looksUnwritten: true, lastShutdown: 'process-crash' },
    'quarantine',
  ],
  [
    'what the kernel forgot after a failed sync is cut off like such a hole',
    { isFollowedByValid: true, looksUnwritten: true, lastShutdown: 'failed-sync' },
    'truncate',
  ],
  [
    'a hole may be what a lost part of the journal held',
    { isFollowedByValid: true, looksUnwritten: true, isJournalDamaged: true },
    'quarantine',
  ],
  [
    'page-cache mode promised nothing above the recovery point',
    { isFollowedByValid: true, durability: 'page-cache' },
    'truncate',
  ],
  [
    'page-cache mode keeps everything when only the process dies',
    { isFollowedByValid: true, durability: 'page-cache', lastShutdown: 'process-crash' },
    'quarantine',
  ],
])('%s', (_what, damage, verdict) => {
  expect(judgeDamage({ ...DAMAGE, ...damage })).toBe(verdict);
});
