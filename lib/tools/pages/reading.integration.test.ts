import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { outline } from '#lib/content';
import { generated } from '../../content/corpus/corpus.fixture.ts';
import { startSandbox } from '../../sandbox/index.ts';
import type { Context } from '../operation.ts';
import {
  apply,
  colleagueEdits,
  contextFor,
  preview,
  read,
  startSite,
  storageOf,
  type TestSite,
  undo,
} from '../sandbox-context.fixture.ts';

let site: TestSite;
let ada: Context;
beforeAll(async () => {
  site = await startSite(startSandbox);
  ada = await contextFor(site);
}, 60_000);
afterAll(() => site.stop());

async function make(title: string, body: string): Promise<string> {
  const proposal = await preview(ada, 'create_page', { space: 'ENG', title, body, body_format: 'storage' });
  return String((await apply(ada, proposal)).outcome.targetId);
}

const large = (): string => {
  const found = generated.find(({ name }) => name.includes('200-kb'));
  if (found === undefined) throw new Error('The corpus has no page of 200 KB.');
  return found.storage;
};

/** Ada's context, in which Confluence holds other bodies than it does. */
function holding(body: (format: string) => string | null, ctx = ada): Context {
  const { confluence } = ctx;
  return {
    ...ctx,
    confluence: {
      ...confluence,
      webUrl: (path) => confluence.webUrl(path),
      sendRequest: async (options) => {
        const answer = await confluence.sendRequest(options);
        const bodies = (answer as { body?: Record<string, { value?: unknown }> } | null)?.body;
        for (const [format, one] of Object.entries(bodies ?? {})) {
          const value = body(format);
          if (value !== null) one.value = value;
        }
        return answer;
      },
    },
  };
}

type Block = { id: string; kind: string; chars: number; depth: number; heading_path: string[] };

describe('outline', () => {
  test('counts by kind, ids, sizes; each id is taken by edit_page as it stands', async () => {
    const { data, text } = await read(ada, 'read_page', { page: '5543210', format: 'outline' });
    const blocks = data.outline as (Block & { section_chars?: number })[];
    const storage = await storageOf(ada, '5543210');
    expect(blocks.map(({ id }) => id)).toEqual(outline(storage).map(({ id }) => id));
    expect(text).toMatch(/\n\n\d+ blocks, \d+ characters: \d+ [a-z]+s?, /);
    expect(text).toContain(`version ${data.version}`);
    expect(text).toMatch(/#h-\w+ h2 \d+ What to watch/);
    for (const { id, kind } of blocks) {
      if (kind === 'heading') continue;
      const proposal = await preview(ada, 'edit_page', {
        page: '5543210',
        base_version: data.version,
        edits: [{ op: 'insert_before', target: { block: id }, markdown: 'A line.' }],
      });
      const { value } = (proposal.request as { put: { body: { value: string } } }).put.body;
      expect(value.replace('<p>A line.</p>', ''), id).toBe(storage);
    }
  });

  test('of one section its blocks only, with their heading path', async () => {
    const { data } = await read(ada, 'read_page', {
      page: '5543210',
      format: 'outline',
      section: 'What to watch',
    });
    const blocks = data.outline as Block[];
    expect(blocks[0]?.kind).toBe('heading');
    expect(blocks.length).toBeGreaterThan(1);
    expect(blocks.slice(1).every(({ heading_path: path }) => path.includes('What to watch'))).toBe(true);
  });

  test('of a long page the headings first; all blocks follow by cursor, each once', async () => {
    const page = await make('Long outline', large());
    const first = await read(ada, 'read_page', { page, format: 'outline' });
    expect(String(first.data.body).length).toBeLessThanOrEqual(10_100);
    expect(first.data).toMatchObject({ has_more: true, cursor: 'b0' });
    const ids: string[] = [];
    for (let cursor: unknown = 'b0'; cursor !== null; ) {
      const { data } = await read(ada, 'read_page', { page, format: 'outline', cursor });
      ids.push(...(data.outline as Block[]).map(({ id }) => id));
      cursor = data.cursor;
    }
    expect(ids).toEqual(outline(await storageOf200(page)).map(({ id }) => id));
    await expect(
      read(ada, 'read_page', { page, format: 'outline', cursor: 'm20-abc' }),
    ).rejects.toMatchObject({ code: 'invalid_input' });
  });
});

/** The whole storage of a page that one reply cannot hold. */
async function storageOf200(page: string): Promise<string> {
  let whole = '';
  for (let cursor: unknown; cursor !== null; ) {
    const { data } = await read(ada, 'read_page', {
      page,
      format: 'storage',
      max_chars: 100_000,
      ...(cursor === undefined ? {} : { cursor }),
    });
    whole += String(data.body);
    cursor = data.cursor;
  }
  return whole;
}

describe('a long page', () => {
  test('by default: headings with sizes, the beginning, the way on; nothing is lost between the parts', async () => {
    const page = await make('Long page', large());
    const first = await read(ada, 'read_page', { page });
    expect(first.text.length).toBeLessThan(8000);
    expect(first.text).toContain('Its headings, with id and characters under each:');
    expect(first.data.sections).not.toEqual([]);
    let whole = String(first.data.body);
    for (let { cursor } = first.data; cursor !== null; ) {
      const { data, text } = await read(ada, 'read_page', { page, cursor, max_chars: 60_000 });
      expect(text).not.toContain('Its headings');
      whole += String(data.body);
      cursor = data.cursor;
    }
    const once = await read(ada, 'read_page', { page, max_chars: 200_000 });
    expect(whole.slice(0, 200_000).startsWith(String(once.data.body).slice(0, 190_000))).toBe(true);
  });

  test('a section by heading, path or id, cut by max_chars, goes on by cursor with the same section', async () => {
    const page = await make('Long sections', large());
    const { data } = await read(ada, 'read_page', { page });
    const [section] = data.sections as { id: string; title: string; heading_path: string[] }[];
    if (section === undefined) throw new Error('no section');
    const asked = { page, section: section.id, max_chars: 500 };
    const one = await read(ada, 'read_page', asked);
    expect(String(one.data.body).startsWith('#')).toBe(true);
    const two = await read(ada, 'read_page', { ...asked, cursor: one.data.cursor });
    const both = await read(ada, 'read_page', { ...asked, max_chars: 200_000 });
    expect(String(both.data.body).startsWith(`${one.data.body}${two.data.body}`)).toBe(true);
    await expect(
      read(ada, 'read_page', { page, max_chars: 500, cursor: one.data.cursor }),
    ).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test('an ambiguous section names its candidates, and a path or an id among them is enough', async () => {
    const body = '<h1>A</h1><h2>Same</h2><p>first</p><h1>B</h1><h2>Same</h2><p>second</p>';
    const page = await make('Same headings', body);
    const refused = await read(ada, 'read_page', { page, section: 'Same' }).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      code: 'ambiguous',
      data: { candidates: [expect.any(String), expect.any(String)] },
    });
    expect((await read(ada, 'read_page', { page, section: 'B > Same' })).data.body).toBe('## Same\n\nsecond');
    const [candidate] = (refused as { data: { candidates: string[] } }).data.candidates;
    const id = candidate?.split(' ')[0];
    expect((await read(ada, 'read_page', { page, section: id })).data.body).toBe('## Same\n\nfirst');
    await expect(read(ada, 'read_page', { page, section: 'Nowhere' })).rejects.toMatchObject({
      code: 'not_found',
      data: { candidates: expect.any(Array) },
    });
  });
});

describe('formats', () => {
  const body =
    '<h2>One</h2><p>First <span style="color: red;">red</span></p><ac:structured-macro ac:name="jira" ac:macro-id="11111111-2222"><ac:parameter ac:name="key">ENG-1</ac:parameter></ac:structured-macro><h2>Two</h2><p>Second</p>';

  test('placeholders and what is not shown are counted apart, in text and data', async () => {
    const page = await make('Accounted', body);
    const { data, text } = await read(ada, 'read_page', { page });
    expect(data.placeholders).toEqual([{ what: 'macro:jira', count: 1 }]);
    expect(data.not_shown).toContainEqual({
      what: expect.stringContaining('colour'),
      count: expect.any(Number),
    });
    expect(text).toMatch(/Shown as placeholders: macro:jira ×1\. Not shown: .*colour.* ×\d.*\.$/);
  });

  test('storage and ADF by section, cut where they can be read; ids of all blocks on request', async () => {
    const page = await make('By section', body);
    const two = { page, section: 'Two' };
    const storage = await read(ada, 'read_page', { ...two, format: 'storage' });
    expect(String(storage.data.body)).toMatch(/^<h2[^>]*>Two<\/h2><p[^>]*>Second<\/p>$/);
    const adf = await read(ada, 'read_page', { ...two, format: 'adf' });
    expect(JSON.parse(String(adf.data.body))).toMatchObject({
      type: 'doc',
      content: [{ type: 'heading' }, { type: 'paragraph' }],
    });
    await expect(read(ada, 'read_page', { ...two, format: 'view' })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    const ids = await read(ada, 'read_page', { ...two, include: ['block_ids'] });
    const [heading] = outline(await storageOf(ada, page)).filter(({ preview: words }) => words === 'Two');
    expect(ids.data.body).toContain(`<!-- #${heading?.id} -->\n## Two`);
  });

  test('ADF of a long page comes in documents of whole nodes, one a line', async () => {
    const page = await make('Long ADF', large());
    const types: string[] = [];
    for (let cursor: unknown; cursor !== null; ) {
      const { data } = await read(ada, 'read_page', {
        page,
        format: 'adf',
        ...(cursor === undefined ? {} : { cursor }),
      });
      expect(String(data.body).length).toBeLessThan(26_000);
      const { content } = JSON.parse(String(data.body)) as { content: { type: string }[] };
      types.push(...content.map(({ type }) => type));
      cursor = data.cursor;
    }
    expect(types.length).toBeGreaterThan(100);
    const small = await read(ada, 'read_page', { page, format: 'adf', max_chars: 300 });
    expect(JSON.parse(String(small.data.body))).toMatchObject({ type: 'doc' });
  });

  test('one macro by its id gives that body and not the page', async () => {
    const rich =
      '<p>Outside words.</p><ac:structured-macro ac:name="info" ac:macro-id="aaaaaaaa-1"><ac:rich-text-body><p>Inside words.</p></ac:rich-text-body></ac:structured-macro>';
    const page = await make('One macro', rich);
    const macroId = /ac:macro-id="([^"]+)"/.exec(await storageOf(ada, page))?.[1];
    const { data, text } = await read(ada, 'read_page', { page, macro_id: macroId });
    expect(data.macro_body).toContain('Inside words.');
    expect(text).not.toContain('Outside words.');
    await expect(read(ada, 'read_page', { page, macro_id: 'nope' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('old versions and drafts', async () => {
    const page = await make('Versions', '<p>first words</p>');
    await colleagueEdits(site, page, '<p>second words</p>');
    expect((await read(ada, 'read_page', { page })).data).toMatchObject({ version: 2, body: 'second words' });
    expect((await read(ada, 'read_page', { page, version: 1 })).data).toMatchObject({
      version: 1,
      body: 'first words',
    });
    const draft = await preview(ada, 'create_page', {
      space: 'ENG',
      title: 'A draft',
      body: 'half',
      draft: true,
    });
    const id = String((await apply(ada, draft)).outcome.targetId);
    expect((await read(ada, 'read_page', { page: id, draft: true })).data).toMatchObject({
      status: 'draft',
      body: 'half',
    });
  });
});

describe('a body that Confluence holds malformed', () => {
  const broken = '<h2>Title</h2>\n<p>Some <strong>words</p>\n<p>More &amp; more</p>';
  const ctx = () => holding((format) => (format === 'storage' ? broken : null));

  test('is read as far as it goes, and where it is malformed is said', async () => {
    const { data, text } = await read(ctx(), 'read_page', { page: '5543210', section: 'Title' });
    expect(data).toMatchObject({
      format: 'text',
      body: 'Title\nSome words\nMore & more',
      problem: { line: 2 },
    });
    expect(text).toContain('malformed at line 2, column');
    expect(text).toContain('cannot be told apart');
    const raw = await read(ctx(), 'read_page', { page: '5543210', format: 'storage' });
    expect(raw.data).toMatchObject({ body: broken, problem: { line: 2 } });
    const lines = await read(ctx(), 'read_page', { page: '5543210', format: 'outline' });
    expect(lines.data).toMatchObject({ format: 'storage', body: broken });
    const noted = await read(ctx(), 'read_page', { page: '5543210', include: ['inline_comments'] });
    expect(noted.data.inline_comments).toEqual([]);
  });

  test('is not edited: the refusal is about the page, not about the edit', async () => {
    for (const [name, more] of [
      ['edit_page', { edits: [{ op: 'append', markdown: 'x' }] }],
      ['update_page', { body: 'x' }],
    ] as const)
      await expect(preview(ctx(), name, { page: '5543210', ...more })).rejects.toMatchObject({
        code: 'not_possible',
        message: expect.stringMatching(/stored malformed \(line 2/),
      });
  });

  test('does not fail the list of comments it is in', async () => {
    const { text } = await read(
      holding((format) => (format === 'storage' ? '<p>Words <b>open' : null)),
      'get_comment',
      { comment_id: await anyComment() },
    );
    expect(text).toContain('Words open');
  });
});

async function anyComment(): Promise<string> {
  const { data } = await read(ada, 'list_comments', { kind: 'footer' });
  return String((data.items as { id: string }[])[0]?.id);
}

describe('blog posts', () => {
  test('are read as pages are, with the way on in a long one', async () => {
    const proposal = await preview(ada, 'create_blog_post', {
      space: 'MKT',
      title: 'A long post',
      body: large(),
      body_format: 'storage',
    });
    const post = String((await apply(ada, proposal)).outcome.targetId);
    const { data } = await read(ada, 'read_blog_post', { post, max_chars: 1000 });
    expect(data.has_more).toBe(true);
    const next = await read(ada, 'read_blog_post', { post, max_chars: 1000, cursor: data.cursor });
    expect(next.data.body).not.toBe(data.body);
    const [block] = (
      await read(ada, 'read_blog_post', {
        post,
        format: 'outline',
        section: (data.sections as { id: string }[])[0]?.id,
      })
    ).data.outline as Block[];
    expect(block?.kind).toBe('heading');
  });
});

describe('mentions', () => {
  test('are shown by name; nobody known is said so', async () => {
    const { id } = ada.connection.account;
    const person = (account: string) => `<ac:link><ri:user ri:account-id="${account}" /></ac:link>`;
    const page = await make(
      'Who',
      `<p>${person(id)} and ${person('712020:00000000-0000-4000-8000-00000000dead')}</p>`,
    );
    const { data } = await read(ada, 'read_page', { page });
    expect(data.body).toBe(
      `@[Ada Moreno](user:${id}) and @[unknown person](user:712020:00000000-0000-4000-8000-00000000dead)`,
    );
  });
});

describe('live docs', () => {
  test('are read and edited as pages are: a next version, verified, and taken back', async () => {
    const made = await preview(ada, 'create_page', {
      space: 'ENG',
      title: 'A live doc',
      body: 'First line.\n\nSecond line.',
      live: true,
    });
    const page = String((await apply(ada, made)).outcome.targetId);
    const { data } = await read(ada, 'read_page', { page });
    expect(data.body).toBe('First line.\n\nSecond line.');
    const edits = [{ op: 'replace_text', target: { text: 'Second' }, with: 'Third' }];
    const proposal = await preview(ada, 'edit_page', { page, base_version: data.version, edits });
    const { outcome, verification } = await apply(ada, proposal);
    expect(verification).toMatchObject({ ok: true, version: 2 });
    expect((await undo(ada, proposal, outcome)).verification.ok).toBe(true);
    expect((await read(ada, 'read_page', { page })).data.body).toBe('First line.\n\nSecond line.');
  });
});
