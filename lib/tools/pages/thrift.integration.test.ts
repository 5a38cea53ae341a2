import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { diffText } from '#lib/content';
import { generated } from '../../content/corpus/corpus.fixture.ts';
import { startSandbox } from '../../sandbox/index.ts';
import type { Context, Proposal } from '../operation.ts';
import {
  apply,
  contextFor,
  preview,
  read,
  startSite,
  storageOf,
  type TestSite,
} from '../sandbox-context.fixture.ts';

let site: TestSite;
let ada: Context;
let page: string;
const sentence = 'The valve of pump seventeen is opened by hand before the night shift.';
beforeAll(async () => {
  site = await startSite(startSandbox);
  ada = await contextFor(site);
  const made = generated.find(({ name }) => name.includes('200-kb'))?.storage ?? '';
  // The sentence stands in the middle of the page, under a heading of its own.
  const middle = made.indexOf('<h2', made.length / 2);
  const body = `${made.slice(0, middle)}<h2>Pump seventeen</h2><p>${sentence} Nobody else touches it.</p>${made.slice(middle)}`;
  const proposal = await preview(ada, 'create_page', {
    space: 'ENG',
    title: 'Plant handbook',
    body,
    body_format: 'storage',
  });
  page = String((await apply(ada, proposal)).outcome.targetId);
}, 60_000);
afterAll(() => site.stop());

/** Four characters are about a token. */
const tokens = (text: string): number => Math.ceil(text.length / 4);

/** What a client is told of a proposal: title, link, target, diff, warnings. */
const told = (proposal: Proposal): string =>
  [
    `${proposal.title} (edit_page, change_id chg_0123456789abcdef)`,
    'Proposed, not written yet. A person must look at it and decide: http://localhost:3000/changes/chg_0123456789abcdef',
    'Do not say that it is done, and do not propose it again.',
    `Target: ${proposal.target.title}`,
    ...(proposal.diff.body === null ? [] : [diffText(proposal.diff.body)]),
    ...proposal.warnings.map(({ message }) => `Warning: ${message}`),
  ].join('\n');

type Step = { name: string; input: Record<string, unknown> };

async function run(steps: Step[]): Promise<{ toModel: number; fromModel: number }> {
  const sum = { toModel: 0, fromModel: 0 };
  for (const { name, input } of steps) {
    sum.fromModel += tokens(JSON.stringify({ name, input }));
    const text =
      name === 'edit_page' ? told(await preview(ada, name, input)) : (await read(ada, name, input)).text;
    sum.toModel += tokens(text);
  }
  return sum;
}

describe('one sentence changed on a page of 200 KB', () => {
  const edit = (): Step => ({
    name: 'edit_page',
    input: {
      page,
      base_version: 1,
      edits: [
        {
          op: 'replace_text',
          target: { text: sentence },
          with: 'The valve of pump seventeen opens by itself at ten in the evening.',
        },
      ],
    },
  });

  test('costs the model at most 4,000 tokens read and 500 written, by any way to the place', async () => {
    expect((await storageOf(ada, page)).length).toBeGreaterThan(190_000);
    const ways: Record<string, Step[]> = {
      'default reply, section, edit': [
        { name: 'read_page', input: { page } },
        { name: 'read_page', input: { page, section: 'Pump seventeen' } },
        edit(),
      ],
      'outline, section, edit': [
        { name: 'read_page', input: { page, format: 'outline', max_chars: 6000 } },
        { name: 'read_page', input: { page, section: 'Pump seventeen' } },
        edit(),
      ],
      'section, edit': [{ name: 'read_page', input: { page, section: 'Pump seventeen' } }, edit()],
    };
    for (const [way, steps] of Object.entries(ways)) {
      const { toModel, fromModel } = await run(steps);
      expect(toModel, way).toBeLessThanOrEqual(4000);
      expect(fromModel, way).toBeLessThanOrEqual(500);
    }
  });

  test('and only that sentence differs', async () => {
    const first = await storageOf(ada, page);
    const proposal = await preview(ada, 'edit_page', edit().input);
    const { value } = (proposal.request as { put: { body: { value: string } } }).put.body;
    const back = value.replace(
      'The valve of pump seventeen opens by itself at ten in the evening.',
      sentence,
    );
    expect(value).not.toContain(sentence);
    expect(back.startsWith(first)).toBe(true);
    expect(proposal.diff.body?.counts).toMatchObject({ changed: 1, added: 0, removed: 0 });
    expect(proposal.warnings).toEqual([]);
  });
});
