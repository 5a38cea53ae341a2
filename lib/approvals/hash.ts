import { createHash } from 'node:crypto';
import { canonicalText } from '#canonical';
import type { Proposal } from '#lib/tools';

/**
 * Names one revision of a proposal: SHA-256 over its canonical JSON and its number. Whoever approves
 * this hash has approved exactly these bytes.
 */
export function proposalHash(proposal: Proposal, revision: number): string {
  return createHash('sha256').update(canonicalText({ proposal, revision })).digest('hex');
}
