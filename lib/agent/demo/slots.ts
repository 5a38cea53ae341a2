/** A name as people write it: without quotes, article and the word for what it is. */
export function bare(text: string | undefined): string {
  return (text ?? '')
    .trim()
    .replace(/^(?:the|a|an|our)\s+/i, '')
    .replace(/^["']|["'](?=[\s.,]*$)/g, '')
    .replace(/[\s.,]+$/, '')
    .trim();
}

/** What names a page: an id, a link, or a title. */
export function pageRef(text: string | undefined): string {
  const whole = (text ?? '').trim();
  const url = /https?:\/\/\S+/.exec(whole)?.[0];
  if (url !== undefined) return url.replace(/[.,]+$/, '');
  const id =
    /^(?:the )?(?:contents? of )?(?:the )?(?:page )?(?:with )?(?:the )?(?:id )?["']?(\d{2,})["']?(?: page)?$/i.exec(
      whole,
    )?.[1];
  if (id !== undefined) return id;
  const name = whole
    .replace(/^(?:the )?(?:contents? of )?(?:the )?page (?:called |titled |named )?(?=\S)/i, '')
    .replace(/\s+page$/i, '');
  return bare(name);
}

export const isExact = (ref: string): boolean => /^\d+$|^https?:/.test(ref);

/** "Rate limits" from "rate limits". */
export const headline = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Words that tell a subject: "the new Stripe webhook integration" is about stripe and webhook. */
export function tellingWords(text: string): string[] {
  const dull = new Set([
    'the',
    'new',
    'our',
    'a',
    'an',
    'and',
    'or',
    'of',
    'for',
    'to',
    'about',
    'on',
    'integration',
    'section',
    'feature',
    'support',
    'page',
    'note',
  ]);
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !dull.has(word));
}

/** True when the text speaks of the subject: all its telling words occur. */
export function mentions(text: string, subject: string): boolean {
  const low = text.toLowerCase();
  const words = tellingWords(subject);
  return words.length > 0 && words.every((word) => low.includes(word.replace(/s$/, '')));
}
