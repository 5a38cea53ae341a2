import { z } from 'zod';
import { UserError } from '#errors';
import { checkContentPermission } from '#lib/confluence';
import { defineRead } from '../define.ts';
import { text } from '../inputs.ts';
import type { Context } from '../operation.ts';
import { link, oneLine } from '../render.ts';
import { resolveGroup } from '../resolve/group.ts';
import { resolvePerson } from '../resolve/person.ts';
import { type CheckedTarget, checkedKinds, targetOf } from './checked-target.ts';
import { permissionWords } from './permission-words.ts';

const operations = ['read', 'update', 'create', 'delete', 'restrict_content'] as const;
type Operation = (typeof operations)[number];

/** What Atlassian can check for somebody else. */
const checkable = ['read', 'update', 'delete'] as const;

const input = z.object({
  id: text,
  content_type: z.enum(checkedKinds).optional(),
  user: text.optional(),
  group: text.optional(),
  operation: z.enum(operations).optional(),
});
type Input = z.output<typeof input>;

type Who = { type: 'user' | 'group'; id: string; name: string };
type Permitted = { operation: string; target: string; allowed: boolean };

async function whoOf(ctx: Context, o: Input): Promise<Who | null> {
  if (o.user !== undefined && o.group !== undefined)
    throw new UserError('invalid_input', 'Give a user or a group, not both.', {
      next: 'Leave one of them out.',
    });
  if (o.group !== undefined) return { type: 'group', ...(await resolveGroup(ctx, o.group)) };
  if (o.user === undefined) return null;
  const { accountId, name } = await resolvePerson(ctx, o.user);
  return accountId === ctx.connection.account.id ? null : { type: 'user', id: accountId, name };
}

async function others(ctx: Context, o: Input, target: CheckedTarget, who: Who): Promise<Permitted[]> {
  if (target.kind === 'space')
    throw new UserError(
      'not_possible',
      'Atlassian can check what others may do with pages and posts only, not with a space.',
      {
        next: 'list_space_permissions with members shows who may do what in the space.',
      },
    );
  const wanted = o.operation === undefined ? checkable : checkable.filter((one) => one === o.operation);
  if (wanted.length === 0)
    throw new UserError('not_possible', `Atlassian cannot check "${o.operation}" for others.`, {
      next: 'It can check read, update and delete.',
    });
  const found: Permitted[] = [];
  for (const operation of wanted) {
    const answer = await checkContentPermission(ctx.confluence, {
      id: target.id,
      subject: { type: who.type, identifier: who.id },
      operation,
    });
    found.push({ operation, target: target.kind, allowed: answer.hasPermission === true });
  }
  return found;
}

/** `delete` of a page asked for as `delete`: true when the API lists it for the thing itself (or for what is in a space). */
const asked = (list: readonly Permitted[], operation: Operation): boolean =>
  list.some((one) => one.operation === operation);

export const checkPermission = defineRead({
  name: 'check_permission',
  input,
  output: z.object({
    id: z.string(),
    content_type: z.string(),
    subject: z.object({ type: z.enum(['user', 'group']), id: z.string(), name: z.string() }),
    operations: z.array(z.object({ operation: z.string(), target: z.string(), allowed: z.boolean() })),
    allowed: z.boolean().optional(),
  }),
  async run(ctx, o) {
    const target = await targetOf(ctx, o.id, o.content_type);
    const who = await whoOf(ctx, o);
    const { account } = ctx.connection;
    const list =
      who === null
        ? (await target.operations()).map((one) => ({ ...one, allowed: true }))
        : await others(ctx, o, target, who);
    const named = link(target.title, target.url);
    const name = who === null ? 'You' : oneLine(who.name);
    const allowed =
      o.operation === undefined
        ? undefined
        : who === null
          ? asked(list, o.operation)
          : list.every((one) => one.allowed);
    const all = (yes: boolean) =>
      list
        .filter((one) => one.allowed === yes)
        .map((one) =>
          one.target === 'space' || target.kind === 'space'
            ? permissionWords(one.operation, one.target)
            : one.target === target.apiType
              ? one.operation
              : `${one.operation} ${one.target}`,
        );
    const lines = [
      ...(allowed === undefined ? [] : [`${name} may ${allowed ? '' : 'not '}${o.operation} ${named}.`]),
      `${name} may: ${oneLine(all(true).join(', ')) || 'nothing that the API lists'} (${named}, ${target.kind.replace('_', ' ')}, id ${target.id}).`,
      ...(all(false).length === 0 ? [] : [`${name} may not: ${all(false).join(', ')}.`]),
      ...(who?.type === 'group'
        ? ['This holds for the group alone; its members may have more by name or through other groups.']
        : []),
    ];
    return {
      text: lines.join('\n'),
      data: {
        id: target.id,
        content_type: target.kind,
        subject: who ?? { type: 'user', id: account.id, name: account.name },
        operations: list,
        ...(allowed === undefined ? {} : { allowed }),
      },
      sources: [target.source],
      label: `What ${who === null ? 'you' : who.name} may do with "${target.title}"`,
      untrusted: true,
    };
  },
});
