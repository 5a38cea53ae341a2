import { z } from 'zod';
import { UserError } from '#errors';
import { diffStorage, warningsOf } from '#lib/content';
import type { FieldDiff } from '#lib/wire';
import { idleInput, text } from '../inputs.ts';
import type { Context, NoChange, WriteOperation } from '../operation.ts';
import { checkTitle } from '../page-write/index.ts';
import { oneLine } from '../render.ts';
import { resolveSpace } from '../resolve/space.ts';
import { refuseSiteWide } from '../spaces-limit.ts';
import { defineStateWrite, matches, type PlannedWrite, undoBy } from '../state-write.ts';
import { stillChanges } from '../written.ts';
import { readTemplate, type Template } from './template.ts';
import {
  bodyOf,
  formatInput,
  foundMade,
  labelsOf,
  readState,
  sameNamed,
  sendRemoval,
  sendTemplate,
  shownVariables,
  stateOf,
  type TemplateRequest,
  targetOf,
  variableInput,
  wantedState,
} from './template-write.ts';
import { blanksOf, variablesOf, withDeclarations } from './variables.ts';

const createInput = z.object({
  name: text,
  space: text.optional(),
  body: z.string(),
  body_format: formatInput.optional(),
  variables: z.array(variableInput).optional(),
  description: z.string().max(255).optional(),
  labels: z.array(text).optional(),
});

const updateInput = z.object({
  template_id: text,
  name: text.optional(),
  body: z.string().optional(),
  body_format: formatInput.optional(),
  variables: z.array(variableInput).optional(),
  labels: z.array(text).optional(),
});

const note = (message: string) => ({ code: 'note', message, mustConfirm: false });
const placeOf = (space: Template['space']): string =>
  space === null ? 'the whole site' : `${space.name} (${space.key})`;

async function planCreate(
  ctx: Context,
  o: z.output<typeof createInput>,
): Promise<PlannedWrite<TemplateRequest>> {
  if (o.space === undefined) refuseSiteWide(ctx, 'templates');
  const found = o.space === undefined ? null : await resolveSpace(ctx, o.space);
  const space = found === null ? null : { id: found.id, key: found.key, name: found.name };
  const name = checkTitle(o.name);
  const format = o.body_format ?? 'markdown';
  const body = bodyOf(o.body, format, o.variables, null);
  const { labels, notes } = labelsOf(o.labels ?? [], []);
  const same = await sameNamed(ctx, space?.key, name);
  const description = oneLine(o.description ?? '');
  const request: TemplateRequest = {
    id: null,
    name,
    description,
    space,
    labels,
    body,
    known: same.map((one) => one.id),
  };
  const field = (label: string, after: string | null): FieldDiff[] =>
    after === null || after === '' ? [] : [{ label, before: null, after }];
  return {
    title: `Create the template "${name}" for ${space?.name ?? 'the whole site'}`,
    target: targetOf(request),
    input: { ...o, name, ...(space === null ? {} : { space: space.id }) },
    request,
    before: null,
    after: wantedState(request),
    diff: {
      fields: [
        ...field('Name', name),
        ...field('For', placeOf(space)),
        ...field('Description', description),
        ...field('Variables', shownVariables(variablesOf(body))),
        ...field('Labels', labels.map((one) => one.name).join(', ')),
      ],
      body: body === '' ? null : diffStorage('', body),
    },
    warnings: [
      ...notes.map(note),
      ...(same.length > 0 ? [note(`A template "${name}" is there already; there will be two.`)] : []),
      ...(labels.length === 0
        ? [
            note(
              'Without a label, pages made of it cannot be found later: they do not record their template.',
            ),
          ]
        : []),
    ],
    editable: format === 'markdown' ? { label: 'Template text (Markdown)', text: o.body } : null,
    undo: { possible: true },
  };
}

/** Blanks that pages of the template were filled in at, and that the new text has not. */
function droppedBlanks(before: string, after: string) {
  const left = new Set(blanksOf(after));
  const gone = blanksOf(before).filter((name) => !left.has(name));
  const names = gone.map((name) => `{{${oneLine(name)}}}`).join(', ');
  return gone.length === 0
    ? []
    : [{ code: 'drops_variable', message: `No longer asks for: ${names}.`, mustConfirm: true }];
}

function refuseBlueprint(template: Template): void {
  if (template.blueprint === null) return;
  throw new UserError(
    'not_possible',
    `"${template.name}" belongs to a blueprint, and blueprint templates cannot be changed through the API.`,
    { next: 'An administrator can change it in Confluence; or create a page template of your own.' },
  );
}

function newBody(template: Template, o: z.output<typeof updateInput>): string {
  const original = template.body ?? '';
  if (o.body !== undefined) return bodyOf(o.body, o.body_format ?? 'markdown', o.variables, original);
  if (o.variables === undefined) return original;
  return bodyOf(withDeclarations(original, []), 'storage', o.variables, original);
}

async function planUpdate(
  ctx: Context,
  o: z.output<typeof updateInput>,
): Promise<PlannedWrite<TemplateRequest> | NoChange> {
  if (o.body_format !== undefined && o.body === undefined)
    throw idleInput('body_format', 'It is the format of a new body, and none was given.');
  const template = await readTemplate(ctx, o.template_id);
  refuseBlueprint(template);
  const { id, description, space } = template;
  const original = template.body ?? '';
  const body = newBody(template, o);
  const { labels, notes } =
    o.labels === undefined ? { labels: template.labels, notes: [] } : labelsOf(o.labels, template.labels);
  const name = o.name === undefined ? template.name : checkTitle(o.name);
  const request: TemplateRequest = { id, name, description, space, labels, body, known: [] };
  const before = stateOf(template, body);
  const after = wantedState(request);
  if (matches(after, before)) {
    return {
      noChange: true,
      text: `The template "${oneLine(template.name)}" is so already. No change was proposed.`,
      sources: [],
    };
  }
  const field = (label: string, was: string | null, will: string | null): FieldDiff[] =>
    was === will ? [] : [{ label, before: was, after: will }];
  const list = (of: Template['labels']) => of.map((one) => one.name).join(', ') || null;
  const format = o.body_format ?? 'markdown';
  return {
    title: `Change the template "${oneLine(template.name)}"`,
    target: targetOf(template),
    input: { ...o, template_id: id },
    request,
    before,
    after,
    diff: {
      fields: [
        ...field('Name', template.name, name),
        ...field('Variables', shownVariables(variablesOf(original)), shownVariables(variablesOf(body))),
        ...field('Labels', list(template.labels), list(labels)),
      ],
      body: body === original ? null : diffStorage(original, body),
    },
    warnings: [
      ...notes.map(note),
      ...(body === original ? [] : [...warningsOf(original, body), ...droppedBlanks(original, body)]),
      note(
        'Pages made of the template before stay as they are. Templates have no version history: the old text is kept here for Undo.',
      ),
    ],
    editable:
      o.body !== undefined && format === 'markdown'
        ? { label: 'Template text (Markdown)', text: o.body }
        : null,
    undo: { possible: true },
  };
}

export const createTemplate: WriteOperation = defineStateWrite<typeof createInput, TemplateRequest>({
  name: 'create_template',
  input: createInput,
  plan: planCreate,
  read: (ctx, request, made) => readState(ctx, made, request.body),
  send: sendTemplate,
  found: foundMade,
  edit: (ctx, proposal, newText) =>
    planCreate(ctx, { ...createInput.parse(proposal.input), body: newText, body_format: 'markdown' }),
  inverse: (ctx, { proposal, outcome }) =>
    undoBy(ctx, deleteTemplate, { template_id: outcome.targetId ?? '' }, proposal),
  done: 'The template was read back and is as approved.',
});

export const updateTemplate: WriteOperation = defineStateWrite<typeof updateInput, TemplateRequest>({
  name: 'update_template',
  input: updateInput,
  plan: planUpdate,
  read: (ctx, request) => readState(ctx, request.id, request.body),
  send: sendTemplate,
  async edit(ctx, proposal, newText) {
    const given = updateInput.parse(proposal.input);
    const edited = await planUpdate(ctx, { ...given, body: newText, body_format: 'markdown' });
    return stillChanges(edited);
  },
  inverse(ctx, { proposal, request, before }) {
    const was = before as { Name: string; Labels: string[]; Body: string };
    return undoBy(
      ctx,
      updateTemplate,
      {
        template_id: request.id ?? '',
        name: was.Name,
        labels: was.Labels,
        body: was.Body,
        body_format: 'storage',
      },
      proposal,
    );
  },
  done: 'The template was read back and is as approved.',
});

export const deleteTemplate: WriteOperation = defineStateWrite<
  z.ZodObject<{ template_id: typeof text }>,
  TemplateRequest
>({
  name: 'delete_template',
  input: z.object({ template_id: text }),
  async plan(ctx, o) {
    const template = await readTemplate(ctx, o.template_id);
    refuseBlueprint(template);
    const { id, name, description, space, labels } = template;
    const body = template.body ?? '';
    return {
      title: `Delete the template "${oneLine(name)}" of ${space?.name ?? 'the whole site'}`,
      target: targetOf(template),
      input: { template_id: id },
      request: { id, name, description, space, labels, body, known: [] },
      before: stateOf(template, body),
      after: null,
      diff: {
        fields: [{ label: 'Template', before: name, after: null }],
        body: body === '' ? null : diffStorage(body, ''),
      },
      warnings: [note('Undo makes it again under a new id. Pages made of it stay.')],
      undo: { possible: true },
    };
  },
  read: (ctx, request) => readState(ctx, request.id, request.body),
  async send(ctx, request) {
    await sendRemoval(ctx, request.id ?? '');
    return {};
  },
  inverse: (ctx, { proposal, request }) =>
    undoBy(
      ctx,
      createTemplate,
      {
        name: request.name,
        body: request.body,
        body_format: 'storage',
        description: request.description,
        labels: request.labels.map((one) => one.name),
        ...(request.space === null ? {} : { space: request.space.id }),
      },
      proposal,
    ),
  done: 'The template is gone.',
});
