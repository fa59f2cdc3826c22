/** Tells of every operation that changes a disk in memory, right before and right after it: the places where it may die. */
import type { FileHandle } from '../src/file-system.ts';
import type { MemoryFileSystem } from '../src/memory-file-system.ts';

export interface Operation {
  /** `rename /data/orders-0/0.log`. */
  readonly what: string;
  readonly when: 'before' | 'after';
}

export function observeOperations(
  fileSystem: MemoryFileSystem,
  onOperation: (operation: Operation) => void,
): void {
  const around = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    onOperation({ what, when: 'before' });
    const result = await work();
    onOperation({ what, when: 'after' });
    return result;
  };
  const { open, rename, unlink, syncDirectory } = fileSystem;
  fileSystem.rename = (paths) => around(`rename ${paths.from}`, () => rename.call(fileSystem, paths));
  fileSystem.unlink = (path) => around(`unlink ${path}`, () => unlink.call(fileSystem, path));
  fileSystem.syncDirectory = (path) => around(`sync ${path}`, () => syncDirectory.call(fileSystem, path));
  fileSystem.open = async (path, mode): Promise<FileHandle> => {
    const handle = await around(`open ${path}`, () => open.call(fileSystem, path, mode));
    const { writevSync, datasync, sync, truncate } = handle;
    handle.writevSync = (buffers, position): void => {
      onOperation({ what: `write ${path}`, when: 'before' });
      writevSync.call(handle, buffers, position);
      onOperation({ what: `write ${path}`, when: 'after' });
    };
    handle.datasync = () => around(`datasync ${path}`, () => datasync.call(handle));
    handle.sync = () => around(`sync ${path}`, () => sync.call(handle));
    handle.truncate = (sizeBytes) => around(`truncate ${path}`, () => truncate.call(handle, sizeBytes));
    return handle;
  };
}
