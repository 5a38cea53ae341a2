import { z } from 'zod';
import {
  addContentWatcher,
  addLabelWatcher,
  addSpaceWatcher,
  removeContentWatcher,
  removeLabelWatcher,
  removeSpaceWatcher,
} from '#lib/confluence';
import { text } from '../inputs.ts';
import type { Context, WriteOperation } from '../operation.ts';
import { oneLine } from '../render.ts';
import { type Person, resolvePerson } from '../resolve/person.ts';
import { defineStateWrite, undoBy } from '../state-write.ts';
import {
  isWatching,
  resolveWatched,
  type Watched,
  type WatchedKind,
  watchedKinds,
  watchedName,
} from './watched.ts';

const input = z.object({ of: z.enum(watchedKinds), id: text, user: text.optional() });

/** `accountId` is null for the caller's own watch: naming oneself would ask for an admin's right. */
type Request = Pick<Watched, 'of' | 'ref' | 'input'> & { accountId: string | null };

type Who = { accountId?: string };
type Sender = (ctx: Context, ref: string, who: Who) => Promise<unknown>;

const add: Record<WatchedKind, Sender> = {
  page: (ctx, contentId, who) => addContentWatcher(ctx.confluence, { contentId, ...who }),
  space: (ctx, spaceKey, who) => addSpaceWatcher(ctx.confluence, { spaceKey, ...who }),
  label: (ctx, name, who) => addLabelWatcher(ctx.confluence, { labelName: encodeURIComponent(name), ...who }),
};
const remove: Record<WatchedKind, Sender> = {
  page: (ctx, contentId, who) => removeContentWatcher(ctx.confluence, { contentId, ...who }),
  space: (ctx, spaceKey, who) => removeSpaceWatcher(ctx.confluence, { spaceKey, ...who }),
  label: (ctx, name, who) =>
    removeLabelWatcher(ctx.confluence, { labelName: encodeURIComponent(name), ...who }),
};

async function other(ctx: Context, given: string | undefined): Promise<Person | null> {
  if (given === undefined) return null;
  const person = await resolvePerson(ctx, given);
  return person.accountId === ctx.connection.account.id ? null : person;
}

/** add_watcher and remove_watcher: each is the inverse of the other. Others' watches are for admins. */
function watchWrite(name: 'add_watcher' | 'remove_watcher', opposite: () => WriteOperation): WriteOperation {
  const adding = name === 'add_watcher';
  return defineStateWrite<typeof input, Request>({
    name,
    input,
    async plan(ctx, o) {
      const one = await resolveWatched(ctx, o.of, o.id);
      const person = await other(ctx, o.user);
      const who = person === null ? 'You' : oneLine(person.name);
      const what = watchedName(one);
      const now = await isWatching(ctx, one, person?.accountId);
      if (now === adding) {
        const says = person === null ? ['watch', 'do not watch'] : ['watches', 'does not watch'];
        return {
          noChange: true,
          text: `${who} ${adding ? says[0] : says[1]} ${what} already. No change was proposed.`,
          sources: [one.source],
        };
      }
      const { of, ref, input: id } = one;
      return {
        title: adding
          ? `Watch ${what}${person === null ? '' : ` for ${who}`}`
          : `Stop watching ${what}${person === null ? '' : ` for ${who}`}`,
        target: one.target,
        input: { of, id, ...(person === null ? {} : { user: person.accountId }) },
        request: { of, ref, input: id, accountId: person?.accountId ?? null },
        before: { watching: now },
        after: { watching: adding },
        diff: {
          fields: [
            {
              label: person === null ? 'You' : person.name,
              before: now ? 'watching' : 'not watching',
              after: adding ? 'watching' : 'not watching',
            },
          ],
          body: null,
        },
        undo: { possible: true },
      };
    },
    async read(ctx, request) {
      return { watching: await isWatching(ctx, request, request.accountId ?? undefined) };
    },
    async send(ctx, request) {
      const who = request.accountId === null ? {} : { accountId: request.accountId };
      await (adding ? add : remove)[request.of](ctx, request.ref, who);
      return {};
    },
    inverse(ctx, { proposal, request }) {
      const { of, input: id, accountId } = request;
      return undoBy(
        ctx,
        opposite(),
        { of, id, ...(accountId === null ? {} : { user: accountId }) },
        proposal,
      );
    },
    done: adding ? 'Confluence shows the watch.' : 'Confluence no longer shows the watch.',
  });
}

export const addWatcher: WriteOperation = watchWrite('add_watcher', () => removeWatcher);
export const removeWatcher: WriteOperation = watchWrite('remove_watcher', () => addWatcher);
