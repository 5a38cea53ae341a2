import { z } from 'zod';
import { ConfabError } from '#errors';
import { defineRead } from '../define.ts';
import { text } from '../inputs.ts';
import { link, oneLine, sourceOf } from '../render.ts';
import { classifiedKinds, classifiedName, levelNow, resolveClassified } from './classified.ts';
import { allLevels, levelShape } from './levels.ts';

export const getClassificationLevel = defineRead({
  name: 'get_classification_level',
  input: z.object({ id: text, content_type: z.enum(classifiedKinds) }),
  output: z.object({
    id: z.string(),
    type: z.enum(classifiedKinds),
    title: z.string(),
    url: z.string().nullable(),
    level: levelShape.nullable(),
  }),
  async run(ctx, o) {
    const found = await resolveClassified(ctx, o.content_type, o.id);
    const level = await levelNow(ctx, found.kind, found.id);
    let doubt = '';
    if (level === null) {
      // No level and no classification at all look alike (404), so the levels are asked for: that throws where the plan has none.
      try {
        await allLevels(ctx);
      } catch (error) {
        if (!(error instanceof ConfabError) || error.code !== 'missing_scope') throw error;
        doubt = ' Whether this site has data classification at all could not be read.';
      }
    }
    const inherited = found.kind === 'space_default' ? '' : ', its own or the default of its space';
    const guideline =
      level === null || level.guideline === '' ? '' : ` Guideline: ${oneLine(level.guideline)}`;
    const name = link(found.title, found.url);
    return {
      text:
        level === null
          ? `${name} has no classification level${found.kind === 'space_default' ? ' as its default' : ''}.${doubt}`
          : `${name} is classified as ${oneLine(level.name)}${inherited}. ${oneLine(level.description)}${guideline}`,
      data: { id: found.id, type: found.kind, title: found.title, url: found.url, level },
      sources: [
        sourceOf({
          id: found.id,
          type: found.kind === 'space_default' ? 'space' : found.kind,
          title: found.title,
          url: found.url,
        }),
      ],
      label: `${level?.name ?? 'No level'}: ${classifiedName(found)}`,
      untrusted: true,
    };
  },
});
