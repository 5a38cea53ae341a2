import { z } from 'zod';
import { ConfabError } from '#errors';
import { applyEdits, type Edit, markdownToStorage, outline, parseStorage, sameStorage } from '#lib/content';
import { defineWrite } from '../define.ts';
import { type Document, itemOf } from '../documents.ts';
import { text } from '../inputs.ts';
import type { Context, NoChange, Proposal, Rebase } from '../operation.ts';
import { inversePut, putWrite, storageAt } from '../page-write/index.ts';
import { editPage } from '../pages/edit-page.ts';
import { oneLine, sourceOf } from '../render.ts';
import { resolvePage } from '../resolve/page.ts';
import { resolvePerson } from '../resolve/person.ts';
import { proposalShape, stillChanges } from '../written.ts';
import { dueDay } from './due.ts';

const input = z.object({
  page: text,
  text,
  assignee: text.optional(),
  due: text.optional(),
  section: text.optional(),
  base_version: z.int().min(1),
});
type Input = z.output<typeof input>;
type Wanted = { body: string; due: string | null; assignee: { id: string; name: string } | null };

const attribute = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** The words of the task as storage: inline Markdown, without the paragraph around it. */
function inline(given: string): string {
  const storage = markdownToStorage(oneLine(given).replace(/^[-*]\s+(\[[ x]\]\s+)?/i, ''));
  const only = /^<p>((?:(?!<\/?p[\s>]).)*)<\/p>$/s.exec(storage)?.[1];
  return only ?? oneLine(given).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

async function wantedOf(ctx: Context, o: Input): Promise<Wanted> {
  const person =
    o.assignee === undefined
      ? null
      : /^(?:me|myself)$/i.test(o.assignee)
        ? { id: ctx.connection.account.id, name: ctx.connection.account.name }
        : await resolvePerson(ctx, o.assignee).then(({ accountId, name }) => ({ id: accountId, name }));
  const due = o.due === undefined ? null : dueDay(o.due);
  const mention =
    person === null ? '' : `<ac:link><ri:user ri:account-id="${attribute(person.id)}" /></ac:link> `;
  const date = due === null ? '' : ` <time datetime="${due}" />`;
  return { body: `${mention}${inline(o.text)}${date}`, due, assignee: person };
}

/** The next free `ac:task-id`: ids must be unique on their page. */
function nextTaskId(storage: string): number {
  let highest = 0;
  for (const node of parseStorage(storage).nodes) {
    if (node.type === 'element' && node.name === 'ac:task-id') {
      const id = Number.parseInt(storage.slice(node.openEnd, node.closeStart), 10);
      if (Number.isSafeInteger(id) && id < 1e9) highest = Math.max(highest, id);
    }
  }
  return highest + 1;
}

/** True when an open task with just this body stands on the page. */
function alreadyThere(storage: string, body: string): boolean {
  const wanted = `<ac:task><ac:task-status>incomplete</ac:task-status><ac:task-body>${body}</ac:task-body></ac:task>`;
  return parseStorage(storage).nodes.some(
    (node) =>
      node.type === 'element' &&
      node.name === 'ac:task' &&
      sameStorage(wanted, storage.slice(node.start, node.end)),
  );
}

/**
 * The edit that puts the task in: into the task list that ends the section (or the page), else as a new list
 * there. Every other byte stays.
 */
export function taskEdit(storage: string, body: string, section: string | undefined): Edit {
  const task = `<ac:task><ac:task-id>${nextTaskId(storage)}</ac:task-id><ac:task-status>incomplete</ac:task-status><ac:task-body>${body}</ac:task-body></ac:task>`;
  const list: Edit = {
    op: 'append',
    storage: `<ac:task-list>${task}</ac:task-list>`,
    ...(section === undefined ? {} : { target: { heading: section } }),
  };
  const [place] = applyEdits(storage, [list]).touched;
  const last = outline(storage).findLast(
    (block) => block.kind === 'tasks' && place !== undefined && block.end === place.start,
  );
  if (last === undefined) return list;
  const old = storage.slice(last.start, last.end);
  const end = old.lastIndexOf('</ac:task-list>');
  if (end < 0) return list;
  return {
    op: 'replace',
    target: { block: last.id },
    storage: `${old.slice(0, end)}${task}${old.slice(end)}`,
  };
}

function titleOf(o: Input, page: Document): string {
  return `Add the task "${oneLine(o.text).slice(0, 80)}" to "${page.title}"`;
}

async function preview(ctx: Context, o: Input): Promise<Proposal | NoChange> {
  const page = await resolvePage(ctx, o.page, { format: 'storage' });
  const wanted = await wantedOf(ctx, o);
  if (alreadyThere(page.body ?? '', wanted.body)) {
    return {
      noChange: true,
      text: `"${page.title}" has this open task already. No change was proposed.`,
      sources: [sourceOf(await itemOf(ctx, page))],
    };
  }
  const base =
    o.base_version >= page.version
      ? (page.body ?? '')
      : await storageAt(ctx, 'page', page.id, o.base_version);
  const edit = taskEdit(base, wanted.body, o.section);
  const title = titleOf(o, page);
  const planned = await editPage.preview(
    ctx,
    editPage.input.parse({
      page: page.id,
      base_version: o.base_version,
      edits: [edit],
      message: `Confab: ${title}`,
    }),
  );
  if ('noChange' in planned) return planned;
  const field = (label: string, after: string) => ({ label, before: null, after });
  return {
    ...planned,
    operation: 'create_task',
    title,
    input: {
      ...o,
      page: page.id,
      ...(wanted.assignee === null ? {} : { assignee: wanted.assignee.id }),
      ...(wanted.due === null ? {} : { due: wanted.due }),
    },
    diff: {
      ...planned.diff,
      fields: [
        ...(wanted.assignee === null ? [] : [field('Assignee', wanted.assignee.name)]),
        ...(wanted.due === null ? [] : [field('Due', wanted.due)]),
        ...planned.diff.fields,
      ],
    },
    editable: { label: 'Task', text: o.text },
  };
}

/** When the page has moved on, the task is worked into the newest version: its number must be free there. */
async function rebase(ctx: Context, proposal: Proposal): Promise<Rebase> {
  const given = input.parse(proposal.input);
  const conflict = (message: string): Rebase => ({
    kind: 'conflict',
    message,
    yours: proposal.diff.body,
    theirs: null,
  });
  try {
    const page = await resolvePage(ctx, given.page);
    if (page.version === proposal.baseVersion && page.status === 'current') return { kind: 'current' };
    if (page.status !== 'current') return conflict(`The page is ${page.status} now.`);
    const fresh = await preview(ctx, { ...given, base_version: page.version });
    return 'noChange' in fresh ? conflict(fresh.text) : { kind: 'rebased', proposal: fresh };
  } catch (error) {
    // The section the task was meant for may be gone.
    if (error instanceof ConfabError && ['not_found', 'invalid_input', 'ambiguous'].includes(error.code))
      return conflict(error.message);
    throw error;
  }
}

export const createTask = defineWrite({
  name: 'create_task',
  input,
  output: proposalShape,
  preview,
  async edit(ctx, proposal, newText) {
    const edited = await preview(ctx, { ...input.parse(proposal.input), text: newText });
    return stillChanges(edited);
  },
  ...putWrite,
  rebase,
  inverse: (ctx, proposal, outcome) => inversePut(ctx, proposal, outcome),
});
