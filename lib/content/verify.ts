import { align } from './align.ts';
import { keysOf, nameOf, type Unit, unitsOf } from './units.ts';

export type VerifyResult = {
  /** True where the saved page holds exactly what was approved. */
  ok: boolean;
  kept: number;
  changed: number;
  lost: number;
  /** "26 blocks kept, 2 changed as approved, 0 lost" */
  summary: string;
  /** One line for each block that is missing or unexpected. */
  details: string[];
};

const MAX_DETAILS = 20;
const counted = (unit: Unit | undefined): unit is Unit => unit !== undefined && unit.part !== 'close';

/**
 * Compares what was saved with what was approved, after evening out what Confluence rewrites on save:
 * ids it adds, forms of entities, order of attributes, white space between blocks, versions of
 * attachments. `before` tells which blocks the change was about.
 *
 * @throws ContentError when one of the three is malformed
 */
export function verifyStorage(before: string, approved: string, saved: string): VerifyResult {
  const [old, wanted, now] = [before, approved, saved].map((body) => unitsOf(body, 'saved').units) as [
    Unit[],
    Unit[],
    Unit[],
  ];
  const same = align(keysOf(old), keysOf(wanted));
  const untouched = new Set(same.map(([, index]) => index));
  const pairs = align(keysOf(wanted), keysOf(now));
  const found = new Set(pairs.map(([index]) => index));
  const expected = new Set(pairs.map(([, index]) => index));
  let [kept, changed] = [0, 0];
  const details: string[] = [];
  const missing: Unit[] = [];
  for (const [index, unit] of wanted.entries()) {
    if (!counted(unit)) continue;
    if (!found.has(index)) missing.push(unit);
    else if (untouched.has(index)) kept += 1;
    else changed += 1;
  }
  const extra = now.filter((unit, index) => counted(unit) && !expected.has(index));
  for (const unit of missing) details.push(`Not on the saved page as approved: ${nameOf(unit)}`);
  for (const unit of extra) details.push(`On the saved page but not approved: ${nameOf(unit)}`);
  const stayed = new Set(same.map(([index]) => index));
  const removed = old.filter((unit, index) => counted(unit) && !stayed.has(index)).length - changed;
  const gone = removed > 0 ? `, ${removed} removed as approved` : '';
  const unexpected = extra.length > 0 ? `, ${extra.length} unexpected` : '';
  return {
    ok: missing.length === 0 && extra.length === 0,
    kept,
    changed,
    lost: missing.length,
    summary: `${kept} ${kept === 1 ? 'block' : 'blocks'} kept, ${changed} changed as approved, ${missing.length} lost${gone}${unexpected}`,
    details:
      details.length > MAX_DETAILS
        ? [...details.slice(0, MAX_DETAILS), `and ${details.length - MAX_DETAILS} more`]
        : details,
  };
}
