/**
 * Gets the producer id of an idempotent producer from the cluster, when the first batch needs it and again when
 * its epochs are used up. Tries until it succeeds or the producer is closed; batches that wait for it meanwhile
 * run into their own deadline.
 */
import { toSafeNumber } from '@tidelog/protocol';
import { TidelogError } from '@tidelog/record/errors';
import { backoffMs } from '../backoff-policy.ts';
import type { ClientSettings } from '../client-options.ts';
import type { Timer } from '../clock.ts';
import type { ControlChannel } from '../control-channel.ts';
import type { ProducerIdentity } from './in-flight-state.ts';

export class ProducerIdentitySource {
  readonly #settings: ClientSettings;
  readonly #control: ControlChannel;
  readonly #onIdentity: () => void;
  #current: ProducerIdentity | undefined;
  #lastError: TidelogError | undefined;
  #isAsking = false;
  #isClosed = false;
  #failures = 0;
  #timer: Timer | undefined;

  /** `onIdentity` is called when `current` has a new identity. */
  constructor(settings: ClientSettings, control: ControlChannel, onIdentity: () => void) {
    this.#settings = settings;
    this.#control = control;
    this.#onIdentity = onIdentity;
  }

  /** The identity that partitions start with; undefined: `request` it. */
  get current(): ProducerIdentity | undefined {
    return this.#current;
  }

  /** Why there is none yet. */
  get lastError(): TidelogError | undefined {
    return this.#lastError;
  }

  /** Asks for one, unless that is under way. */
  request(): void {
    if (this.#isAsking || this.#isClosed || this.#current !== undefined) return;
    this.#isAsking = true;
    this.#control.request('INIT_PRODUCER_ID', {}).then(
      ({ producerId, producerEpoch }) => {
        this.#isAsking = false;
        this.#failures = 0;
        this.#lastError = undefined;
        this.#current = { producerId: toSafeNumber(producerId, 'producer id'), producerEpoch };
        this.#onIdentity();
      },
      (thrown: unknown) => this.#failed(TidelogError.from(thrown)),
    );
  }

  /** Some partition used up the epochs of this producer id: who asks from now on gets another. */
  retire(producerId: number): void {
    if (this.#current?.producerId === producerId) this.#current = undefined;
  }

  close(): void {
    this.#isClosed = true;
    this.#timer?.cancel();
  }

  #failed(error: TidelogError): void {
    this.#lastError = error;
    if (this.#isClosed) return;
    this.#failures += 1;
    const { clock, random, retryBackoffMs, retryBackoffMaxMs } = this.#settings;
    const limits = { initialMs: retryBackoffMs, maxMs: retryBackoffMaxMs };
    this.#timer = clock.setTimer(backoffMs(this.#failures, limits, random), () => {
      this.#isAsking = false;
      this.request();
    });
  }
}
