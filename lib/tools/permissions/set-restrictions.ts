import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { UserError } from '#errors';
import { deleteRestrictions, updateRestrictions } from '#lib/confluence';
import type { FieldDiff } from '#lib/wire';
import { orNull } from '../ids.ts';
import { text } from '../inputs.ts';
import type { Context, WriteOperation } from '../operation.ts';
import { documentTarget } from '../page-write/index.ts';
import { oneLine, sourceOf } from '../render.ts';
import { resolveGroup } from '../resolve/group.ts';
import { resolveDocument } from '../resolve/page.ts';
import { resolvePerson } from '../resolve/person.ts';
import { defineStateWrite, type State, undoBy } from '../state-write.ts';
import { open, titleOf, warningsOf } from './restriction-words.ts';
import {
  isOpen,
  keysOf,
  myGroups,
  type RestrictedOperation,
  type Restrictions,
  restrictedOperations,
  restrictionsOf,
  type Subject,
  sameSubject,
  subjectsText,
} from './restrictions.ts';

const input = z.object({
  id: text,
  mode: z.enum(['replace', 'add', 'remove', 'clear']),
  operation: z.enum(['read', 'update']).optional(),
  users: z.array(text).max(200).optional(),
  groups: z.array(text).max(200).optional(),
});
type Input = z.output<typeof input>;
/** `exact`: an undo that no input can say, so it cannot be worked out anew. */
type Request = { id: string; after: Restrictions; exact?: true };

const labels: Record<RestrictedOperation, string> = { read: 'May view', update: 'May edit' };
const stateOf = (o: Restrictions): NonNullable<State> => ({ read: keysOf(o.read), update: keysOf(o.update) });

async function subjectsOf(ctx: Context, o: Input): Promise<Subject[]> {
  const subjects: Subject[] = [];
  for (const user of o.users ?? []) {
    const { accountId, name } = await resolvePerson(ctx, user);
    subjects.push({ type: 'user', id: accountId, name });
  }
  for (const group of o.groups ?? []) {
    const { id, name } = await resolveGroup(ctx, group);
    subjects.push({ type: 'group', id, name });
  }
  return subjects.filter((one, at) => subjects.findIndex((other) => sameSubject(one, other)) === at);
}

/** Which of the two lists is meant when the caller does not say: those that exist, or both. */
function meant(o: Input, now: Restrictions): readonly RestrictedOperation[] {
  if (o.operation !== undefined) return [o.operation];
  if (o.mode !== 'add') return restrictedOperations;
  const limited = restrictedOperations.filter((operation) => now[operation].length > 0);
  if (limited.length > 0) return limited;
  throw new UserError(
    'invalid_input',
    'The page is open to everyone who sees the space, so nobody needs adding.',
    {
      next: 'To limit it to certain people, say which operation (read or update) or use mode "replace".',
    },
  );
}

function changed(o: Input, now: Restrictions, subjects: readonly Subject[]): Restrictions {
  const after: Restrictions = { read: [...now.read], update: [...now.update] };
  for (const operation of meant(o, now)) {
    const before = now[operation];
    const results: Record<Input['mode'], () => Subject[]> = {
      replace: () => [...subjects],
      add: () => [...before, ...subjects.filter((one) => !before.some((known) => sameSubject(one, known)))],
      remove: () => before.filter((one) => !subjects.some((gone) => sameSubject(one, gone))),
      clear: () => [],
    };
    after[operation] = results[o.mode]();
  }
  return after;
}

/** Nobody may shut themselves out: afterwards they could not even take it back. */
async function refuseLockout(ctx: Context, after: Restrictions): Promise<void> {
  const me = ctx.connection.account;
  const named = (subjects: readonly Subject[]) =>
    subjects.some((one) => one.type === 'user' && one.id === me.id);
  const doubtful = restrictedOperations.filter((one) => after[one].length > 0 && !named(after[one]));
  if (doubtful.length === 0) return;
  const groups = await myGroups(ctx);
  const out = doubtful.find(
    (one) => !after[one].some((subject) => subject.type === 'group' && groups.has(subject.id)),
  );
  if (out === undefined) return;
  const what: Record<RestrictedOperation, string> = { read: 'see', update: 'edit' };
  throw new UserError(
    'not_possible',
    `This would lock you out: ${me.name || 'you'} could no longer ${what[out]} the page, nor take the change back.`,
    { next: 'Name yourself ("me") too, or a group you are in.' },
  );
}

/** The undo as one input, where the earlier state can be said in one; else null. */
function inputFor(id: string, before: Restrictions, after: Restrictions): Input | null {
  const differ = restrictedOperations.filter(
    (one) => keysOf(before[one]).join() !== keysOf(after[one]).join(),
  );
  if (isOpen(before)) return { id, mode: 'clear' };
  const [only] = differ;
  const same = keysOf(before.read).join() === keysOf(before.update).join();
  if (only === undefined || (differ.length > 1 && !same)) return null;
  const subjects = before[only];
  const ids = (type: Subject['type']) => subjects.filter((one) => one.type === type).map((one) => one.id);
  return {
    id,
    ...(differ.length === 1 ? { operation: only } : {}),
    ...(subjects.length === 0
      ? { mode: 'clear' as const }
      : { mode: 'replace' as const, users: ids('user'), groups: ids('group') }),
  };
}

const entry = (operation: RestrictedOperation, subjects: readonly Subject[]) => ({
  operation,
  restrictions: {
    user: subjects
      .filter((one) => one.type === 'user')
      .map(({ id }) => ({ type: 'known' as const, accountId: id })),
    group: subjects.filter((one) => one.type === 'group').map(({ id }) => ({ type: 'group' as const, id })),
  },
});

/**
 * Sets who may view or edit a page or blog post. Whatever the mode, the whole outcome goes out in one request (PUT,
 * or DELETE when nothing is limited any more), so that it is never half done.
 */
const write: WriteOperation = defineStateWrite<typeof input, Request>({
  name: 'set_restrictions',
  input,
  async plan(ctx, o) {
    const page = await resolveDocument(ctx, o.id, ['page', 'blog_post']);
    const subjects = await subjectsOf(ctx, o);
    if (o.mode !== 'clear' && subjects.length === 0)
      throw new UserError('invalid_input', 'Nobody was named.', {
        next: 'Name people or groups, or use mode "clear" to open the page.',
      });
    if (o.mode === 'clear' && subjects.length > 0)
      throw new UserError('invalid_input', 'Mode "clear" opens the page to all; it takes nobody by name.', {
        next: 'Use mode "remove" to take people or groups off, or leave them out.',
      });
    const before = await restrictionsOf(ctx, page.id);
    const after = changed(o, before, subjects);
    const title = oneLine(page.title);
    const fields: FieldDiff[] = restrictedOperations
      .map((one) => ({
        label: labels[one],
        before: subjectsText(before[one], open[one]),
        after: subjectsText(after[one], open[one]),
        differs: keysOf(before[one]).join() !== keysOf(after[one]).join(),
      }))
      .filter((field) => field.differs)
      .map(({ differs: _, ...field }) => field);
    if (fields.length === 0)
      return {
        noChange: true,
        text: `The restrictions of "${title}" are so already. No change was proposed.`,
        sources: [sourceOf({ id: page.id, type: page.kind, title: page.title, url: page.url })],
      };
    await refuseLockout(ctx, after);
    const ids = (type: Subject['type']) => subjects.filter((one) => one.type === type).map((one) => one.id);
    return {
      title: titleOf(o.mode, title, before, after),
      target: await documentTarget(ctx, page),
      input: { ...o, id: page.id, users: ids('user'), groups: ids('group') },
      request: { id: page.id, after },
      before: stateOf(before),
      after: stateOf(after),
      diff: { fields, body: null },
      warnings: warningsOf(before, after, page.kind, o.mode),
      undo: { possible: true },
    };
  },
  async read(ctx, request) {
    const now = await orNull(restrictionsOf(ctx, request.id));
    return now === null ? null : stateOf(now);
  },
  async send(ctx, { id, after }) {
    const before = await restrictionsOf(ctx, id);
    if (isOpen(after)) await deleteRestrictions(ctx.confluence, { id });
    else {
      const results = restrictedOperations
        .filter((one) => after[one].length > 0)
        .map((one) => entry(one, after[one]));
      await updateRestrictions(ctx.confluence, { id, body: results });
    }
    return { receipt: { before } };
  },
  async inverse(ctx, { proposal, request, outcome }) {
    const before = outcome.receipt.before as Restrictions | undefined;
    if (before === undefined)
      return { impossible: 'What the restrictions were before is not known any more.' };
    const undoing = inputFor(request.id, before, request.after);
    if (undoing !== null) return undoBy(ctx, write, undoing, proposal);
    const now = await restrictionsOf(ctx, request.id);
    if (JSON.stringify(stateOf(now)) !== JSON.stringify(stateOf(request.after)))
      return { impossible: 'The restrictions have been changed since. Set them with set_restrictions.' };
    await refuseLockout(ctx, before);
    return {
      ...proposal,
      title: `Undo: ${proposal.title}`.slice(0, 240),
      request: {
        send: { id: request.id, after: before, exact: true } satisfies Request,
        before: stateOf(request.after),
        after: stateOf(before),
      },
      diff: {
        fields: restrictedOperations.map((one) => ({
          label: labels[one],
          before: subjectsText(request.after[one], open[one]),
          after: subjectsText(before[one], open[one]),
        })),
        body: null,
      },
      warnings: [],
    };
  },
  done: 'The restrictions are as approved.',
});

export const setRestrictions: WriteOperation = {
  ...write,
  async rebase(ctx, proposal) {
    const { send, before } = proposal.request as { send: Request; before: State };
    if (send.exact !== true) return write.rebase(ctx, proposal);
    if (isDeepStrictEqual(stateOf(await restrictionsOf(ctx, send.id)), before)) return { kind: 'current' };
    return {
      kind: 'conflict',
      message: 'The restrictions have been changed since. Set them with set_restrictions.',
      yours: null,
      theirs: null,
    };
  },
};
