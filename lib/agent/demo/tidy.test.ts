import { expect, test } from 'vitest';
import { tidy } from './tidy.ts';

test('marks for editing become words; code stays as it is', () => {
  const view = [
    '::::::layout {#983aqx}',
    ':::::section two_equal {#1u0q61}',
    '::::cell {#7g972u}',
    ':::info In an incident {icon=true #6pj7d9}',
    'Go to [Incident response](<page:Incident response>) first.',
    ':::',
    '::::',
    ':::::',
    '::::::',
    '{{macro:toc minLevel=1 maxLevel=2 #1ioe76}}',
    '| Owner | @[Lars](user:712020:e9) |',
    '| State | {status:IN FORCE\\|green} on {date:2026-10-30} |',
    'The {comment #a1b2c3}marked{/comment} word <!-- #abc -->',
    '![plan](attachment:a.png "x") ![](http://evil.example/p.png)',
    '```',
    ':::kept {#x}',
    '```',
  ].join('\n');
  expect(tidy(view)).toBe(
    [
      '**Info: In an incident**',
      'Go to Incident response first.',
      '',
      '*(macro toc minLevel=1 maxLevel=2)*',
      '| Owner | @Lars |',
      '| State | **IN FORCE** on 2026-10-30 |',
      'The marked word ',
      '(image: plan) (image)',
      '```',
      ':::kept {#x}',
      '```',
    ].join('\n'),
  );
});
