import { expect, test } from 'vitest';
import { namedProposal } from './named-mentions.ts';
import type { Context, Proposal } from './operation.ts';

const jane = '712020:025278c7-39ba-43f6-ad80-87f1cbd950fd';
const body = {
  entries: [
    { op: 'keep' as const, count: 2, headings: [] },
    {
      op: 'add' as const,
      kind: 'paragraph',
      path: [],
      rendered: [
        { tag: 'ins' as const, kids: [{ tag: 'mention' as const, kids: [`@${jane}`] }, ` @${jane} as text`] },
      ],
      source: '<p/>',
    },
  ],
  counts: { kept: 2, changed: 0, added: 1, removed: 0, macrosKept: 0, macrosLost: 0, commentMarkersLost: 0 },
};
const proposal = (over: object): Proposal =>
  ({ diff: { fields: [], body: null, ...over } }) as unknown as Proposal;
const context = () =>
  ({
    confluence: {},
    connection: { account: { id: jane, name: 'Jane Doe' } },
    log: {},
  }) as unknown as Context;

test('people mentioned in a body are named on the card; the same characters as text stay', async () => {
  const named = await namedProposal(context(), proposal({ body }));
  expect(named.diff.body?.entries[1]).toMatchObject({
    rendered: [{ tag: 'ins', kids: [{ tag: 'mention', kids: ['@Jane Doe'] }, ` @${jane} as text`] }],
  });
});

test('nothing is asked where nobody is mentioned', async () => {
  const same = proposal({});
  expect(await namedProposal(context(), same)).toBe(same);
  const refused = { noChange: true as const, text: 'So already.', sources: [] };
  expect(await namedProposal(context(), refused)).toBe(refused);
});
