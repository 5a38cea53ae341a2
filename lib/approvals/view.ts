import { stripInvisible } from '#lib/content';
import { alarmOf, type ChangeView, type ErrorView, type Verification } from '#lib/wire';
import { type StoredChange, writeOperation } from './store.ts';

const parse = <T>(text: string | null): T | null => (text === null ? null : (JSON.parse(text) as T));

/** Without what would hide a part of a title from the person who decides, or show it in another order. */
const shown = (text: string): string => stripInvisible(text);

/** The version that stood there before, when what was written is not what was approved. */
function restorable({ row, status, proposal, outcome }: StoredChange): ChangeView['restore'] {
  const verification = parse<Verification>(row.verification);
  const version = Number(outcome?.receipt.baseVersion);
  if (alarmOf({ status, verification }) !== 'differs' || !proposal.undo.possible) return null;
  // Of an undo it would be what was to be taken back: the change itself offers the right one.
  if (row.undo_of !== null) return null;
  return Number.isInteger(version) && version > 0 ? { version } : null;
}

/** What the server of a toolkit answered. */
function saidBy({ row, outcome }: StoredChange): string | null {
  const said = outcome?.receipt.said ?? parse<ErrorView>(row.error)?.data?.said;
  return typeof said === 'string' && said.trim() !== '' ? shown(said) : null;
}

/** A stored change as `viewerId` may see it. */
export function toView(change: StoredChange, viewerId: string): ChangeView {
  const { row, proposal, status, outcome } = change;
  const own = row.user_id === viewerId;
  return {
    id: row.id,
    operation: row.operation,
    operationTitle: writeOperation(row.operation).title,
    tier: row.tier,
    status,
    title: shown(proposal.title),
    target: { ...proposal.target, title: shown(proposal.target.title) },
    baseVersion: proposal.baseVersion,
    hash: row.hash,
    revision: row.revision,
    diff: proposal.diff,
    warnings: [
      ...proposal.warnings.map((warning) => ({ ...warning, message: shown(warning.message) })),
      ...(row.from_page_text === 1
        ? [
            {
              code: 'from_page_text',
              message: 'This idea came from text on a page, not from your own words. Read it with care.',
              mustConfirm: false,
            },
          ]
        : []),
    ],
    editable: proposal.editable,
    undo: proposal.undo,
    origin: {
      kind: row.undo_of === null ? (row.key_id === null ? 'chat' : 'mcp') : 'undo',
      chatId: row.chat_id,
      client: row.client,
    },
    actingAs: { name: change.actingAs.name, site: change.actingAs.site },
    reason: row.reason,
    result:
      outcome === null
        ? null
        : {
            url: outcome.url,
            version: outcome.version,
            title: outcome.title === null ? null : shown(outcome.title),
          },
    verification: parse<Verification>(row.verification),
    conflict: parse<NonNullable<ChangeView['conflict']>>(row.conflict),
    error: parse<ErrorView>(row.error),
    rebasedFrom: row.rebased_from,
    createdAt: row.created_at,
    decidedAt: row.decided_at,
    expiresAt: row.expires_at,
    mayDecide: own && (status === 'proposed' || status === 'unknown'),
    ...(proposal.toolkit === undefined
      ? {}
      : { toolkit: { name: proposal.toolkit.name, host: proposal.toolkit.host, said: saidBy(change) } }),
    restore: own ? restorable(change) : null,
    mayUndo: own && (status === 'applied' || status === 'verified') && proposal.undo.possible,
  };
}
