import { expect, test } from 'vitest';
import { takeCall } from './rate.ts';

test('a key has its calls for a minute, is then asked to wait until the minute ends, and may go on', () => {
  const at = 1_000_000;
  expect(takeCall('a', 2, at)).toEqual({
    headers: { 'ratelimit-limit': '2', 'ratelimit-remaining': '1', 'ratelimit-reset': '60' },
    waitSeconds: null,
  });
  expect(takeCall('a', 2, at + 20_000).waitSeconds).toBeNull();
  expect(takeCall('a', 2, at + 20_500)).toEqual({
    headers: { 'ratelimit-limit': '2', 'ratelimit-remaining': '0', 'ratelimit-reset': '40' },
    waitSeconds: 40,
  });
  expect(takeCall('b', 2, at + 20_500).waitSeconds).toBeNull();
  expect(takeCall('a', 2, at + 60_000).waitSeconds).toBeNull();
});
