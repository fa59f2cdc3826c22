import { describe, expect, test } from 'vitest';
import { dottedName, LOG_CONFIG, logConfigNameOf, parseLogConfigs, resolveLogConfig } from './log-config.ts';

describe('log config', () => {
  test("defaults are Kafka's", () => {
    expect(resolveLogConfig(undefined)).toMatchObject({
      segmentBytes: 1073741824,
      segmentMs: 604800000,
      segmentIndexBytes: 10485760,
      indexIntervalBytes: 4096,
      maxMessageBytes: 1048588,
      retentionMs: 604800000,
      retentionBytes: -1,
      fileDeleteDelayMs: 60000,
      messageTimestampType: 'CreateTime',
      durability: 'fsync',
    });
  });

  test('dotted names lead to options and back', () => {
    for (const name of Object.keys(LOG_CONFIG) as (keyof typeof LOG_CONFIG)[]) {
      expect(logConfigNameOf(dottedName(name))).toBe(name);
    }
    expect(dottedName('segmentBytes')).toBe('segment.bytes');
    expect(dottedName('durability')).toBe('durability');
    expect(logConfigNameOf('segment.jitter.ms')).toBeUndefined();
  });

  test('topic configs are read from text', () => {
    expect(
      parseLogConfigs({ 'segment.bytes': '1048576', 'retention.ms': '-1', durability: 'page-cache' }),
    ).toEqual({
      segmentBytes: 1048576,
      retentionMs: -1,
      durability: 'page-cache',
    });
  });

  test("Kafka's way to write for ever is understood", () => {
    expect(parseLogConfigs({ 'retention.ms': '9223372036854775807' })).toEqual({
      retentionMs: Number.MAX_SAFE_INTEGER,
    });
  });

  test('an unknown name and a bad value are refused by name', () => {
    expect(() => parseLogConfigs({ 'segment.byte': '1' })).toThrow(/segment\.byte/);
    expect(() => parseLogConfigs({ 'segment.bytes': '12' })).toThrow(/segment\.bytes.*1024/);
    expect(() => parseLogConfigs({ 'cleanup.policy': 'compact,compact' })).toThrow(/cleanup\.policy/);
    expect(() => resolveLogConfig({ retentionMs: -2 })).toThrow(
      expect.objectContaining({ code: 'INVALID_CONFIG' }),
    );
  });
});
