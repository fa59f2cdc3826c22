/**
 * The one way from a listener to the handlers.
 */
import type { RequestContext, RequestKind, RequestOf, ResponseOf } from './requests.ts';

export interface Router {
  /**
   * Answers one request. The handler starts in the turn of the call, so that requests take effect in the order
   * in which they are dispatched: appends to one partition never overtake each other.
   *
   * Rejects with a TidelogError that has a wire code, and with nothing else. Errors of a single topic or
   * partition are rows of the response.
   */
  dispatch<K extends RequestKind>(
    kind: K,
    request: RequestOf<K>,
    context: RequestContext,
  ): Promise<ResponseOf<K>>;
}
