import { AtlassianError } from '#errors';
import { type VerifyResult, verifyAdf, verifyStorage, verifyWords } from '#lib/content';
import type { BodyDiff } from '#lib/wire';
import { type Document, findDocument } from '../documents.ts';
import type { Context } from '../operation.ts';
import type { Representation } from './put.ts';

/** What comparing a saved body with the approved one showed. */
export type BodyCheck = { ok: boolean; summary: string; details: string[]; diff: BodyDiff | null };

/** `new`: nothing stood there before. `same`: it was to stay as it is. A number: the version it was made from. */
export type Base = 'new' | 'same' | number;

type Reading = Pick<Context, 'confluence' | 'limits'>;

async function read(
  ctx: Reading,
  saved: Document,
  format: 'storage' | 'atlas_doc_format',
  version: number | null,
): Promise<string> {
  const found = await findDocument(ctx, saved.kind, saved.id, {
    format,
    ...(saved.status === 'draft' ? { draft: true } : version === null ? {} : { version }),
  });
  if (found?.body != null) return found.body;
  throw new AtlassianError('atlassian_unavailable', 'Confluence did not give the body that was saved.');
}

async function before(
  ctx: Reading,
  saved: Document,
  format: 'storage' | 'atlas_doc_format',
  value: string,
  base: Base,
): Promise<string | null> {
  if (base === 'new') return null;
  return base === 'same' ? value : read(ctx, saved, format, base);
}

const counted = (result: VerifyResult): BodyCheck & { blocks: number } => ({
  ...result,
  blocks: result.kept + result.added,
});

function allThere(blocks: number): string {
  if (blocks === 0) return 'it is empty, as approved';
  return blocks === 1 ? 'its one block is there' : `all ${blocks} blocks are there`;
}

/**
 * Compares the body of a document as saved (`saved` carries the storage of the version that was written) with the
 * one that was approved. ADF is read back as ADF; of wiki markup, which only Confluence converts, the words are compared.
 *
 * @throws AtlassianError when something cannot be read; ContentError when what was saved is malformed
 */
export async function checkBody(
  ctx: Reading,
  o: { saved: Document; body: { representation: Representation; value: string }; base: Base },
): Promise<BodyCheck> {
  const { saved, base } = o;
  const { representation, value } = o.body;
  const ways: Record<Representation, () => Promise<BodyCheck & { blocks?: number }>> = {
    async storage() {
      const old = await before(ctx, saved, 'storage', value, base);
      return counted(verifyStorage(old ?? '', value, saved.body ?? ''));
    },
    async atlas_doc_format() {
      const old = await before(ctx, saved, 'atlas_doc_format', value, base);
      return counted(verifyAdf(old, value, await read(ctx, saved, 'atlas_doc_format', saved.version)));
    },
    async wiki() {
      return { ...verifyWords(value, saved.body ?? ''), diff: null };
    },
  };
  const { ok, summary, details, diff, blocks } = await ways[representation]();
  // Where there was nothing to keep or to change, how many arrived is all there is to say.
  const arrived = ok && blocks !== undefined && typeof base !== 'number';
  return { ok, summary: arrived ? allThere(blocks) : summary, details, diff };
}

/**
 * @throws AtlassianError when Confluence answers with an older version than the one it said it had written: what was
 * saved cannot be seen yet
 */
export function requireWritten(newest: Document, version: number | null): void {
  if (version === null || newest.version >= version || newest.status === 'draft') return;
  throw new AtlassianError(
    'atlassian_unavailable',
    `Confluence still shows version ${newest.version}, not version ${version}, which it says it has saved.`,
    { next: 'Check again in a moment.' },
  );
}
