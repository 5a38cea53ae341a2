import { z } from 'zod';
import { InternalError, UserError } from '#errors';
import { defineWrite } from '../define.ts';
import type { Document } from '../documents.ts';
import { itemOf } from '../documents.ts';
import { text } from '../inputs.ts';
import type { Context, NoChange, Proposal, WriteOperation } from '../operation.ts';
import { createPage } from '../pages/create-page.ts';
import { editPage } from '../pages/edit-page.ts';
import { sourceOf } from '../render.ts';
import { resolvePage } from '../resolve/page.ts';
import { resolveSpace, spacesById } from '../resolve/space.ts';
import { completenessText, scanPages, scopeOf } from '../scan/index.ts';
import { proposalShape } from '../written.ts';
import { indexStorage } from './index-storage.ts';

const input = z.object({
  page: text.optional(),
  mode: z.enum(['toc_macro', 'children_macro', 'index_page']),
  space: text.optional(),
  label: text.optional(),
  query: text.optional(),
  title: text.optional(),
  base_version: z.int().min(1).optional(),
});
type Input = z.output<typeof input>;
type Planned = Proposal | NoChange;

const mostPages = 1000;

const macros = {
  toc_macro: {
    name: 'toc',
    op: 'prepend',
    storage:
      '<ac:structured-macro ac:name="toc" ac:schema-version="1"><ac:parameter ac:name="maxLevel">3</ac:parameter></ac:structured-macro>',
  },
  children_macro: {
    name: 'children',
    op: 'append',
    storage:
      '<ac:structured-macro ac:name="children" ac:schema-version="2"><ac:parameter ac:name="all">true</ac:parameter></ac:structured-macro>',
  },
} as const;

const edit = (ctx: Context, given: Record<string, unknown>): Promise<Planned> =>
  editPage.preview(ctx, editPage.input.parse(given));

async function macroOn(ctx: Context, o: Input, mode: 'toc_macro' | 'children_macro'): Promise<Planned> {
  if (o.page === undefined)
    throw new UserError('invalid_input', 'page: Which page it goes onto is missing.', {
      next: 'Give the page.',
    });
  const macro = macros[mode];
  const page = await resolvePage(ctx, o.page, { format: 'storage' });
  if ((page.body ?? '').includes(`ac:name="${macro.name}"`))
    return {
      noChange: true,
      text: `"${page.title}" has ${mode === 'toc_macro' ? 'a table of contents' : 'a list of its child pages'} already (version ${page.version}). No change was proposed.`,
      sources: [sourceOf(await itemOf(ctx, page))],
    };
  const title =
    mode === 'toc_macro'
      ? `Add a table of contents to "${page.title}"`
      : `Add a list of child pages to "${page.title}"`;
  const planned = await edit(ctx, {
    page: page.id,
    ...(o.base_version === undefined ? {} : { base_version: o.base_version }),
    edits: [{ op: macro.op, storage: macro.storage }],
  });
  return 'noChange' in planned ? planned : { ...planned, title };
}

async function indexOf(ctx: Context, o: Input): Promise<Planned> {
  if ((o.space ?? o.label ?? o.query) === undefined)
    throw new UserError('invalid_input', 'An index needs to know which pages it lists.', {
      next: 'Give space, label or query.',
    });
  const own = o.page === undefined ? null : await resolvePage(ctx, o.page, { format: 'storage' });
  const scope = await scopeOf(ctx, o);
  const found: Document[] = [];
  const completeness = await scanPages(ctx, { scope, maxPages: mostPages, bodies: false }, (page) => {
    if (page.id !== own?.id) found.push(page);
  });
  if (found.length === 0)
    throw new UserError(
      'not_found',
      `No page ${scope.words} is visible to you, so the index would be empty.`,
      {
        next: 'Check the space, label or search.',
      },
    );
  const spaces = await spacesById(
    ctx,
    found.map((page) => page.spaceId),
  );
  const keyOf = (page: Document) => spaces.get(page.spaceId)?.key ?? '';
  const home = scope.space?.homepageId ?? null;
  const listed = found.filter((page) => page.id !== home);
  const body = indexStorage(listed.length === 0 ? found : listed, keyOf);
  const planned = await (own === null
    ? newIndex(ctx, o, body)
    : edit(ctx, {
        page: own.id,
        ...(o.base_version === undefined ? {} : { base_version: o.base_version }),
        edits: [{ op: 'append', storage: body }],
      }));
  if ('noChange' in planned) return planned;
  const notes = [
    `The list is as of now: ${completenessText(completeness)} Restricted pages show as links to those who may not open them.`,
  ];
  return {
    ...planned,
    warnings: [
      ...planned.warnings,
      ...notes.map((message) => ({ code: 'note', message, mustConfirm: false })),
    ],
  };
}

async function newIndex(ctx: Context, o: Input, body: string): Promise<Planned> {
  if (o.space === undefined)
    throw new UserError('invalid_input', 'The new index page needs a space to stand in.', {
      next: 'Give space, or page for an index on a page that exists.',
    });
  const space = await resolveSpace(ctx, o.space);
  const of = o.label ?? o.query ?? space.name;
  return createPage.preview(
    ctx,
    createPage.input.parse({
      space: space.id,
      title: o.title ?? `Index: ${of}`.slice(0, 200),
      body,
      body_format: 'storage',
    }),
  );
}

/** The change itself is an edit or a new page: that operation applies, checks and undoes it. */
function owner(proposal: Proposal): WriteOperation {
  const found = [editPage, createPage].find((one) => one.name === proposal.operation);
  if (found === undefined)
    throw new InternalError('internal', `No table of contents is made by "${proposal.operation}".`);
  return found;
}

export const createTableOfContents = defineWrite({
  name: 'create_table_of_contents',
  input,
  output: proposalShape,
  preview: (ctx, o) => (o.mode === 'index_page' ? indexOf(ctx, o) : macroOn(ctx, o, o.mode)),
  rebase: (ctx, proposal) => owner(proposal).rebase(ctx, proposal),
  apply: (ctx, proposal) => owner(proposal).apply(ctx, proposal),
  verify: (ctx, proposal, outcome) => owner(proposal).verify(ctx, proposal, outcome),
  settle: (ctx, proposal) => owner(proposal).settle(ctx, proposal),
  inverse: (ctx, proposal, outcome) => owner(proposal).inverse(ctx, proposal, outcome),
});
