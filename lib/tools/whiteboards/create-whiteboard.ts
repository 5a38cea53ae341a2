import { z } from 'zod';
import { UserError } from '#errors';
import { idleInput, text } from '../inputs.ts';
import { nearest } from '../near.ts';
import { nodeCreation } from '../tree-nodes/create-node.ts';
import { whiteboardLocales, whiteboardTemplates } from './data/templates.ts';

/** The key of a built-in template by key or spoken name (`kanban board`). @throws UserError with near keys. */
export function templateKey(given: string): string {
  const wanted = given
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-');
  const found = whiteboardTemplates.find((key) => key === wanted);
  if (found !== undefined) return found;
  const near = nearest(given, whiteboardTemplates, (key) => key.replaceAll('-', ' '), 4);
  const [only] = near;
  if (near.length === 1 && only !== undefined) return only;
  throw new UserError('invalid_input', `template: There is no whiteboard template "${given}".`, {
    next: `${near.length > 0 ? `Near: ${near.join(', ')}. ` : ''}All: ${whiteboardTemplates.join(', ')}.`,
  });
}

function localeOf(given: string): string {
  const found = whiteboardLocales.find(
    (one) => one.toLowerCase() === given.trim().replace('_', '-').toLowerCase(),
  );
  if (found !== undefined) return found;
  throw new UserError('invalid_input', `locale: "${given}" is not a language of whiteboard templates.`, {
    next: `They are: ${whiteboardLocales.join(', ')}.`,
  });
}

export const createWhiteboard = nodeCreation({
  name: 'create_whiteboard',
  kind: 'whiteboard',
  input: z.object({
    space: text,
    title: text,
    parent: text.optional(),
    template: text.optional(),
    locale: text.optional(),
    private: z.boolean().optional(),
  }),
  more({ template, locale }) {
    if (locale !== undefined && template === undefined)
      throw idleInput('locale', 'It is the language of a template, and none was named.');
    const key = template === undefined ? null : templateKey(template);
    const language = locale === undefined ? null : localeOf(locale);
    return {
      post: {
        ...(key === null ? {} : { templateKey: key }),
        ...(key === null || language === null ? {} : { locale: language }),
      },
      fields: [
        ...(key === null ? [] : [{ label: 'Template', before: null, after: key }]),
        ...(key === null || language === null ? [] : [{ label: 'Language', before: null, after: language }]),
      ],
    };
  },
  note: 'Nothing can be drawn on a whiteboard through the API: people open the link and draw.',
});
