import { z } from 'zod';
import { updateSpace as putSpace } from '#lib/confluence';
import { text } from '../inputs.ts';
import type { WriteOperation } from '../operation.ts';
import { oneLine } from '../render.ts';
import { resolveSpace } from '../resolve/space.ts';
import { defineStateWrite, undoBy } from '../state-write.ts';
import { spaceSource } from './list-spaces.ts';
import { spaceState } from './space-state.ts';
import { requireSpaceAdmin, spaceTarget } from './space-target.ts';

const input = z.object({ space: text, archived: z.boolean().optional() });
type Request = { id: string; key: string; status: 'archived' | 'current' };

/** Archives a space or brings it back. What Confluence made of it is read back and reported. */
export const archiveSpace: WriteOperation = defineStateWrite<typeof input, Request>({
  name: 'archive_space',
  input,
  async plan(ctx, o) {
    const space = await resolveSpace(ctx, o.space);
    const status = o.archived === false ? 'current' : 'archived';
    const now = await spaceState(ctx, space.id);
    const name = oneLine(space.name);
    if (now?.status === status)
      return {
        noChange: true,
        text: `The space ${name} is ${status} already. No change was proposed.`,
        sources: [spaceSource(space)],
      };
    await requireSpaceAdmin(ctx, space, status === 'archived' ? 'archive it' : 'bring it back');
    return {
      title:
        status === 'archived'
          ? `Archive the space "${name}"`
          : `Bring the space "${name}" back from the archive`,
      target: spaceTarget(space),
      input: { space: space.id, archived: status === 'archived' },
      request: { id: space.id, key: space.key, status },
      before: { status: now?.status ?? space.status },
      after: { status },
      diff: { fields: [{ label: 'Status', before: now?.status ?? space.status, after: status }], body: null },
      warnings:
        status === 'archived'
          ? [
              {
                code: 'leaves_search',
                message:
                  'What is in it stays readable by link, but leaves search results and lists of spaces. Nothing is deleted.',
                mustConfirm: false,
              },
            ]
          : [],
      undo: { possible: true },
    };
  },
  async read(ctx, request) {
    const now = await spaceState(ctx, request.id);
    return now === null ? null : { status: now.status };
  },
  async send(ctx, { key, status }) {
    await putSpace(ctx.confluence, { spaceKey: key, status });
    return {};
  },
  inverse: (ctx, { proposal, request }) =>
    undoBy(ctx, archiveSpace, { space: request.id, archived: request.status !== 'archived' }, proposal),
  done: 'Confluence shows the space with the status as approved.',
});
