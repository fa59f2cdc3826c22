/**
 * Those who asked a shard and have no answer yet.
 *
 * A client waits until its answer is decided, and then until the decision is committed: answers that are decided are
 * held, in their order, with the number of the last decision before them.
 *
 * Invariants: a client is answered once; who has gone away is forgotten and keeps nothing alive.
 */
import { TidelogError } from '@tidelog/record/errors';
import type { Answer } from './group-decision.ts';

interface Client {
  readonly resolve: (response: unknown) => void;
  readonly reject: (error: TidelogError) => void;
}

interface HeldAnswer {
  readonly decision: number;
  readonly client: Client;
  readonly answer: Answer;
}

export class ShardClients {
  /** By request id: those whose answer is not decided yet. */
  readonly #waiting = new Map<number, Client>();
  #held: HeldAnswer[] = [];
  #lastRequestId = 0;

  /** How many wait for an answer to be decided. */
  get waitingCount(): number {
    return this.#waiting.size;
  }

  /**
   * A new client: calls `ask` with its request id, and resolves or rejects with the answer. The signal, that of its
   * connection, is only asked for when it has to wait.
   */
  add(client: { readonly signal: AbortSignal }, ask: (requestId: number) => void): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const requestId = ++this.#lastRequestId;
      this.#waiting.set(requestId, { resolve, reject });
      ask(requestId);
      if (this.#waiting.has(requestId)) {
        this.#dropWhenGone(requestId, client.signal);
      }
    });
  }

  /** An answer was decided; it goes out when `decision` is committed, at once when that is undefined. */
  answer(answer: Answer, decision: number | undefined): void {
    const client = this.#waiting.get(answer.requestId);
    // It went away while it waited.
    if (client === undefined) return;
    this.#waiting.delete(answer.requestId);
    if (decision === undefined) settle(client, answer);
    else this.#held.push({ decision, client, answer });
  }

  /** Every decision up to that number is committed. */
  release(decision: number): void {
    const held = this.#held;
    let count = 0;
    while (count < held.length && (held[count] as HeldAnswer).decision <= decision) count++;
    for (const { client, answer } of held.splice(0, count)) settle(client, answer);
  }

  rejectWaiting(error: TidelogError): void {
    const clients = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const client of clients) client.reject(error);
  }

  rejectHeld(error: TidelogError): void {
    const held = this.#held;
    this.#held = [];
    for (const { client } of held) client.reject(error);
  }

  #dropWhenGone(requestId: number, signal: AbortSignal): void {
    const client = this.#waiting.get(requestId) as Client;
    const drop = (): void => {
      this.#waiting.delete(requestId);
      client.reject(new TidelogError('COORDINATOR_NOT_AVAILABLE', 'the connection was closed'));
    };
    if (signal.aborted) {
      drop();
      return;
    }
    signal.addEventListener('abort', drop, { once: true });
    const forget = (): void => signal.removeEventListener('abort', drop);
    this.#waiting.set(requestId, {
      resolve: (response) => {
        forget();
        client.resolve(response);
      },
      reject: (error) => {
        forget();
        client.reject(error);
      },
    });
  }
}

function settle(client: Client, answer: Answer): void {
  if ('error' in answer) client.reject(answer.error);
  else client.resolve(answer.response);
}
