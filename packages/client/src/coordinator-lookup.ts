/**
 * Which broker coordinates which group, asked once and remembered.
 *
 * A coordinator is whoever leads the group's partition of `__consumer_offsets`, so it moves when leadership does.
 * Nobody tells the client: whoever is answered NOT_COORDINATOR, or loses the way to the broker, calls `invalidate`
 * and asks again.
 *
 * Invariants: at most MAX_KNOWN_GROUPS are remembered, the ones asked for last; a late failure about a coordinator
 * that was replaced since does not make the new one forgotten.
 */
import { TidelogError } from '@tidelog/record/errors';
import { abortedError, delay, isAborted, untilAborted, type WaitOptions } from './abortable.ts';
import { backoffMs } from './backoff-policy.ts';
import type { ClientSettings } from './client-options.ts';
import { isAboutTheConnection, type ControlChannel } from './control-channel.ts';
import type { Endpoint } from './transport.ts';

/** The broker that coordinates a group. */
export interface Coordinator {
  readonly brokerId: number;
  /** Reachable through the listener that the question came through. */
  readonly endpoint: Endpoint;
}

const MAX_KNOWN_GROUPS = 10_000;
const MAX_GROUPS_PER_REQUEST = 1_000;

export class CoordinatorLookup {
  readonly #settings: ClientSettings;
  readonly #control: ControlChannel;
  /** In the order in which they were learned. */
  readonly #known = new Map<string, Coordinator>();

  constructor(settings: ClientSettings, control: ControlChannel) {
    this.#settings = settings;
    this.#control = control;
  }

  /**
   * The coordinator of a group, from what is known or by asking until metadataTimeoutMs.
   * Rejects with COORDINATOR_NOT_AVAILABLE or CONNECTION_FAILED when the time is up, at once with an error that no
   * waiting changes (INVALID_GROUP_ID, GROUP_AUTHORIZATION_FAILED), with ABORTED or CLOSED.
   */
  async find(groupId: string, options: WaitOptions = {}): Promise<Coordinator> {
    const found = (await this.findAll([groupId], options)).get(groupId) as Coordinator | TidelogError;
    if (found instanceof TidelogError) throw found;
    return found;
  }

  /**
   * As `find`, for many groups with few requests: the coordinator of each group, or why it has none.
   * Rejects with ABORTED or CLOSED only.
   */
  async findAll(
    groupIds: readonly string[],
    { signal }: WaitOptions = {},
  ): Promise<ReadonlyMap<string, Coordinator | TidelogError>> {
    const { clock, random, metadataTimeoutMs, retryBackoffMs, retryBackoffMaxMs } = this.#settings;
    const limits = { initialMs: retryBackoffMs, maxMs: retryBackoffMaxMs };
    const deadlineMs = clock.monotonicMs() + metadataTimeoutMs;
    const results = new Map<string, Coordinator | TidelogError>();
    let open = [...new Set(groupIds)];
    for (let tries = 1; ; tries++) {
      if (isAborted(signal)) throw abortedError('looking for the coordinator', signal);
      await this.#findOnce(open, results, signal);
      open = open.filter((groupId) => mayPass(results.get(groupId)));
      const waitMs = backoffMs(tries, limits, random);
      if (open.length === 0 || clock.monotonicMs() + waitMs > deadlineMs) return results;
      await delay(clock, waitMs, signal);
    }
  }

  /**
   * What was known of a group's coordinator turned out to be wrong. With `coordinator`, only when that is still
   * what is known.
   */
  invalidate(groupId: string, coordinator?: Coordinator): void {
    if (coordinator === undefined || this.#known.get(groupId) === coordinator) this.#known.delete(groupId);
  }

  /** One round: fills `results` for every group of `groupIds`. */
  async #findOnce(
    groupIds: readonly string[],
    results: Map<string, Coordinator | TidelogError>,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const unknown: string[] = [];
    for (const groupId of groupIds) {
      const known = this.#known.get(groupId);
      if (known === undefined) unknown.push(groupId);
      else results.set(groupId, known);
    }
    for (let first = 0; first < unknown.length; first += MAX_GROUPS_PER_REQUEST) {
      const asked = unknown.slice(first, first + MAX_GROUPS_PER_REQUEST);
      const asking = this.#ask(asked);
      const rows = await untilAborted(asking, 'looking for the coordinator', signal);
      asked.forEach((groupId, index) => results.set(groupId, rows[index] as Coordinator | TidelogError));
    }
  }

  /** Asks any broker; a result for each group, in order. Rejects with CLOSED. */
  async #ask(groupIds: readonly string[]): Promise<(Coordinator | TidelogError)[]> {
    try {
      const { coordinators } = await this.#control.request('FIND_COORDINATOR', { groupIds: [...groupIds] });
      const byGroup = new Map(coordinators.map((row) => [row.groupId ?? '', row]));
      return groupIds.map((groupId) => {
        const row = byGroup.get(groupId);
        if (row === undefined) return noAnswer(groupId);
        if ((row.errorCode ?? 0) !== 0)
          return TidelogError.fromWire(row.errorCode ?? 0, row.errorMessage ?? '');
        const endpoint = { host: row.host ?? '', port: row.port ?? 0 };
        return this.#learn(groupId, { brokerId: row.brokerId ?? 0, endpoint });
      });
    } catch (thrown) {
      const error = TidelogError.from(thrown);
      if (error.code === 'CLOSED') throw error;
      return groupIds.map(() => error);
    }
  }

  #learn(groupId: string, coordinator: Coordinator): Coordinator {
    this.#known.set(groupId, coordinator);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MAX_KNOWN_GROUPS && oldest !== undefined) this.#known.delete(oldest);
    return coordinator;
  }
}

/** True for an answer that may be another one soon. */
function mayPass(result: Coordinator | TidelogError | undefined): boolean {
  return result instanceof TidelogError && (result.retriable || isAboutTheConnection(result));
}

/** True for an error after which the coordinator has to be looked for again. */
export function isAboutTheCoordinator(error: TidelogError): boolean {
  return (
    error.code === 'NOT_COORDINATOR' ||
    error.code === 'COORDINATOR_NOT_AVAILABLE' ||
    error.code === 'COORDINATOR_LOAD_IN_PROGRESS' ||
    isAboutTheConnection(error)
  );
}

function noAnswer(groupId: string): TidelogError {
  return new TidelogError(
    'MALFORMED_FRAME',
    `the answer has no coordinator for group ${JSON.stringify(groupId)}`,
  );
}
