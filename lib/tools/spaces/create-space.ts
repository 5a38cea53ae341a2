import { z } from 'zod';
import { ConfabError, UserError } from '#errors';
import {
  createPrivateSpace,
  createSpaceV1,
  createSpace as createSpaceWithRoles,
  getBlogPostsInSpace,
  getPageAttachments,
  getPageDirectChildren,
  getPageFooterComments,
  getPagesInSpace,
  getSpaceById,
  getSpaces,
} from '#lib/confluence';
import { contentNumber, orNull } from '../ids.ts';
import { text } from '../inputs.ts';
import type { Context, Outcome, Proposal } from '../operation.ts';
import { roleModeIfKnown } from '../permissions/role-mode.ts';
import { oneLine } from '../render.ts';
import { resolveSpace, type Space, spaceOf } from '../resolve/space.ts';
import { defineStateWrite, type Sent, type State, undoBy } from '../state-write.ts';
import { deleteSpace } from './delete-space.ts';
import { freeKey } from './space-key.ts';
import { spaceState } from './space-state.ts';

const input = z.object({
  name: text,
  key: text.optional(),
  description: z.string().trim().optional(),
  private: z.boolean().optional(),
  copy_access_from: text.optional(),
});

type Request = {
  key: string;
  name: string;
  description: string;
  private: boolean;
  /** True on a site with roles, whose spaces are made by another endpoint. */
  withRoles: boolean;
  copyFrom: string | null;
};

async function spaceWithKey(
  ctx: Context,
  key: string,
): Promise<{ space: Space; authorId: string | null } | null> {
  const found = (await getSpaces(ctx.confluence, { keys: [key], limit: 5 })).results ?? [];
  const raw = found.find((one) => one.key?.toUpperCase() === key.toUpperCase());
  const space = raw === undefined ? null : spaceOf(ctx.confluence, raw as Parameters<typeof spaceOf>[1]);
  return space === null ? null : { space, authorId: raw?.authorId ?? null };
}

const stateOf = (o: Pick<Request, 'key' | 'name' | 'description'>): State => ({
  key: o.key.toUpperCase(),
  name: o.name,
  description: o.description,
});

async function spaceNow(ctx: Context, id: string): Promise<State> {
  const raw = await orNull(getSpaceById(ctx.confluence, { id: contentNumber(id) }));
  const now = raw === null ? null : await spaceState(ctx, id);
  return raw?.key && now !== null ? stateOf({ ...now, key: raw.key }) : null;
}

const sentOf = (space: Space): Sent => ({
  targetId: space.id,
  title: space.name,
  url: space.url,
  receipt: { key: space.key, homepageId: space.homepageId },
});

/** The space that this very request made: the key was free before, and name and maker are those of the request. */
async function madeBy(ctx: Context, request: Request): Promise<Space | null> {
  const found = await spaceWithKey(ctx, request.key);
  const mine = found?.authorId === ctx.connection.account.id && found.space.name === request.name;
  return found !== null && mine ? found.space : null;
}

async function send(ctx: Context, request: Request): Promise<Sent> {
  const { key, name, description, copyFrom } = request;
  try {
    if (request.withRoles) {
      await createSpaceWithRoles(ctx.confluence, {
        body: {
          key,
          name,
          ...(description === '' ? {} : { description: { value: description, representation: 'plain' } }),
          ...(request.private ? { createPrivateSpace: true } : {}),
          ...(copyFrom === null ? {} : { copySpaceAccessConfiguration: contentNumber(copyFrom) }),
        },
      });
    } else {
      const wanted = {
        key,
        name,
        ...(description === ''
          ? {}
          : { description: { plain: { value: description, representation: 'plain' } } }),
      };
      await (request.private
        ? createPrivateSpace(ctx.confluence, wanted)
        : createSpaceV1(ctx.confluence, wanted));
    }
  } catch (error) {
    if (!(error instanceof ConfabError) || !/already exists/i.test(error.message)) throw error;
    throw new UserError('conflict', `The key ${key} is taken by a space you cannot see.`, {
      next: 'Ask for the space again with another key.',
      cause: error,
    });
  }
  const made = await spaceWithKey(ctx, key);
  return made === null ? { targetId: null, title: name } : sentOf(made.space);
}

/** Deleting a space is for good, so it is offered only while nobody has put anything into it. */
async function untouched(ctx: Context, id: string, homepageId: string | null): Promise<boolean> {
  const space = { id: contentNumber(id), limit: 5 };
  const found = await getPagesInSpace(ctx.confluence, {
    ...space,
    status: ['current', 'archived', 'trashed'],
  });
  const own = (found.results ?? []).every(
    (page) => String(page.id) === homepageId && Number(page.version?.number ?? 1) === 1,
  );
  if (!own || !isEmpty(await getBlogPostsInSpace(ctx.confluence, space))) return false;
  if (homepageId === null) return true;
  const home = { id: contentNumber(homepageId), limit: 1 };
  // Folders, whiteboards and the like stand under the homepage; comments and files on it.
  return (
    isEmpty(await getPageDirectChildren(ctx.confluence, home)) &&
    isEmpty(await getPageFooterComments(ctx.confluence, home)) &&
    isEmpty(await getPageAttachments(ctx.confluence, home))
  );
}

const isEmpty = (answer: { results?: unknown[] | null }): boolean => (answer.results ?? []).length === 0;

async function inverse(ctx: Context, proposal: Proposal, outcome: Outcome) {
  const key = String(outcome.receipt.key ?? '');
  const { targetId } = outcome;
  const homepageId = typeof outcome.receipt.homepageId === 'string' ? outcome.receipt.homepageId : null;
  if (targetId === null || key === '') return { impossible: 'The space that was made could not be found.' };
  if (!(await untouched(ctx, targetId, homepageId)))
    return {
      impossible:
        'Something has been put into the space since. Deleting it would remove that for good, so it is not done as an undo; delete_space can.',
    };
  const undoing = await undoBy(ctx, deleteSpace, { space: targetId, confirm_key: key }, proposal);
  if ('impossible' in undoing) return undoing;
  return { ...undoing, warnings: undoing.warnings.map((one) => ({ ...one, mustConfirm: false })) };
}

/** Makes a space. Endpoints: v2 on sites with roles, v1 elsewhere (and `_private` for a private one). */
export const createSpace = defineStateWrite<typeof input, Request>({
  name: 'create_space',
  input,
  async plan(ctx, o) {
    if (ctx.limits.spaces !== null)
      throw new UserError(
        'forbidden',
        'This access is limited to certain spaces, so it cannot make a new one.',
        {
          next: 'Use an access without a limit on spaces.',
        },
      );
    const name = oneLine(o.name);
    if (name.length > 200)
      throw new UserError('invalid_input', 'The name of a space has at most 200 characters.', {
        next: 'Choose a shorter name.',
      });
    const model = o.copy_access_from === undefined ? null : await resolveSpace(ctx, o.copy_access_from);
    const isPrivate = o.private === true;
    if (model !== null && isPrivate)
      throw new UserError('invalid_input', 'A private space cannot take over the access of another one.', {
        next: 'Leave out `private` or `copy_access_from`.',
      });
    const withRoles = (await roleModeIfKnown(ctx)) === 'roles';
    if (model !== null && !withRoles)
      throw new UserError('not_possible', 'Only sites with space roles can copy access from another space.', {
        next: 'Make the space, then give access in its settings in Confluence.',
      });
    const key = await freeKey(ctx, name, o.key);
    const request: Request = {
      key,
      name,
      description: o.description ?? '',
      private: isPrivate,
      withRoles,
      copyFrom: model?.id ?? null,
    };
    const access = isPrivate
      ? 'only you'
      : model === null
        ? "as your site's defaults say"
        : `as in ${model.name} (${model.key})`;
    return {
      title: `Create ${isPrivate ? 'private ' : ''}space "${name}" (${key})`,
      target: { kind: 'space', id: null, title: name, space: null, url: null },
      input: { ...o, name, key, ...(model === null ? {} : { copy_access_from: model.id }) },
      request,
      before: null,
      after: stateOf(request),
      diff: {
        fields: [
          { label: 'Name', before: null, after: name },
          { label: 'Key', before: null, after: key },
          ...(request.description === ''
            ? []
            : [{ label: 'Description', before: null, after: request.description }]),
          { label: 'Who sees it', before: null, after: access },
        ],
        body: null,
      },
      undo: { possible: true },
    };
  },
  async read(ctx, request, made) {
    const id = made ?? (await madeBy(ctx, request))?.id;
    return id === undefined ? null : spaceNow(ctx, id);
  },
  send,
  async found(ctx, request) {
    const space = await madeBy(ctx, request);
    return space === null ? null : sentOf(space);
  },
  inverse: (ctx, o) => inverse(ctx, o.proposal, o.outcome),
  done: 'The space is there, with name, key and description as approved.',
});
