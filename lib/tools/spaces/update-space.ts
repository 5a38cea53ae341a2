import { z } from 'zod';
import { UserError } from '#errors';
import { updateSpace as putSpace } from '#lib/confluence';
import type { FieldDiff } from '#lib/wire';
import { text } from '../inputs.ts';
import type { WriteOperation } from '../operation.ts';
import { oneLine } from '../render.ts';
import { resolvePage } from '../resolve/page.ts';
import { resolveSpace } from '../resolve/space.ts';
import { defineStateWrite, undoBy } from '../state-write.ts';
import { spaceSource } from './list-spaces.ts';
import { type SpaceState, spaceState } from './space-state.ts';
import { requireSpaceAdmin, spaceTarget } from './space-target.ts';

const input = z.object({
  space: text,
  name: text.optional(),
  description: z.string().trim().optional(),
  homepage: text.optional(),
});

type Wanted = Partial<Pick<SpaceState, 'name' | 'description' | 'homepage'>>;
type Request = { id: string; key: string; wanted: Wanted };

const labels: Record<keyof Wanted, string> = {
  name: 'Name',
  description: 'Description',
  homepage: 'Homepage (id)',
};

/** Changes name, description or homepage of a space (v1 is the only endpoint that does). */
export const updateSpace: WriteOperation = defineStateWrite<typeof input, Request>({
  name: 'update_space',
  input,
  async plan(ctx, o) {
    const space = await resolveSpace(ctx, o.space);
    const now = await spaceState(ctx, space.id);
    const wanted: Wanted = {};
    if (o.name !== undefined) wanted.name = oneLine(o.name);
    if (o.description !== undefined) wanted.description = o.description;
    if (o.homepage !== undefined) {
      const page = await resolvePage(ctx, o.homepage);
      if (page.spaceId !== space.id)
        throw new UserError(
          'invalid_input',
          `"${oneLine(page.title)}" is not in the space ${oneLine(space.name)}.`,
          {
            next: 'The homepage must be a page of the space itself.',
          },
        );
      wanted.homepage = page.id;
    }
    if (Object.keys(wanted).length === 0)
      throw new UserError('invalid_input', 'Nothing was given to change.', {
        next: 'Give a name, a description or a homepage.',
      });
    if ((wanted.name ?? '').length > 200)
      throw new UserError('invalid_input', 'The name of a space has at most 200 characters.', {
        next: 'Choose a shorter name.',
      });
    const changed = (Object.keys(wanted) as (keyof Wanted)[]).filter((key) => wanted[key] !== now?.[key]);
    if (now === null || changed.length === 0)
      return {
        noChange: true,
        text: `The space ${oneLine(space.name)} is so already. No change was proposed.`,
        sources: [spaceSource(space)],
      };
    await requireSpaceAdmin(ctx, space, 'change its settings');
    const pick = (from: Wanted): Wanted =>
      Object.fromEntries(changed.map((key) => [key, from[key] ?? null])) as Wanted;
    const fields: FieldDiff[] = changed.map((key) => ({
      label: labels[key],
      before: now[key] || null,
      after: wanted[key] || null,
    }));
    return {
      title: `Change ${changed.join(' and ')} of the space "${oneLine(space.name)}"`,
      target: spaceTarget(space),
      input: { ...o, space: space.id, ...(wanted.homepage ? { homepage: wanted.homepage } : {}) },
      request: { id: space.id, key: space.key, wanted: pick(wanted) },
      before: pick(now),
      after: pick(wanted),
      diff: { fields, body: null },
      undo:
        changed.includes('homepage') && now.homepage === null
          ? { possible: false, why: 'The space has no homepage now, and the API cannot take one away again.' }
          : { possible: true },
    };
  },
  async read(ctx, request) {
    const now = await spaceState(ctx, request.id);
    if (now === null) return null;
    return Object.fromEntries(
      (Object.keys(request.wanted) as (keyof Wanted)[]).map((key) => [key, now[key]]),
    );
  },
  async send(ctx, { key, wanted }) {
    await putSpace(ctx.confluence, {
      spaceKey: key,
      ...(wanted.name === undefined ? {} : { name: wanted.name }),
      ...(wanted.description === undefined
        ? {}
        : { description: { plain: { value: wanted.description, representation: 'plain' } } }),
      ...(wanted.homepage ? { homepage: { id: wanted.homepage } } : {}),
    });
    return { title: wanted.name ?? null };
  },
  inverse: (ctx, { proposal, request, before }) =>
    undoBy(ctx, updateSpace, { space: request.id, ...before }, proposal),
  done: 'The settings of the space are as approved.',
});
