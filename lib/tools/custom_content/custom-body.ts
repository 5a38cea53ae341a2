import { adfNodes, checkAdf, checkStorage, diffStorage, sameStorage, verifyAdf } from '#lib/content';
import type { ChangeDiff, FieldDiff } from '#lib/wire';
import { checkSize } from '../page-write/index.ts';
import type { CustomFormat } from './item.ts';

export type GivenFormat = 'storage' | 'adf' | 'raw';

const representations: Record<GivenFormat, CustomFormat> = {
  storage: 'storage',
  adf: 'atlas_doc_format',
  raw: 'raw',
};

/** A body as given, ready to be sent. Storage and ADF are checked here, before Confluence sees them. */
export function customBody(
  given: string,
  format: GivenFormat,
): { representation: CustomFormat; value: string } {
  checkSize(given);
  if (format === 'storage') checkStorage(given);
  return {
    representation: representations[format],
    value: format === 'adf' ? checkAdf(given) : given,
  };
}

/** The body as compared after it was read back: one that Confluence only tidied up counts as the approved one. */
export function comparable(representation: CustomFormat, approved: string, saved: string): string {
  const ways: Record<CustomFormat, () => boolean> = {
    storage: () => sameStorage(approved, saved),
    atlas_doc_format: () => adfNodes(saved) !== null && verifyAdf(null, approved, saved).ok,
    raw: () => saved === approved,
  };
  return ways[representation]() ? approved : saved;
}

/** A change of the body for the card: drawn where it is storage, as text otherwise. */
export function bodyDiff(
  representation: CustomFormat,
  before: string,
  after: string,
): { body: ChangeDiff['body']; fields: FieldDiff[] } {
  if (before === after) return { body: null, fields: [] };
  if (representation === 'storage') return { body: diffStorage(before, after), fields: [] };
  return {
    body: null,
    fields: [{ label: `Body (${representation})`, before: before === '' ? null : before, after }],
  };
}
