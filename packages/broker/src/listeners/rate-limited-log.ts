/**
 * Warnings that clients can cause: each kind is written a few times per span and then counted, so that a hostile
 * client cannot fill a disk with log lines.
 *
 * Invariant: nothing is lost silently. What was left out of a span is counted in the next line of its kind.
 */
import type { Clock, Logger } from '@tidelog/log';

const SPAN_MS = 10_000;
const LINES_PER_SPAN = 5;

interface Kind {
  spanStartMs: number;
  lines: number;
  suppressed: number;
}

export class RateLimitedLog {
  readonly #logger: Logger;
  readonly #clock: Clock;
  readonly #kinds = new Map<string, Kind>();

  constructor({ logger, clock }: { logger: Logger; clock: Clock }) {
    this.#logger = logger;
    this.#clock = clock;
  }

  /** Passes on; whoever wants debug lines wants them all. */
  debug(message: string, fields: object): void {
    this.#logger.debug(fields, message);
  }

  /** Writes a warning, or counts it. `message` is constant text, one per kind: what varies belongs in `fields`. */
  warn(message: string, fields: object): void {
    const nowMs = this.#clock.monotonicMs();
    let kind = this.#kinds.get(message);
    if (kind === undefined) {
      kind = { spanStartMs: nowMs, lines: 0, suppressed: 0 };
      this.#kinds.set(message, kind);
    }
    if (nowMs - kind.spanStartMs >= SPAN_MS) {
      kind.spanStartMs = nowMs;
      kind.lines = 0;
    }
    if (kind.lines === LINES_PER_SPAN) {
      kind.suppressed++;
      return;
    }
    kind.lines++;
    const { suppressed } = kind;
    kind.suppressed = 0;
    this.#logger.warn(suppressed === 0 ? fields : { ...fields, suppressedLines: suppressed }, message);
  }
}
