/** Requests of groups on a broker that coordinates none. */
import { TidelogError } from '@tidelog/record/errors';

/** Rejects with COORDINATOR_NOT_AVAILABLE. */
export function refuseWithoutCoordinator(): Promise<never> {
  return Promise.reject(
    new TidelogError('COORDINATOR_NOT_AVAILABLE', 'this broker coordinates no groups yet; try again'),
  );
}
