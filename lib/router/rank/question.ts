/**
 * A question without what it is about: quoted titles, addresses and numbers say which page is meant, not what is to be
 * done with it. Kept whole where nothing else is left.
 */
export function withoutNames(text: string): string {
  const masked = text
    .replace(/https?:\/\/\S+/g, ' url ')
    .replace(/["“„«'‘]([^"”“»'’]{2,60})["”“»'’](?=[\s.,;:!?)]|$)/g, ' ')
    .replace(/\b[\w.]+@[\w.]+\b/g, ' email ')
    .replace(/\b[A-Z]+-\d+\b/g, ' ')
    .replace(/\b\d[\d.:,/-]*\b/g, ' ');
  return masked.replace(/[^\p{L}]/gu, '').length > 2 ? masked : text;
}

const opening =
  /^(?:so |and |hey,? |hi,? )?(?:is|are|was|were|do|does|did|has|have|who|whose|what|which|when|where|why|how|wer|was|welche[rsnm]?|wie|wo|wann|warum|ist|sind|hat|haben|gibt|darf|in welche[rnm]|qui[eé]n(?:es)?|qu[eé]|cu[aá]l(?:es)?|cu[aá]nt[oa]s?|d[oó]nde|por qu[eé]|hay|es|est[aá]|a qui[eé]n)\b/iu;
const request = /\b(?:could|can|would|will) you|please|kannst du|bitte|puedes|podr[ií]as\b/i;

/** True for a text that wants to know something (`Is page 5 verified?`), not to have something done (`Could you ...?`). */
export function wantsToKnow(text: string): boolean {
  const start = text.replace(/^[¿¡\s]+/, '');
  const ends = /\?\s*$/.test(text);
  if (opening.test(start) && (ends || /^[^.!]*$/u.test(start))) return true;
  return ends && !request.test(text);
}
