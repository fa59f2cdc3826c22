/**
 * The life of the process: settings in, one broker, one clean close, an exit code.
 *
 * Wishes to stop are SIGINT, SIGTERM, SIGHUP, an ipc message `{ type: 'shutdown' }` and the end of the ipc
 * channel; shutdown-policy.ts says what each means. A wish that arrives while the broker still starts closes
 * it as soon as it is up.
 *
 * An exception that nobody caught leaves the state of the process unknown: it is logged and the process exits
 * at once, without closing, so that the next start recovers the data directory instead of trusting it.
 *
 * Exit codes: 0 after a clean close; 1 when the broker could not start, could not close or met an exception
 * that nobody caught; 2 for wrong settings; 130 when forced to exit before the close had finished.
 *
 * stdout gets a few lines for people; stderr gets the log.
 */
import { releaseStartMemory, startBroker, type Broker } from '@tidelog/broker';
import { TidelogError, type ErrorCode } from '@tidelog/record/errors';
import { pino, type Logger } from 'pino';
import { readSettings, variableOf } from './env.ts';
import { logDestination } from './log-destination.ts';
import { startOptionsOf, type Settings } from './settings.ts';
import { RUNNING, stepShutdown, type Wish } from './shutdown-policy.ts';

const EXIT = { clean: 0, failed: 1, wrongSettings: 2, forced: 130 } as const;

/** What the process tells a parent that gave it an ipc channel, once it serves. */
export interface ReadyMessage {
  readonly type: 'ready';
  readonly brokers: readonly string[];
  readonly kafkaBrokers: readonly string[];
  readonly httpUrl: string | undefined;
  /** From the start of the process until it serves. */
  readonly startTimeMs: number;
}

/** Runs a broker until it is asked to stop; ends the process. */
export async function main(): Promise<void> {
  // A reader of the output that went away is no reason to stop serving.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  const settings = settingsOrExit();
  const logger = pino(
    { level: settings.logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    logDestination(),
  );
  exitOnUncaught(logger);
  const stop = stopSignal(logger);
  try {
    const broker = await startBroker({ ...startOptionsOf(settings), logger });
    announce(broker, settings);
    releaseStartMemory();
    await stop;
    await broker.close();
  } catch (error) {
    logFailure(logger, error);
    process.exit(isAboutSettings(error) ? EXIT.wrongSettings : EXIT.failed);
  }
  logger.info('closed cleanly');
  process.stdout.write('Closed cleanly.\n');
  process.exit(EXIT.clean);
}

function settingsOrExit(): Settings {
  try {
    return readSettings();
  } catch (error) {
    console.error(`tidelog-broker: ${TidelogError.from(error).message}`);
    process.exit(EXIT.wrongSettings);
  }
}

/** True for what only a change of the settings mends, so that nobody restarts the process in vain. */
function isAboutSettings(error: unknown): boolean {
  const { code } = TidelogError.from(error);
  return code === 'INVALID_ARGUMENT' || code === 'INVALID_CONFIG';
}

const DATA_DIR_CODES: ReadonlySet<ErrorCode> = new Set([
  'DATA_DIR_LOCKED',
  'DATA_DIR_NOT_WRITABLE',
  'DATA_DIR_FORMAT',
]);
/** The port of each listener, by the name with which its errors begin. */
const PORT_BY_LISTENER: Readonly<Record<string, keyof Settings>> = {
  native: 'port',
  kafka: 'kafkaPort',
  http: 'httpPort',
};

/** The variable that sets what an error of the broker is about; undefined: none does. */
function variableBehind({ code, message }: TidelogError): string | undefined {
  if (DATA_DIR_CODES.has(code)) return variableOf('dataDir');
  const [, listener = ''] = /^(\w+) listener: .* port\b/s.exec(message) ?? [];
  const setting = PORT_BY_LISTENER[listener];
  return setting === undefined ? undefined : variableOf(setting);
}

/** What a person can act on is in the message; only the unexpected needs its stack. */
function logFailure(logger: Logger, error: unknown): void {
  if (!(error instanceof TidelogError)) {
    logger.fatal({ err: error }, 'the broker failed');
    return;
  }
  const variable = variableBehind(error);
  logger.fatal(
    { code: error.code },
    variable === undefined ? error.message : `${error.message} (set by ${variable})`,
  );
}

function exitOnUncaught(logger: Logger): void {
  const exit = (error: unknown, origin: string): void => {
    logger.fatal({ err: error, origin }, 'nobody caught this; exiting without closing');
    process.exit(EXIT.failed);
  };
  process.on('uncaughtException', exit);
  process.on('unhandledRejection', (reason) => {
    exit(reason, 'unhandledRejection');
  });
}

/** Resolves at the first wish to stop; exits the process when a later one forces it. */
function stopSignal(logger: Logger): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let state = RUNNING;
  const wish = (kind: Wish, reason: string): void => {
    const [next, action] = stepShutdown(state, kind, performance.now());
    state = next;
    if (action === 'nothing') return;
    logger.info({ reason }, action === 'close' ? 'closing' : 'exiting before the close has finished');
    if (action === 'force') process.exit(EXIT.forced);
    resolve();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      wish('signal', name);
    });
  }
  process.on('message', (message: unknown) => {
    if (isShutdownMessage(message)) wish('message', 'shutdown message');
  });
  const parentIsGone = (): void => {
    wish('disconnect', 'the parent process is gone');
  };
  process.on('disconnect', parentIsGone);
  // It may have broken before this line; without a channel `connected` is undefined. Messages wait for a listener.
  if (process.connected === false) parentIsGone();
  return promise;
}

function isShutdownMessage(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === 'shutdown';
}

function announce(broker: Broker, settings: Settings): void {
  const startTimeMs = Math.round(performance.now());
  process.stdout.write(
    [
      `Tidelog broker ${broker.brokerId} of cluster ${broker.clusterId} is ready (${startTimeMs} ms).`,
      `  native  ${broker.brokers.join(', ')}`,
      `  kafka   ${broker.kafkaBrokers.join(', ') || 'off'}`,
      `  http    ${broker.httpUrl ?? 'off'} (/healthz, /readyz, /metrics)`,
      `  data    ${settings.dataDir} (durability ${settings.durability})`,
      '',
    ].join('\n'),
  );
  const message: ReadyMessage = {
    type: 'ready',
    brokers: broker.brokers,
    kafkaBrokers: broker.kafkaBrokers,
    httpUrl: broker.httpUrl,
    startTimeMs,
  };
  process.send?.(message);
}
