/**
 * `tidelog doctor`: how a broker is, who is connected to it and what they speak, and what clients asked for that it
 * does not have.
 */
import type { ConnectedClient, DescribedBroker, UnsupportedRequest } from '@tidelog/client';
import { TidelogError } from '@tidelog/record/errors';
import { connect, type BrokerOptions } from '../connect.ts';
import { interruptSignal } from '../interrupt.ts';
import { probeKafka } from '../kafka-probe.ts';
import { counted, printResult, table, visible, type Output } from '../output.ts';

const KAFKA_LISTENER = 'kafka';
const PROBE_TIMEOUT_MS = 5_000;
const LOW_DISK_BYTES = 2 ** 30;
const SHOWN_PROBLEMS = 10;

interface Check {
  readonly check: 'native listener' | 'Kafka listener' | 'disk' | 'partitions';
  readonly ok: boolean;
  readonly message: string;
}

/** Prints everything, then rejects when a check failed. Rejects with CONNECTION_FAILED when no broker answers. */
export async function doctor(options: BrokerOptions, output: Output): Promise<void> {
  using interrupt = interruptSignal();
  await using tidelog = connect(options);
  const broker = await tidelog.admin().describeBroker({ signal: interrupt.signal });
  const checks = [nativeCheck(broker), await kafkaCheck(broker), diskCheck(broker), partitionCheck(broker)];
  const { clients, unsupported, forgottenUnsupportedCount, problems, ...about } = broker;
  await printResult(output, {
    json: { ...about, checks, problems, clients, unsupported, forgottenUnsupportedCount },
    text: report(broker, checks),
  });
  const failed = checks.filter(({ ok }) => !ok);
  if (failed.length > 0) {
    throw new Error(`${counted(failed.length, 'check')} of ${checks.length} failed: ${names(failed)}`);
  }
}

function names(checks: readonly Check[]): string {
  return checks.map(({ check }) => check).join(', ');
}

function nativeCheck(broker: DescribedBroker): Check {
  const { brokerId, clusterId, brokerVersion, startedAtMs, nowMs } = broker;
  const message = `broker ${brokerId} of cluster ${visible(clusterId)}, version ${visible(brokerVersion)}, up ${duration(nowMs - startedAtMs)}`;
  return { check: 'native listener', ok: true, message };
}

async function kafkaCheck({ listeners }: DescribedBroker): Promise<Check> {
  const check = 'Kafka listener';
  const listener = listeners.find(({ name }) => name === KAFKA_LISTENER);
  if (listener === undefined) return { check, ok: true, message: 'there is none' };
  const address = `${visible(listener.host)}:${listener.port}`;
  try {
    const { apiCount } = await probeKafka(listener, { timeoutMs: PROBE_TIMEOUT_MS });
    return { check, ok: true, message: `${address} answers and offers ${counted(apiCount, 'API')}` };
  } catch (error) {
    const { message: reason } = TidelogError.from(error);
    return {
      check,
      ok: false,
      message: `clients are told an address that does not work from here: ${visible(reason)}; --advertised-host of tidelog start sets it`,
    };
  }
}

function diskCheck({ dataDir, durability, freeBytes, offline }: DescribedBroker): Check {
  const check = 'disk';
  const where = `${visible(dataDir)}, durability ${durability}`;
  if (offline !== '')
    return { check, ok: false, message: `${where}: nothing can be written: ${visible(offline)}` };
  if (freeBytes < 0) return { check, ok: true, message: `${where}, free space not known` };
  const isLow = freeBytes < LOW_DISK_BYTES;
  return {
    check,
    ok: !isLow,
    message: `${where}, ${gibibytes(freeBytes)} free${isLow ? ', which is little' : ''}`,
  };
}

function partitionCheck({ topicCount, partitionCount, problems }: DescribedBroker): Check {
  const check = 'partitions';
  const all = `${counted(partitionCount, 'partition')} of ${counted(topicCount, 'topic')}`;
  if (problems.length === 0) return { check, ok: true, message: `${all}, none in use is damaged` };
  const shown = problems.slice(0, SHOWN_PROBLEMS).map(({ message }) => `\n      ${visible(message)}`);
  const rest = problems.length > SHOWN_PROBLEMS ? `\n      and ${problems.length - SHOWN_PROBLEMS} more` : '';
  return { check, ok: false, message: `${all}, ${problems.length} damaged:${shown.join('')}${rest}` };
}

function report(broker: DescribedBroker, checks: readonly Check[]): string {
  const { clients, unsupported, forgottenUnsupportedCount, nowMs } = broker;
  const forgotten =
    forgottenUnsupportedCount === 0
      ? []
      : [`(and more: older ones were forgotten ${forgottenUnsupportedCount} times)`];
  return [
    ...checks.map(({ check, ok, message }) => `${ok ? 'ok  ' : 'FAIL'}  ${check}: ${message}`),
    '',
    `${counted(clients.length, 'connection')}:`,
    clientTable(clients, nowMs),
    '',
    ...(unsupported.length === 0
      ? ['No client asked for what this broker does not have.']
      : ['Asked for by clients, and not here:', unsupportedTable(unsupported, nowMs), ...forgotten]),
  ].join('\n');
}

function clientTable(clients: readonly ConnectedClient[], nowMs: number): string {
  const rows = clients.map(({ clientId, listener, host, connectedAtMs, requestCount, apis, ...client }) => [
    orDash(clientId),
    softwareOf(client),
    listener,
    host,
    duration(nowMs - connectedAtMs),
    requestCount,
    spokenBy(apis),
  ]);
  return table(['client', 'software', 'listener', 'host', 'connected', 'requests', 'speaks'], rows);
}

/** `Metadata 5, Fetch 11`: APIs and their versions, most used first. */
function spokenBy(apis: ConnectedClient['apis']): string {
  const byUse = [...apis].sort((one, two) => two.requestCount - one.requestCount);
  return byUse.map(({ api, version }) => `${api} ${version}`).join(', ');
}

function unsupportedTable(unsupported: readonly UnsupportedRequest[], nowMs: number): string {
  const rows = unsupported.map(
    ({ request, reason, requestCount, lastAtMs, clientId, listener, host, ...client }) => [
      request,
      reason,
      requestCount,
      `${duration(nowMs - lastAtMs)} ago`,
      orDash(clientId),
      softwareOf(client),
      listener,
      host,
    ],
  );
  const heading = ['request', 'what is missing', 'times', 'last', 'client', 'software', 'listener', 'host'];
  return table(heading, rows);
}

function softwareOf({
  softwareName,
  softwareVersion,
}: {
  softwareName: string;
  softwareVersion: string;
}): string {
  return orDash(`${softwareName} ${softwareVersion}`.trim());
}

function orDash(text: string): string {
  return text === '' ? '–' : text;
}

const SECOND_MS = 1000;
const UNITS = [
  { name: 'd', ms: 86_400_000 },
  { name: 'h', ms: 3_600_000 },
  { name: 'min', ms: 60_000 },
  { name: 's', ms: SECOND_MS },
];

/** In the largest unit that gives 1 or more: `3 h`. */
function duration(ms: number): string {
  const unit = UNITS.find((candidate) => ms >= candidate.ms);
  return unit === undefined ? '0 s' : `${Math.floor(ms / unit.ms)} ${unit.name}`;
}

function gibibytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}
