/**
 * What a command that failed says: one line with the error's code, what was wrong, and the flag or the command
 * that helps. Messages of the packages speak of options of code; here they get the words of the command line.
 */
import { TidelogError, type ErrorCode } from '@tidelog/record/errors';
import { EXIT_FAILED, EXIT_USAGE } from './exit-codes.ts';
import type { Output } from './output.ts';

const KAFKA_PORT = /:9092\b/;

/** What to do, by error code; `program` is how this user calls the command. */
const HINTS: Partial<Record<ErrorCode, (program: string, message: string) => string>> = {
  CONNECTION_FAILED: (program, message) =>
    `; --broker names the broker, and "${program} start" runs one here` +
    (KAFKA_PORT.test(message)
      ? '. 9092 is the usual port for Kafka clients; this command speaks to 7650'
      : ''),
  DATA_DIR_LOCKED: () => ' (--data-dir)',
  DATA_DIR_NOT_WRITABLE: () => ' (--data-dir)',
  DATA_DIR_FORMAT: () => ' (--data-dir)',
};

/** The error as one line without the name of the program in front. */
export function failureLine(error: unknown, program: string): string {
  if (!(error instanceof TidelogError))
    return oneLine(error instanceof Error ? error.message : String(error));
  if (error.code === 'ABORTED') return 'interrupted before it had begun';
  const hint = HINTS[error.code]?.(program, error.message) ?? '';
  return oneLine(`${error.code}: ${error.message}${hint}`);
}

/** Prints the error to standard error, as a JSON line with `--json`; returns the exit code. */
export function reportFailure(thrown: unknown, output: Output): number {
  const error = firstFailure(thrown);
  const line = failureLine(error, output.program);
  const code = error instanceof TidelogError ? error.code : null;
  output.stderr.write(
    output.json ? `${JSON.stringify({ event: 'error', code, message: line })}\n` : `tidelog: ${line}\n`,
  );
  return code === 'INVALID_ARGUMENT' ? EXIT_USAGE : EXIT_FAILED;
}

/** What went wrong first, when closing what was open failed too. */
function firstFailure(thrown: unknown): unknown {
  return thrown instanceof SuppressedError ? firstFailure(thrown.suppressed) : thrown;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ');
}
