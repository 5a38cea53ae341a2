/**
 * Characters without a picture, which a person does not see and a model reads: controls, marks that turn the direction
 * of text, tag and other ignorable characters. Joiners and emoji selectors stay: scripts and emoji need them.
 */
const hidden =
  /[\p{Cc}\p{Default_Ignorable_Code_Point}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb]/gu;
const needed = new Set(['\n', '\t', '\u200c', '\u200d', '\ufe0f']);

/** How many hidden characters a text holds. */
export const countHidden = (text: string): number =>
  (text.match(hidden) ?? []).filter((sign) => !needed.has(sign)).length;

/** A stranger's text without hidden characters. */
export const visible = (text: string): string =>
  text.replace(hidden, (sign) => (needed.has(sign) ? sign : ''));

/** The same, at most `most` characters long. */
export function bounded(text: string, most: number): string {
  const whole = visible(text).trim();
  return whole.length <= most ? whole : `${whole.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** The same in one line. */
export const oneLine = (text: string, most: number): string => bounded(text.replace(/\s+/g, ' '), most);
