import { describe, expect, test } from 'vitest';
import { retentionReason, type RetentionSegment } from './retention-policy.ts';

const SEGMENT: RetentionSegment = {
  nextOffset: 100,
  sizeBytes: 1000,
  isActive: false,
  maxTimestampMs: 5000,
  modifiedMs: 9000,
};
const LOG = {
  limits: { retentionMs: -1, retentionBytes: -1 },
  sizeBytes: 3000,
  logStartOffset: 0,
  highWatermark: 1000,
  nowMs: 10_000,
};

describe('retention', () => {
  test('without limits everything stays', () => {
    expect(retentionReason(SEGMENT, LOG)).toBeUndefined();
  });

  test('goes by the largest timestamp, or by the file when there is none', () => {
    const limits = { retentionMs: 4999, retentionBytes: -1 };
    expect(retentionReason(SEGMENT, { ...LOG, limits })).toBe('time');
    expect(retentionReason(SEGMENT, { ...LOG, limits: { ...limits, retentionMs: 5000 } })).toBeUndefined();
    expect(retentionReason({ ...SEGMENT, maxTimestampMs: -1 }, { ...LOG, limits })).toBeUndefined();
    expect(retentionReason({ ...SEGMENT, maxTimestampMs: -1, modifiedMs: 1 }, { ...LOG, limits })).toBe(
      'time',
    );
  });

  test('keeps at least retention.bytes', () => {
    expect(retentionReason(SEGMENT, { ...LOG, limits: { retentionMs: -1, retentionBytes: 2000 } })).toBe(
      'size',
    );
    expect(
      retentionReason(SEGMENT, { ...LOG, limits: { retentionMs: -1, retentionBytes: 2001 } }),
    ).toBeUndefined();
  });

  test('takes what lies below the log start offset', () => {
    expect(retentionReason(SEGMENT, { ...LOG, logStartOffset: 100 })).toBe('log-start');
    expect(retentionReason(SEGMENT, { ...LOG, logStartOffset: 99 })).toBeUndefined();
  });

  test('never takes records at or above the high watermark', () => {
    expect(retentionReason(SEGMENT, { ...LOG, logStartOffset: 100, highWatermark: 99 })).toBeUndefined();
  });

  test('takes the active segment only by time, and never an empty one', () => {
    const active = { ...SEGMENT, isActive: true };
    const limits = { retentionMs: 1, retentionBytes: 0 };
    expect(retentionReason(active, { ...LOG, limits })).toBe('time');
    expect(retentionReason(active, { ...LOG, limits: { ...limits, retentionMs: -1 } })).toBeUndefined();
    expect(retentionReason({ ...active, sizeBytes: 0 }, { ...LOG, limits })).toBeUndefined();
  });
});
