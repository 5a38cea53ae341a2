import { ConfabError, UserError } from '#errors';
import { getContentTemplate } from '#lib/confluence';
import type { Context } from '../operation.ts';
import { spaceAllowed } from '../spaces-limit.ts';

export type TemplateLabel = { prefix: string; name: string; id: string; label: string };
export type Template = {
  id: string;
  name: string;
  description: string;
  /** Of a blueprint: the module it comes from. */
  blueprint: string | null;
  space: { id: string; key: string; name: string } | null;
  labels: TemplateLabel[];
  /** Storage; null where it was not asked for. */
  body: string | null;
};

/** An answer about a template in our own shape. */
export function templateOf(answer: unknown): Template {
  const raw = answer as Record<string, unknown>;
  const space = raw.space as { id?: unknown; key?: unknown; name?: unknown } | null | undefined;
  const origin = raw.originalTemplate as { moduleKey?: unknown } | null | undefined;
  const storage = (raw.body as { storage?: { value?: unknown } } | null | undefined)?.storage?.value;
  const labels = Array.isArray(raw.labels) ? (raw.labels as Partial<TemplateLabel>[]) : [];
  return {
    id: String(raw.templateId),
    name: String(raw.name ?? ''),
    description: String(raw.description ?? ''),
    blueprint: typeof origin?.moduleKey === 'string' ? origin.moduleKey : null,
    space:
      space === undefined || space === null
        ? null
        : {
            id: String(space.id ?? ''),
            key: String(space.key ?? ''),
            name: String(space.name ?? space.key ?? ''),
          },
    labels: labels.flatMap(({ prefix = 'global', name, id = '', label }) =>
      name === undefined ? [] : [{ prefix, name, id, label: label ?? name }],
    ),
    body: typeof storage === 'string' ? storage : null,
  };
}

/** A template id as Confluence gives it. @throws UserError invalid_input for anything else. */
export function templateId(given: string): string {
  if (/^[\w:.-]{1,200}$/.test(given)) return given;
  throw new UserError('invalid_input', `"${given}" is not a template id.`, {
    next: 'list_templates shows templates with their ids.',
  });
}

/**
 * A template with its body, or null: missing, not visible, or outside the allowed spaces (all look alike; v1 says
 * 403 for what is not there). Under a space limit templates of the whole site are outside.
 */
export async function findTemplate(
  ctx: Pick<Context, 'confluence' | 'limits'>,
  given: string,
): Promise<Template | null> {
  try {
    const raw = await getContentTemplate(ctx.confluence, {
      contentTemplateId: templateId(given),
      expand: ['body.storage'],
    });
    const template = templateOf(raw);
    return spaceAllowed(ctx, template.space?.id ?? null) ? template : null;
  } catch (error) {
    if (error instanceof ConfabError && (error.code === 'forbidden' || error.code === 'not_found'))
      return null;
    throw error;
  }
}

/** As `findTemplate`. @throws UserError not_found. */
export async function readTemplate(
  ctx: Pick<Context, 'confluence' | 'limits'>,
  given: string,
): Promise<Template> {
  const found = await findTemplate(ctx, given);
  if (found !== null) return found;
  throw new UserError('not_found', `No template "${given}" is visible to you.`, {
    next: 'list_templates shows templates with their ids; name a space to see its own.',
  });
}
