/**
 * Gives the memory that a program needed to start back to the system: source texts, syntax trees, and a young
 * heap that grew while modules were compiled. V8 would keep it until something allocates much.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Collects garbage once, in full (10–30 ms in which nothing else runs). For a program whose only work is a
 * broker, right after it has started; measured: 81 MB resident instead of 89.
 */
export function releaseStartMemory(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as (options: { type: 'major'; flavor: 'last-resort' }) => void;
  setFlagsFromString('--no-expose-gc');
  collect({ type: 'major', flavor: 'last-resort' });
}
