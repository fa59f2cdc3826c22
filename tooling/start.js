/**
 * `npm start`: installs and builds when needed, then runs a broker until a signal stops it.
 *
 * The broker is a process group of its own and hears from this script over an ipc channel, so that a Ctrl-C,
 * which the terminal sends to npm and to this script alike, reaches it once, as one `shutdown` message. When
 * this script dies without a word (kill -9) the channel breaks, and the broker closes just as cleanly.
 *
 * It takes no options (the broker is set by its environment) and says so instead of leaving one out in silence.
 *
 * Exit code: the broker's own (0 after a clean stop); 128 + signal when stopped before the broker ran; 2 for options.
 *
 * Plain JavaScript for Node 20: it runs before anything is installed.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { BootstrapError, ROOT, bootstrap, nodePath } from './bootstrap.js';
import { shellExitCode } from './guarded-process.js';

/** npm passes on a signal that the terminal has sent already: two within this time are one wish to stop. */
const SAME_WISH_MS = 1_000;

const interrupted = new AbortController();
/** Set from the moment when a signal has to go to the broker instead of ending the set-up. */
let broker;
let firstSignalAtMs;

function onSignal(name) {
  if (broker === undefined) {
    interrupted.abort(name);
    return;
  }
  const nowMs = performance.now();
  if (firstSignalAtMs === undefined) {
    firstSignalAtMs = nowMs;
    if (broker.connected) broker.send({ type: 'shutdown', signal: name });
  } else if (nowMs - firstSignalAtMs >= SAME_WISH_MS) {
    broker.kill('SIGTERM'); // the broker takes a further signal as the order to exit at once
  }
}
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => onSignal(name));

/** Options of `tidelog start` as the variables that mean the same: `--port 1 --no-kafka`. */
function asVariables(args) {
  const variables = [];
  args.forEach((word, index) => {
    const [, no, name, given] = /^--(no-)?([a-z-]+)(?:=(.*))?$/.exec(word) ?? [];
    if (name === undefined) return;
    const next = args[index + 1] ?? '-';
    const value = no !== undefined ? 'false' : (given ?? (next.startsWith('-') ? 'true' : next));
    variables.push(`TIDELOG_${name.replaceAll('-', '_').toUpperCase()}=${value}`);
  });
  return variables;
}

function refuseOptions(args) {
  if (args.length === 0) return;
  const variables = asVariables(args);
  const instead = (variables.length === 0 ? ['TIDELOG_PORT=17650'] : variables).join(' ');
  console.error(
    `npm start: takes no options, here ${args.join(' ')}; settings are variables: ${instead} npm start ` +
      '(apps/broker/README.md lists them)',
  );
  process.exit(2);
}

function startBroker() {
  broker = spawn(nodePath(), [join(ROOT, 'apps/broker/dist/main.js')], {
    cwd: ROOT,
    env: { TIDELOG_DATA_DIR: join(ROOT, 'tidelog-data'), TIDELOG_LOG_LEVEL: 'warn', ...process.env },
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  broker.once('error', (error) => {
    console.error(`npm start: cannot run the broker: ${error.message}`);
    process.exit(1);
  });
  broker.on('message', ({ type, brokers }) => {
    if (type !== 'ready') return;
    const elsewhere = brokers[0].endsWith(':7650') ? '' : ` --broker ${brokers[0]}`;
    console.log(`Try: npx tidelog topic create hello --partitions 3${elsewhere}`);
    console.log('Ctrl-C stops the broker.');
  });
  broker.once('exit', (code, signal) => process.exit(shellExitCode(code, signal)));
}

refuseOptions(process.argv.slice(2));
try {
  await bootstrap({ report: (line) => console.error(`npm start: ${line}`), signal: interrupted.signal });
  interrupted.signal.throwIfAborted();
  startBroker();
} catch (error) {
  if (interrupted.signal.aborted) process.exit(shellExitCode(null, interrupted.signal.reason));
  console.error(error instanceof BootstrapError ? `npm start: ${error.message}` : error);
  process.exit(1);
}
