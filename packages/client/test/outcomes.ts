/** What a promise failed with, for tests of errors. */
import { TidelogError } from '@tidelog/record/errors';

/** The error that the promise rejects with; fails when it resolves, or rejects with anything else. */
export async function failureOf(promise: Promise<unknown>): Promise<TidelogError> {
  try {
    await promise;
  } catch (thrown) {
    if (thrown instanceof TidelogError) return thrown;
    throw thrown;
  }
  throw new Error('the promise resolved; a rejection was expected');
}
