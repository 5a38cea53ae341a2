import { UserError } from '#errors';
import { getContentWatchStatus, isWatchingLabel, isWatchingSpace } from '#lib/confluence';
import type { ChangeTarget, Source } from '#lib/wire';
import type { Context } from '../operation.ts';
import { documentTarget } from '../page-write/index.ts';
import { oneLine, sourceOf } from '../render.ts';
import { resolveDocument } from '../resolve/page.ts';
import { resolveSpace } from '../resolve/space.ts';
import { spaceSource } from '../spaces/list-spaces.ts';
import { spaceTarget } from '../spaces/space-target.ts';

export const watchedKinds = ['page', 'space', 'label'] as const;
export type WatchedKind = (typeof watchedKinds)[number];

/** Something that can be watched. `ref` is what the endpoints take: a content id, a space key or a label name. */
export type Watched = {
  of: WatchedKind;
  ref: string;
  input: string;
  title: string;
  target: ChangeTarget;
  source: Source;
};

function labelName(ctx: Context, given: string): string {
  if (ctx.limits.spaces !== null)
    throw new UserError(
      'forbidden',
      'A label reaches over the whole site, and this access is limited to certain spaces.',
      {
        next: 'Watch a page or a space instead.',
      },
    );
  const name = oneLine(given).replace(/^#/, '').toLowerCase();
  if (name === '' || name.length > 255 || /[\s/\\%?#]/.test(name))
    throw new UserError('invalid_input', `"${oneLine(given)}" is not a label.`, {
      next: 'Labels are single words; list_labels shows them.',
    });
  return name;
}

/** The page (or blog post), space or label that is meant. @throws UserError not_found, invalid_input. */
export async function resolveWatched(ctx: Context, of: WatchedKind, id: string): Promise<Watched> {
  const kinds: Record<WatchedKind, () => Promise<Watched>> = {
    async page() {
      const page = await resolveDocument(ctx, id, ['page', 'blog_post']);
      const target = await documentTarget(ctx, page);
      const source = sourceOf({ id: page.id, type: page.kind, title: page.title, url: page.url });
      return { of, ref: page.id, input: page.id, title: page.title, target, source };
    },
    async space() {
      const space = await resolveSpace(ctx, id);
      return {
        of,
        ref: space.key,
        input: space.id,
        title: space.name,
        target: spaceTarget(space),
        source: spaceSource(space),
      };
    },
    async label() {
      const name = labelName(ctx, id);
      return {
        of,
        ref: name,
        input: name,
        title: name,
        target: { kind: 'label', id: name, title: name, space: null, url: null },
        source: sourceOf({ id: name, type: 'label', title: name, url: null }),
      };
    },
  };
  return kinds[of]();
}

/** `the page "API Guidelines"`, `the label "api"`. */
export const watchedName = (one: Pick<Watched, 'of' | 'title'>): string =>
  `the ${one.of} "${oneLine(one.title)}"`;

/** Whether somebody (without `accountId`: the caller) watches it. */
export async function isWatching(
  ctx: Context,
  one: Pick<Watched, 'of' | 'ref'>,
  accountId?: string,
): Promise<boolean> {
  const who = accountId === undefined ? {} : { accountId };
  const asks: Record<WatchedKind, () => Promise<{ watching?: boolean }>> = {
    page: () => getContentWatchStatus(ctx.confluence, { contentId: one.ref, ...who }),
    space: () => isWatchingSpace(ctx.confluence, { spaceKey: one.ref, ...who }),
    label: () => isWatchingLabel(ctx.confluence, { labelName: encodeURIComponent(one.ref), ...who }),
  };
  return (await asks[one.of]()).watching === true;
}
