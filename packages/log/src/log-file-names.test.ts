import { expect, test } from 'vitest';
import { LOG_SUFFIX, offsetOfFileName, segmentFileName, SNAPSHOT_SUFFIX } from './log-file-names.ts';

test('a segment file is named by its base offset in 20 digits', () => {
  expect(segmentFileName(42, LOG_SUFFIX)).toBe('00000000000000000042.log');
  expect(offsetOfFileName('00000000000000000042.log', LOG_SUFFIX)).toBe(42);
  expect(offsetOfFileName(segmentFileName(Number.MAX_SAFE_INTEGER, LOG_SUFFIX), LOG_SUFFIX)).toBe(
    Number.MAX_SAFE_INTEGER,
  );
});

test.each([
  '42.log',
  '00000000000000000042.index',
  '0000000000000000004x.log',
  '99999999999999999999.log',
  '.log',
])('%s is not the name of a segment', (name) => {
  expect(offsetOfFileName(name, LOG_SUFFIX)).toBeUndefined();
});

test('a side file is not taken for a snapshot', () => {
  expect(offsetOfFileName('00000000000000000042.producers.tidelog', SNAPSHOT_SUFFIX)).toBeUndefined();
});
