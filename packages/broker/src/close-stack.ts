/**
 * What was opened, to be closed in reverse order: by the broker's `close`, and by a start that failed half-way.
 */
import type { Logger } from '@tidelog/log';

export class CloseStack {
  readonly #closers: { readonly name: string; readonly close: () => Promise<void> }[] = [];
  #closing: Promise<void> | undefined;

  /** `name` is for the log: what is closed. */
  add(name: string, close: () => Promise<void>): void {
    this.#closers.push({ name, close });
  }

  /**
   * Closes everything, the last first, each whatever became of the others. Idempotent. Rejects with the first
   * failure; all of them are logged.
   */
  close(logger: Logger): Promise<void> {
    this.#closing ??= this.#closeAll(logger);
    return this.#closing;
  }

  async #closeAll(logger: Logger): Promise<void> {
    let failure: { readonly error: unknown } | undefined;
    for (const { name, close } of this.#closers.reverse()) {
      try {
        await close();
      } catch (error) {
        logger.error({ err: error }, `${name} could not be closed cleanly`);
        failure ??= { error };
      }
    }
    if (failure !== undefined) throw failure.error;
  }
}
