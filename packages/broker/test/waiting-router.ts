/** A router for tests of listeners: its requests wait until the test settles them. */
import type { RequestContext } from '../src/requests.ts';
import type { Router } from '../src/router.ts';

/** A request that reached the router. */
export interface Dispatched {
  readonly kind: string;
  readonly request: unknown;
  readonly context: RequestContext;
  resolve(response: object): void;
  reject(error: unknown): void;
}

export class WaitingRouter {
  /** Those that wait, in the order of their arrival. */
  readonly dispatched: Dispatched[] = [];
  /** Answers at once when it returns a response. */
  respond: (kind: string, request: unknown) => object | undefined = () => undefined;

  readonly router = {
    dispatch: (kind: string, request: unknown, context: RequestContext) =>
      new Promise((resolve, reject) => {
        const response = this.respond(kind, request);
        if (response === undefined) this.dispatched.push({ kind, request, context, resolve, reject });
        else resolve(response);
      }),
  } as unknown as Router;
}
