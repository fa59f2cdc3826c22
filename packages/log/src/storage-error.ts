/**
 * What the file system threw, as the errors of this package: whether an operation found no room, which leaves the disk
 * as it was and may go well later, or failed for good.
 */
import { TidelogError } from '@tidelog/record/errors';

const NO_SPACE_CODES: ReadonlySet<string | undefined> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const NO_DESCRIPTOR_CODES: ReadonlySet<string | undefined> = new Set(['EMFILE', 'ENFILE']);

/** What the file system threw, as DISK_FULL or STORAGE_FAILED. */
export function storageError(cause: unknown, during: string): TidelogError {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (NO_SPACE_CODES.has(code)) {
    return new TidelogError(
      'DISK_FULL',
      `${during} failed: no space is left (${message}); free some, then retry`,
      { cause },
    );
  }
  return new TidelogError('STORAGE_FAILED', `${during} failed (${message})`, { cause });
}

/** Whether an operation, also a sync, did not begin for want of descriptors: it may be tried again. */
export function lacksDescriptors(error: unknown): boolean {
  return NO_DESCRIPTOR_CODES.has((error as NodeJS.ErrnoException).code);
}

/**
 * Whether an operation other than a sync failed for want of space or of descriptors. A sync that says so has lost what
 * it should have written, as any other that fails.
 */
export function lacksRoom(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return NO_SPACE_CODES.has(code) || lacksDescriptors(error) || code === 'DISK_FULL';
}
