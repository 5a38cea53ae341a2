import { z } from 'zod';
import { defineRead } from '../define.ts';
import { counted, oneLine } from '../render.ts';
import { allLevels, levelShape } from './levels.ts';

export const listClassificationLevels = defineRead({
  name: 'list_classification_levels',
  input: z.object({}),
  output: z.object({ items: z.array(levelShape) }),
  async run(ctx) {
    const items = await allLevels(ctx);
    const lines = items.map((level) => {
      const facts = [
        ...(level.status === 'PUBLISHED' ? [] : [level.status.toLowerCase()]),
        ...(level.description === '' ? [] : [oneLine(level.description)]),
        ...(level.guideline === '' ? [] : [`guideline: ${oneLine(level.guideline)}`]),
        `id ${level.id}`,
      ];
      return `- ${oneLine(level.name)} · ${facts.join(' · ')}`;
    });
    return {
      text: `${counted(items.length, 'classification level')}, the least sensitive first:\n${lines.join('\n')}`,
      data: { items },
      sources: [],
      label: counted(items.length, 'classification level'),
      untrusted: true,
    };
  },
});
