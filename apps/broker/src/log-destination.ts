/**
 * Where log lines go: stderr, as pino's JSON lines. On a terminal each becomes one line for people instead. No
 * transport thread: it would cost 17 MB and lose the last lines of a crash.
 */
import { pino, type DestinationStream } from 'pino';

const LEVEL_NAMES: Readonly<Record<number, string>> = {
  10: 'TRACE',
  20: 'DEBUG',
  30: 'INFO',
  40: 'WARN',
  50: 'ERROR',
  60: 'FATAL',
};

/** One JSON line of pino's as `12:34:56 WARN message {"other":"fields"}`, with the stack of an error below. */
export function readableLogLine(line: string): string {
  const { level, time, msg, err, ...fields } = JSON.parse(line) as {
    level: number;
    time: string;
    msg?: string;
    err?: { stack?: string };
  };
  const rest = Object.keys(fields).length === 0 ? '' : ` ${JSON.stringify(fields)}`;
  const stack = err?.stack === undefined ? '' : `\n${err.stack}`;
  return `${time.slice(11, 19)} ${LEVEL_NAMES[level] ?? level} ${msg ?? ''}${rest}${stack}\n`;
}

/** The destination of this process; writes are synchronous, so that no line is lost when the process exits. */
export function logDestination(): DestinationStream {
  if (!process.stderr.isTTY) return pino.destination({ dest: 2, sync: true });
  return { write: (line: string) => process.stderr.write(readableLogLine(line)) };
}
