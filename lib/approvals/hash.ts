import { createHash } from 'node:crypto';
import type { Proposal } from '#lib/tools';

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(entries.map(([name, inner]) => [name, canonical(inner)]));
  }
  return value;
}

/** The value as JSON whose keys stand in order, so that equal values give equal text. */
export const canonicalText = (value: unknown): string => JSON.stringify(canonical(value));

/**
 * Names one revision of a proposal: SHA-256 over its canonical JSON and its number. Whoever approves
 * this hash has approved exactly these bytes.
 */
export function proposalHash(proposal: Proposal, revision: number): string {
  return createHash('sha256').update(canonicalText({ proposal, revision })).digest('hex');
}
