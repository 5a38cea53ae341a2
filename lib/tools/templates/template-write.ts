import { z } from 'zod';
import {
  createContentTemplate,
  getContentTemplates,
  removeTemplate,
  updateContentTemplate,
} from '#lib/confluence';
import { checkStorage, sameStorage } from '#lib/content';
import type { ChangeTarget } from '#lib/wire';
import { text } from '../inputs.ts';
import { labelNames } from '../labels/names.ts';
import type { Context } from '../operation.ts';
import { checkSize } from '../page-write/index.ts';
import type { Sent, State } from '../state-write.ts';
import { findTemplate, type Template, type TemplateLabel, templateOf } from './template.ts';
import {
  checkVariables,
  fillBlanks,
  storageOfMarkdown,
  type Variable,
  variablesOf,
  withDeclarations,
  withDeclarationsOf,
} from './variables.ts';

export const variableInput = z.object({
  name: text,
  type: z.enum(['text', 'multiline', 'list']).optional(),
  options: z.array(text).optional(),
});
export const formatInput = z.enum(['markdown', 'storage']);

/** What a template is written as; `id` null for a new one. */
export type TemplateRequest = {
  id: string | null;
  name: string;
  description: string;
  space: { id: string; key: string; name: string } | null;
  labels: TemplateLabel[];
  body: string;
  /** Of a new one: ids of the templates there that had its name already. */
  known: string[];
};

/** A body as given, with its variables in place and declared. `original`: the body it replaces. */
export function bodyOf(
  given: string,
  format: z.output<typeof formatInput>,
  variables: readonly z.output<typeof variableInput>[] | undefined,
  original: string | null,
): string {
  const named = variables === undefined ? null : checkVariables(variables);
  const known = named ?? (original === null ? [] : variablesOf(original));
  const names = new Set(known.map(({ name }) => name));
  const filled =
    format === 'markdown'
      ? storageOfMarkdown(given, names, original)
      : named === null
        ? given
        : fillBlanks(given, names, original ?? '');
  const declaring: Record<'given' | 'kept' | 'new', () => string> = {
    given: () => filled,
    kept: () => withDeclarationsOf(filled, original ?? ''),
    new: () => withDeclarations(filled, known, original ?? ''),
  };
  const body =
    declaring[named !== null ? 'new' : format === 'storage' || original === null ? 'given' : 'kept']();
  checkStorage(body);
  checkSize(body);
  return body;
}

/** Labels by name; those the template has keep their ids. */
export function labelsOf(
  given: readonly string[],
  had: readonly TemplateLabel[],
): { labels: TemplateLabel[]; notes: string[] } {
  const { names, notes } = labelNames([...given]);
  const labels = names.map(
    (name) => had.find((one) => one.name === name) ?? { prefix: 'global', name, id: '0', label: name },
  );
  return { labels, notes };
}

const namesOf = (labels: readonly TemplateLabel[]): string[] => labels.map(({ name }) => name).toSorted();

/** A template as compared. A body that Confluence only tidied up counts as the approved one. */
export function stateOf(found: Template, approved: string | null): State {
  const body = found.body ?? '';
  const same = approved !== null && (body === approved || sameStorage(approved, body));
  return {
    Name: found.name,
    Labels: namesOf(found.labels),
    Body: same ? approved : body,
  };
}

/** What the template is to be like after the request. */
export const wantedState = (request: TemplateRequest): State => ({
  Name: request.name,
  Labels: namesOf(request.labels),
  Body: request.body,
});

export async function readState(ctx: Context, id: string | null, approved: string | null): Promise<State> {
  const found = id === null ? null : await findTemplate(ctx, id);
  return found === null ? null : stateOf(found, approved);
}

export function targetOf(template: Pick<Template, 'name' | 'space'> & { id: string | null }): ChangeTarget {
  return { kind: 'template', id: template.id, title: template.name, space: template.space, url: null };
}

export const shownVariables = (variables: readonly Variable[]): string | null =>
  variables.length === 0 ? null : variables.map(({ name, type }) => `${name} (${type})`).join(', ');

/** Ids of the templates of a space (or of the site) with this name. */
export async function sameNamed(
  ctx: Context,
  spaceKey: string | undefined,
  name: string,
): Promise<Template[]> {
  const found: Template[] = [];
  for (let start = 0; start < 2000; start += 100) {
    ctx.signal.throwIfAborted();
    const page = await getContentTemplates(ctx.confluence, {
      start,
      limit: 100,
      expand: ['body.storage'],
      ...(spaceKey === undefined ? {} : { spaceKey }),
    });
    found.push(...(page.results ?? []).map(templateOf).filter((one) => one.name === name));
    if (typeof (page._links as { next?: unknown } | null | undefined)?.next !== 'string') break;
  }
  return found;
}

const sentOf = (template: Template): Sent => ({
  targetId: template.id,
  title: template.name,
  version: null,
  receipt: { created: template.id },
});

/** After a crash: the template this request made, by its place, name and text. */
export async function foundMade(ctx: Context, request: TemplateRequest): Promise<Sent | null> {
  const same = await sameNamed(ctx, request.space?.key, request.name);
  const made = same.find(
    (one) => !request.known.includes(one.id) && sameStorage(request.body, one.body ?? ''),
  );
  return made === undefined ? null : sentOf(made);
}

/** The POST of a new template or the PUT of one that is there. */
export async function sendTemplate(ctx: Context, request: TemplateRequest): Promise<Sent> {
  const { id, name, description, space, labels, body } = request;
  const shared = {
    name,
    templateType: 'page' as const,
    body: { storage: { value: body, representation: 'storage' as const } },
    labels,
    ...(space === null ? {} : { space: { key: space.key } }),
  };
  // An update takes a shorter description than a new template; a longer one is left as it is.
  const more = id === null || description.length <= 100 ? { description } : {};
  const saved =
    id === null
      ? await createContentTemplate(ctx.confluence, { ...shared, description })
      : await updateContentTemplate(ctx.confluence, { ...shared, ...more, templateId: id });
  return sentOf(templateOf(saved));
}

export const sendRemoval = async (ctx: Context, id: string): Promise<void> => {
  await removeTemplate(ctx.confluence, { contentTemplateId: id });
};
