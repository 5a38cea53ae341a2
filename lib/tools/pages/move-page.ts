import { z } from 'zod';
import { ConfabError, UserError } from '#errors';
import { movePage as moveOne } from '#lib/confluence';
import type { ChangeWarning } from '#lib/wire';
import { defineWrite } from '../define.ts';
import { type Document, findDocument, itemOf } from '../documents.ts';
import { text } from '../inputs.ts';
import type { Context, NoChange, Outcome, Proposal } from '../operation.ts';
import { documentTarget } from '../page-write/index.ts';
import { counted, oneLine, sourceOf } from '../render.ts';
import { resolvePage } from '../resolve/page.ts';
import { findNode } from '../tree-nodes/node.ts';
import { proposalShape } from '../written.ts';
import { goalOf, nameOfPlace, type Place, type Position, placeOf, stepsBack } from './place.ts';
import { type Limiting, limitingAbove, without } from './readers.ts';

const input = z.object({
  pages: z.array(text).min(1).max(50),
  target: text,
  position: z.enum(['append', 'before', 'after']).optional(),
});

type Move = {
  pageId: string;
  title: string;
  position: Position;
  targetId: string;
  parentId: string | null;
  spaceId: string;
  from: Place;
};

type MoveRequest = { moves: Move[] };

const requestOf = (proposal: Proposal): MoveRequest => proposal.request as MoveRequest;

async function proposalFor(
  ctx: Context,
  pages: readonly Document[],
  moves: Move[],
  title: string,
  canonical: Record<string, unknown>,
): Promise<Proposal> {
  const fields = await Promise.all(
    moves.map(async (move) => ({
      label: `Place of "${move.title}"`,
      before: await nameOfPlace(ctx, move.from.parentId, move.from.spaceId),
      after:
        move.position === 'append'
          ? await nameOfPlace(ctx, move.targetId, move.spaceId)
          : `${await nameOfPlace(ctx, move.parentId, move.spaceId)} (${move.position} page ${move.targetId})`,
    })),
  );
  const [first] = pages as [Document, ...Document[]];
  return {
    operation: 'move_page',
    input: canonical,
    title,
    target: await documentTarget(
      ctx,
      first,
      moves.flatMap((move) => [move.spaceId, move.from.spaceId]),
    ),
    baseVersion: pages.length === 1 ? first.version : null,
    request: { moves } satisfies MoveRequest,
    diff: { fields, body: null },
    warnings: await warningsOf(ctx, moves),
    editable: null,
    undo: moves.every((move) => move.from.parentId !== null)
      ? { possible: true }
      : { possible: false, why: 'A page at the top level of a space cannot be put back there.' },
  };
}

/** Who may view the pages afterwards, where that changes. */
async function warningsOf(ctx: Context, moves: readonly Move[]): Promise<ChangeWarning[]> {
  const warnings: ChangeWarning[] = [];
  if (moves.some((move) => move.spaceId !== move.from.spaceId))
    warnings.push({
      code: 'changes_readers',
      message: 'The pages and all below them go to another space, so other people may see or not see them.',
      mustConfirm: true,
    });
  const [first] = moves;
  const there = await limitingAbove(ctx, first?.parentId ?? null);
  const here: Limiting['pages'] = [];
  for (const parentId of new Set(moves.map((move) => move.from.parentId)))
    here.push(...(await limitingAbove(ctx, parentId)).pages);
  const titles = (pages: Limiting['pages']) => pages.map(({ title }) => `"${oneLine(title)}"`).join(', ');
  const lost = without(here, there.pages);
  const gained = without(there.pages, here);
  if (lost.length > 0)
    warnings.push({
      code: 'drops_restrictions',
      message: `Where it is now only some people may view what lies under ${titles(lost)}. That limit does not go along: everybody who sees the new place can read it.`,
      mustConfirm: true,
    });
  if (gained.length > 0)
    warnings.push({
      code: 'adds_restrictions',
      message: `Only some people may view what lies under ${titles(gained)}: others lose sight of it.`,
      mustConfirm: false,
    });
  return warnings;
}

/** Where the target has gone since it was shown; null: the pages would land where the card says. */
async function targetGone(ctx: Context, move: Move, moves: readonly Move[]): Promise<string | null> {
  if (moves.some((one) => one.pageId === move.targetId)) return null;
  const target =
    (await findDocument(ctx, 'page', move.targetId)) ?? (await findNode(ctx, 'folder', move.targetId));
  if (target === null || target.status !== 'current') return 'The target is gone.';
  const place = move.position === 'append' ? target.id : target.parentId;
  return target.spaceId === move.spaceId && place === move.parentId
    ? null
    : `"${target.title}" has been moved meanwhile.`;
}

async function isDone(ctx: Context, move: Move): Promise<boolean> {
  const now = await findDocument(ctx, 'page', move.pageId);
  return now !== null && now.spaceId === move.spaceId && now.parentId === move.parentId;
}

function outcomeOf(proposal: Proposal, done: readonly Move[], failed: readonly string[]): Outcome {
  return {
    targetId: done[0]?.pageId ?? null,
    title: done[0]?.title ?? null,
    url: proposal.target.url,
    version: null,
    receipt: { moved: done.map((one) => one.pageId), failed: [...failed] },
  };
}

export const movePage = defineWrite({
  name: 'move_page',
  input,
  output: proposalShape,
  async preview(ctx, o): Promise<Proposal | NoChange> {
    const goal = await goalOf(ctx, o.target, o.position ?? 'append');
    const named = await Promise.all(o.pages.map((page) => resolvePage(ctx, page)));
    const pages = [...new Map(named.map((page) => [page.id, page])).values()];
    if (pages.some((page) => page.id === goal.id))
      throw new UserError('invalid_input', 'A page cannot be moved to itself.', {
        next: 'Name another target.',
      });
    const toMove = pages.filter(
      (page) =>
        goal.position !== 'append' || page.parentId !== goal.parentId || page.spaceId !== goal.spaceId,
    );
    if (toMove.length === 0) {
      return {
        noChange: true,
        text: `Already under "${goal.title}".`,
        sources: await Promise.all(pages.map(async (page) => sourceOf(await itemOf(ctx, page)))),
      };
    }
    const moves = await Promise.all(
      toMove.map(async (page) => ({
        pageId: page.id,
        title: page.title,
        position: goal.position,
        targetId: goal.id,
        parentId: goal.parentId,
        spaceId: goal.spaceId,
        from: await placeOf(ctx, page),
      })),
    );
    const what = toMove.length === 1 ? `"${toMove[0]?.title}"` : `${toMove.length} pages`;
    const where = goal.position === 'append' ? 'under' : goal.position;
    return proposalFor(ctx, toMove, moves, `Move ${what} ${where} "${goal.title}"`, {
      pages: toMove.map((page) => page.id),
      target: goal.id,
      position: goal.position,
    });
  },
  async rebase(ctx, proposal) {
    for (const move of requestOf(proposal).moves) {
      const now = await findDocument(ctx, 'page', move.pageId);
      if (now === null || now.status === 'trashed')
        return { kind: 'conflict', message: `"${move.title}" is gone.`, yours: null, theirs: null };
      if (now.parentId !== move.from.parentId || now.spaceId !== move.from.spaceId)
        return {
          kind: 'conflict',
          message: `"${move.title}" has been moved by someone else meanwhile.`,
          yours: null,
          theirs: null,
        };
      const gone = await targetGone(ctx, move, requestOf(proposal).moves);
      if (gone !== null) return { kind: 'conflict', message: gone, yours: null, theirs: null };
    }
    return { kind: 'current' };
  },
  async apply(ctx, proposal) {
    const done: Move[] = [];
    const failed: string[] = [];
    for (const move of requestOf(proposal).moves) {
      try {
        await moveOne(ctx.confluence, {
          pageId: move.pageId,
          position: move.position,
          targetId: move.targetId,
        });
        done.push(move);
      } catch (error) {
        if (done.length === 0 || !(error instanceof ConfabError)) throw error;
        failed.push(`"${move.title}": ${error.message}`);
      }
    }
    return outcomeOf(proposal, done, failed);
  },
  async verify(ctx, proposal, outcome) {
    const { moves } = requestOf(proposal);
    const checks = await Promise.all(
      moves.map(async (move) =>
        (await isDone(ctx, move)) ? null : `"${move.title}" is not where it should be.`,
      ),
    );
    const details = [...checks.filter((one) => one !== null), ...(outcome.receipt.failed as string[])];
    const ok = details.length === 0;
    return {
      ok,
      summary: ok
        ? `${counted(moves.length, 'page is', 'pages are')} in the new place.`
        : 'Not everything was moved.',
      version: null,
      details,
    };
  },
  async settle(ctx, proposal) {
    const { moves } = requestOf(proposal);
    const states = await Promise.all(moves.map((move) => isDone(ctx, move)));
    const beside = moves.some((move) => move.position !== 'append' && move.parentId === move.from.parentId);
    if (beside)
      return {
        kind: 'unknown',
        found: 'The pages keep their parent in this move, so it cannot be seen whether it happened.',
      };
    if (states.every((one) => one)) return { kind: 'applied', outcome: outcomeOf(proposal, moves, []) };
    if (states.every((one) => !one)) return { kind: 'not_applied' };
    return {
      kind: 'unknown',
      found: `${states.filter((one) => one).length} of ${states.length} pages are in the new place.`,
    };
  },
  async inverse(ctx, proposal, outcome) {
    const moved = Array.isArray(outcome.receipt.moved) ? (outcome.receipt.moved as string[]) : [];
    const pages: Document[] = [];
    const moves: Move[] = [];
    const done = requestOf(proposal).moves.filter((one) => moved.includes(one.pageId));
    for (const { pageId, from, position, targetId } of await stepsBack(ctx, done)) {
      const move = done.find((one) => one.pageId === pageId) as Move;
      const now = await findDocument(ctx, 'page', pageId);
      if (now === null || now.status === 'trashed') return { impossible: `"${move.title}" is gone.` };
      if (!(await isDone(ctx, move))) return { impossible: `"${move.title}" has been moved again since.` };
      const { parentId, spaceId } = from;
      if (parentId === null)
        return { impossible: 'A page at the top level of a space cannot be put back there.' };
      pages.push(now);
      moves.push({
        pageId,
        title: move.title,
        position,
        targetId: targetId ?? parentId,
        parentId,
        spaceId,
        from: await placeOf(ctx, now),
      });
    }
    if (pages.length === 0) return { impossible: 'Nothing was moved.' };
    const back = await proposalFor(ctx, pages, moves, `Undo: ${proposal.title}`.slice(0, 240), {
      pages: moved,
      target: moves[0]?.targetId ?? '',
    });
    // Who could view them before can again: no more than the click asks for.
    return { ...back, warnings: back.warnings.map((one) => ({ ...one, mustConfirm: false })) };
  },
});
