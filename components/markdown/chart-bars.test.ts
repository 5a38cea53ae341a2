import { expect, test } from 'vitest';
import { chartOf } from './chart-bars.ts';

test('one bar a line, with title, links and thousands', () => {
  expect(
    chartOf('Views in November\n[API \\[v2\\]](https://halden.example/1): 1,240\n2. Onboarding: 31\n'),
  ).toEqual({
    title: 'Views in November',
    bars: [
      { label: 'API [v2]', url: 'https://halden.example/1', value: 1240 },
      { label: 'Onboarding', url: null, value: 31 },
    ],
  });
});

test('a label may hold a colon; what is no chart stays text', () => {
  expect(chartOf('RFC: retries: 4')?.bars).toEqual([{ label: 'RFC: retries', url: null, value: 4 }]);
  for (const text of ['', 'words only', 'a: 1\nno number here\nb: 2', 'a: x'])
    expect(chartOf(text)).toBeNull();
});
