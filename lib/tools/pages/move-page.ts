import { z } from 'zod';
import { ConfabError, UserError } from '#errors';
import { movePage as moveOne } from '#lib/confluence';
import type { ChangeWarning } from '#lib/wire';
import { defineWrite } from '../define.ts';
import { type Document, findDocument, itemOf } from '../documents.ts';
import { text } from '../inputs.ts';
import type { Context, NoChange, Outcome, Proposal } from '../operation.ts';
import { documentTarget } from '../page-write/index.ts';
import { counted, sourceOf } from '../render.ts';
import { resolvePage } from '../resolve/page.ts';
import { proposalShape } from '../written.ts';
import { goalOf, nameOfPlace, type Place, type Position, placeOf } from './place.ts';

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
  const warnings: ChangeWarning[] = moves.some((move) => move.spaceId !== move.from.spaceId)
    ? [
        {
          code: 'changes_readers',
          message:
            'The pages and all below them go to another space, so other people may see or not see them.',
          mustConfirm: true,
        },
      ]
    : [];
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
    warnings,
    editable: null,
    undo: moves.every((move) => move.from.parentId !== null)
      ? { possible: true }
      : { possible: false, why: 'A page at the top level of a space cannot be put back there.' },
  };
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
    const pages = await Promise.all(o.pages.map((page) => resolvePage(ctx, page)));
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
      if ((await findDocument(ctx, 'page', move.targetId))?.status === 'trashed')
        return { kind: 'conflict', message: 'The target is in the trash now.', yours: null, theirs: null };
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
    for (const move of requestOf(proposal)
      .moves.filter((one) => moved.includes(one.pageId))
      .reverse()) {
      const now = await findDocument(ctx, 'page', move.pageId);
      if (now === null || now.status === 'trashed') return { impossible: `"${move.title}" is gone.` };
      if (!(await isDone(ctx, move))) return { impossible: `"${move.title}" has been moved again since.` };
      const { parentId, after, before, spaceId } = move.from;
      if (parentId === null)
        return { impossible: 'A page at the top level of a space cannot be put back there.' };
      const back =
        after !== null
          ? { position: 'after' as const, targetId: after }
          : before !== null
            ? { position: 'before' as const, targetId: before }
            : { position: 'append' as const, targetId: parentId };
      pages.push(now);
      moves.push({
        pageId: move.pageId,
        title: move.title,
        ...back,
        parentId,
        spaceId,
        from: await placeOf(ctx, now),
      });
    }
    if (pages.length === 0) return { impossible: 'Nothing was moved.' };
    return proposalFor(ctx, pages, moves, `Undo: ${proposal.title}`.slice(0, 240), {
      pages: moved,
      target: moves[0]?.targetId ?? '',
    });
  },
});
