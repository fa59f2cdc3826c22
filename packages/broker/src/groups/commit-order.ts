/**
 * Keeps the commits of a group in the order in which they came when one of them has to wait for a log to be opened:
 * a later commit that overtook it would be taken back by it.
 *
 * Invariant: holds an entry only for groups with a commit that waits.
 */
export class CommitOrder {
  /** By group: settles when the last commit that waits has been handed on. */
  readonly #waiting = new Map<string, Promise<void>>();

  /**
   * Calls `commit` when `ready` has settled (undefined: at once) and all commits of the group before it were called.
   * Resolves or rejects as `commit` does.
   */
  run<T>(groupId: string, ready: Promise<unknown> | undefined, commit: () => Promise<T>): Promise<T> {
    const before = this.#waiting.get(groupId);
    if (ready === undefined && before === undefined) return commit();
    const turn = Promise.allSettled([before, ready]);
    const answer = turn.then(commit);
    const handedOn = turn.then(() => {
      if (this.#waiting.get(groupId) === handedOn) this.#waiting.delete(groupId);
    });
    this.#waiting.set(groupId, handedOn);
    return answer;
  }
}
