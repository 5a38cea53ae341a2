import { database, insertChange, newId } from '#db';
import { UserError } from '#errors';
import type { Context, NoChange, Proposal, WriteOperation } from '#lib/tools';
import type { ChangeView } from '#lib/wire';
import { actingWith } from './acting.ts';
import { announce } from './events.ts';
import { proposalHash } from './hash.ts';
import { repeatWarning } from './repeats.ts';
import { loadChange, writeOperation } from './store.ts';
import { toView } from './view.ts';

/** Who asked for a write, and where. */
export type Origin = {
  kind: 'chat' | 'mcp' | 'undo';
  chatId: string | null;
  messageId?: string;
  callId?: string;
  keyId?: string | null;
  client: string | null;
  fromPageText: boolean;
  /** The change that this one would take back. */
  undoOf?: string;
};

/** How long a proposal may wait for its person. */
export const proposalLifetime = 7 * 24 * 3600 * 1000;

/** Confluence takes at most 5 MB in one body; the stored proposal holds it, its diff and its base. */
const largestProposal = 32 * 1024 * 1024;

/** Stores a worked-out proposal in the given state and returns its id. */
export async function storeProposal(
  ctx: Context,
  proposal: Proposal,
  origin: Origin,
  status: 'proposed' | 'approved',
): Promise<string> {
  const operation = writeOperation(proposal.operation);
  const text = JSON.stringify(proposal);
  if (text.length > largestProposal) {
    throw new UserError('too_large', 'This change is too large to be shown and approved as one.', {
      next: 'Split it into smaller edits.',
    });
  }
  // Whoever asked has gone: a card that nobody expects would be left behind.
  ctx.signal.throwIfAborted();
  const { connectionId, siteId, actingAs } = await actingWith(ctx, operation);
  const now = Date.now();
  const id = newId('chg');
  await insertChange(await database(), {
    id,
    user_id: ctx.user.id,
    chat_id: origin.chatId,
    message_id: origin.messageId ?? null,
    call_id: origin.callId ?? null,
    key_id: origin.keyId ?? null,
    client: origin.client,
    operation: operation.name,
    tier: operation.tier,
    status,
    target_id: proposal.target.id,
    proposal: text,
    hash: proposalHash(proposal, 1),
    revision: 1,
    limits: JSON.stringify(ctx.limits),
    connection_id: connectionId,
    acting_as: JSON.stringify(actingAs),
    site_id: siteId,
    from_page_text: origin.fromPageText ? 1 : 0,
    reason: null,
    outcome: null,
    verification: null,
    conflict: null,
    error: null,
    rebased_from: null,
    undo_of: origin.undoOf ?? null,
    undone_by: null,
    created_at: now,
    decided_at: status === 'approved' ? now : null,
    decided_by: status === 'approved' ? ctx.user.id : null,
    applied_at: null,
    expires_at: now + proposalLifetime,
    updated_at: now,
  });
  announce({ id, chat_id: origin.chatId, user_id: ctx.user.id });
  return id;
}

/**
 * Works a write out and stores it for a person's decision. Nothing is written to Confluence.
 * @returns the card, or why nothing needs to change.
 */
export async function propose(
  ctx: Context,
  operation: WriteOperation,
  input: unknown,
  origin: Origin,
): Promise<ChangeView | NoChange> {
  const preview = await operation.preview(ctx, input);
  if ('noChange' in preview) return preview;
  const undoOf = typeof preview.input.undo_of === 'string' ? { undoOf: preview.input.undo_of } : {};
  const proposal = {
    ...preview,
    warnings: [...preview.warnings, ...(await repeatWarning(ctx.user.id, origin.chatId, preview))],
  };
  const id = await storeProposal(ctx, proposal, { ...origin, ...undoOf }, 'proposed');
  return toView(await loadChange(id), ctx.user.id);
}
