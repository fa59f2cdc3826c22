/**
 * What the client tells `node:diagnostics_channel`, for tracing and metrics outside of it. Publishing costs
 * nothing while nobody subscribes.
 *
 * - `tracing:tidelog.client.request:{start,asyncEnd,error,…}`: one request to a broker (`RequestTrace`).
 * - `tidelog.client.connection`: a connection opened or closed (`ConnectionTrace`).
 * - `tidelog.producer.batch`: a batch was acknowledged or failed (`BatchTrace`).
 * - `tidelog.producer.recovery`: a partition began a new producer epoch after a sequence error (`RecoveryTrace`).
 * - `tidelog.consumer.fetch`: a fetch was answered (`FetchTrace`).
 */
import { channel, tracingChannel, type Channel, type TracingChannel } from 'node:diagnostics_channel';
import type { TidelogError } from '@tidelog/record/errors';

/** One request to a broker; the same object goes through all events of the tracing channel. */
export interface RequestTrace {
  readonly api: string;
  /** −1 for a bootstrap address whose broker is not known yet. */
  readonly brokerId: number;
  readonly clientId: string;
}

export interface ConnectionTrace {
  readonly state: 'opened' | 'closed';
  /** `host:port`. */
  readonly endpoint: string;
  readonly brokerId: number;
  /** Why it closed; undefined when this side closed it on purpose. */
  readonly error?: TidelogError | undefined;
}

export interface BatchTrace {
  readonly topic: string;
  readonly partition: number;
  readonly recordCount: number;
  /** Before compression. */
  readonly sizeBytes: number;
  /** −1 when unknown or failed. */
  readonly baseOffset: number;
  /** How often the batch was sent. */
  readonly attempts: number;
  readonly error?: TidelogError | undefined;
}

export interface RecoveryTrace {
  readonly topic: string;
  readonly partition: number;
  /** The producer epoch that starts now. */
  readonly producerEpoch: number;
  /** Records that had to be failed because sending them again could have doubled them. */
  readonly failedRecordCount: number;
}

export interface FetchTrace {
  readonly brokerId: number;
  readonly partitionCount: number;
  /** Bytes of record batches in the answer. */
  readonly sizeBytes: number;
}

export const requestChannel: TracingChannel<RequestTrace> = tracingChannel('tidelog.client.request');
export const connectionChannel: Channel = channel('tidelog.client.connection');
export const batchChannel: Channel = channel('tidelog.producer.batch');
export const recoveryChannel: Channel = channel('tidelog.producer.recovery');
export const fetchChannel: Channel = channel('tidelog.consumer.fetch');
