import { createHash, randomUUID } from 'node:crypto';
import { textOf } from './parse.ts';
import type { RewriteContext } from './rewrite.ts';

const formed = (hex: string, kind: 'short' | 'uuid'): string =>
  kind === 'short'
    ? hex.slice(0, 12)
    : `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;

/** Ids nobody has had before. */
export const freshIds: RewriteContext['id'] = (kind) => formed(randomUUID().replaceAll('-', ''), kind);

/**
 * Ids that follow from what they are for, so that the demo has the same ones after every reset, and an unchanged
 * block the same in every version of its page. `seed` names the body.
 */
export function idsFrom(seed: string): RewriteContext['id'] {
  const seen = new Map<string, number>();
  return (kind, of) => {
    const name = of.attributes['ac:name'] ?? '';
    const what = `${kind} ${of.name} ${name} ${textOf(of).slice(0, 300)}`;
    const count = (seen.get(what) ?? 0) + 1;
    seen.set(what, count);
    return formed(createHash('sha256').update(`${seed} ${what} ${count}`).digest('hex'), kind);
  };
}
