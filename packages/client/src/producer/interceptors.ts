/**
 * Hooks around every record of a producer (KIP-42).
 */
import type { TidelogError } from '@tidelog/record/errors';
import type { Bytes } from '../serializers.ts';
import type { Message, RecordMetadata } from './message.ts';

export interface ProducerInterceptor<K = Bytes, V = Bytes> {
  /**
   * Sees a record before serializers and partitioner; returns it, or another one to send in its place. What it
   * throws goes to the caller of `send` or `enqueue`, and the record is not taken.
   */
  onSend?(message: Message<K, V>, context: { readonly topic: string }): Message<K, V>;
  /**
   * Told once per record how its delivery ended, before the record's own callback. What it throws becomes an
   * uncaught exception.
   */
  onAcknowledgement?(error: TidelogError | undefined, metadata: RecordMetadata | undefined): void;
}

/** The record after all interceptors have seen it, in their order. */
export function interceptSend<K, V>(
  interceptors: readonly ProducerInterceptor<K, V>[],
  message: Message<K, V>,
  topic: string,
): Message<K, V> {
  let result = message;
  for (const interceptor of interceptors) result = interceptor.onSend?.(result, { topic }) ?? result;
  return result;
}
