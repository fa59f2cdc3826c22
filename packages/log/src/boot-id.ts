/**
 * Identities that the operating system gives: of this boot of the machine, and of a process. A running marker
 * that carries the same boot id as now was left by a process that crashed while the machine stayed up: the page
 * cache is complete. Another boot id, or none, means that unsynced bytes may be gone.
 *
 * A process id alone names nobody, since ids are used again; together with the start time it does.
 */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';

/** The id of this boot of the machine; undefined where the system offers none, which callers treat as a new boot. */
export async function readBootId(): Promise<string | undefined> {
  if (process.platform === 'darwin') return runSysctl('kern.bootsessionuuid');
  try {
    const text = await readFile('/proc/sys/kernel/random/boot_id', 'latin1');
    return text.trim() === '' ? undefined : text.trim();
  } catch {
    return undefined;
  }
}

/**
 * When the process started, in the system's own ticks: equal for the same process, different for a later one
 * with the same id. undefined when the process does not exist or the system does not tell.
 */
export async function readProcessStartTicks(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'latin1');
    // The second field is the command in parentheses and may itself hold spaces and parentheses.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[START_TIME_FIELD];
  } catch {
    return undefined;
  }
}

/** starttime is field 22 of proc_pid_stat(5); the first one after the command is field 3. */
const START_TIME_FIELD = 22 - 3;

/** Whether a process of that id exists, one that belongs to somebody else included. */
export function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function runSysctl(name: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile('sysctl', ['-n', name], { timeout: 2000 }, (error, stdout) => {
      const text = stdout.trim();
      resolve(error !== null || text === '' ? undefined : text);
    });
  });
}
