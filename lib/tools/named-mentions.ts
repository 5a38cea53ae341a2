import type { ChangeDiff, RichNode } from '#lib/wire';
import type { Context, NoChange, Proposal, Rebase } from './operation.ts';
import { namesOf } from './people.ts';

const accountId = /^@(\d+:[0-9a-f-]{30,40}|[0-9a-f]{24})$/;

/** Calls `say` with each text of the mentions in a drawing, and puts what it gives in its place. */
function inMentions(node: RichNode, say: (text: string) => string, inside = false): RichNode {
  if (typeof node === 'string') return inside ? say(node) : node;
  if (node.kids === undefined) return node;
  const mention = inside || node.tag === 'mention';
  return { ...node, kids: node.kids.map((kid) => inMentions(kid, say, mention)) };
}

type Body = ChangeDiff['body'];

function redrawn(body: NonNullable<Body>, say: (text: string) => string): NonNullable<Body> {
  const entries = body.entries.map((entry) =>
    entry.op === 'keep' ? entry : { ...entry, rendered: entry.rendered.map((node) => inMentions(node, say)) },
  );
  return { ...body, entries };
}

/** A body's diff with the names of the people it mentions, for storage has their account ids only. */
async function namedBody(ctx: Context, body: Body): Promise<Body> {
  if (body === null) return null;
  const ids = new Set<string>();
  redrawn(body, (text) => {
    const id = accountId.exec(text)?.[1];
    if (id !== undefined) ids.add(id);
    return text;
  });
  if (ids.size === 0) return body;
  const names = await namesOf(ctx, [...ids]);
  return redrawn(body, (text) => {
    const name = names.get(accountId.exec(text)?.[1] ?? '');
    return name === undefined ? text : `@${name}`;
  });
}

/** A proposal whose card names the people its text mentions. Anything else stays as it is. */
export async function namedProposal<Result extends Proposal | NoChange | { impossible: string }>(
  ctx: Context,
  result: Result,
): Promise<Result> {
  if (!('diff' in result)) return result;
  const body = await namedBody(ctx, result.diff.body);
  return body === result.diff.body ? result : { ...result, diff: { ...result.diff, body } };
}

/** The same for a proposal on a newer version, and for both sides of a clash. */
export async function namedRebase(ctx: Context, rebase: Rebase): Promise<Rebase> {
  if (rebase.kind === 'rebased') return { ...rebase, proposal: await namedProposal(ctx, rebase.proposal) };
  if (rebase.kind === 'conflict')
    return {
      ...rebase,
      yours: await namedBody(ctx, rebase.yours),
      theirs: await namedBody(ctx, rebase.theirs),
    };
  return rebase;
}
