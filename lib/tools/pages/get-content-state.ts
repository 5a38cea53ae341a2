import { z } from 'zod';
import { defineRead } from '../define.ts';
import { itemOf } from '../documents.ts';
import { itemShape, text } from '../inputs.ts';
import { day, link, oneLine, sourceOf } from '../render.ts';
import { resolveDocument } from '../resolve/page.ts';
import { type ContentState, readAvailable, readState } from './content-state.ts';

const stateShape = z.object({ id: z.number(), name: z.string(), color: z.string() });

const shown = (states: readonly ContentState[]): string =>
  states.map((state) => `"${oneLine(state.name)}" (id ${state.id}, ${state.color})`).join(', ') || 'none';

export const getContentStateOperation = defineRead({
  name: 'get_content_state',
  input: z.object({ id: text, available: z.boolean().optional() }),
  output: itemShape.extend({
    state: stateShape.nullable(),
    state_set_at: z.string().nullable(),
    available: z.object({ space: z.array(stateShape), custom: z.array(stateShape) }).optional(),
  }),
  async run(ctx, o) {
    const page = await resolveDocument(ctx, o.id, ['page', 'blog_post']);
    const { state, at } = await readState(ctx, page);
    const available = o.available === true ? await readAvailable(ctx, page.id) : undefined;
    const item = await itemOf(ctx, page);
    const lines = [
      `${link(page.title, page.url)} (id ${page.id}) ${
        state === null
          ? 'has no status.'
          : `has the status "${oneLine(state.name)}" (${state.color})${at === null ? '' : `, set ${day(at)}`}.`
      }`,
      ...(available === undefined
        ? []
        : [
            `States of the space that you may set: ${shown(available.space)}.`,
            `Your own states (the three used last): ${shown(available.custom)}.`,
          ]),
    ];
    return {
      text: lines.join('\n'),
      data: {
        ...item,
        state,
        state_set_at: at,
        ...(available === undefined ? {} : { available }),
      },
      sources: [sourceOf(item)],
      label: state === null ? 'No status' : `Status "${state.name}"`,
      untrusted: true,
    };
  },
});
