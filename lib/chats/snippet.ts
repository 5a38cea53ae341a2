const before = 30;
const longest = 120;

/** The stretch of a text around the first of the words, in one line. Lengths are characters. */
export function snippetOf(text: string, words: readonly string[]): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const small = line.toLowerCase();
  const places = words.map((word) => small.indexOf(word.toLowerCase())).filter((at) => at >= 0);
  const first = places.length === 0 ? 0 : Math.min(...places);
  const from = Math.max(0, first - before);
  const space = line.indexOf(' ', from);
  // At a word where one begins before the place; scripts without spaces are cut anywhere.
  const start = from === 0 ? 0 : space >= 0 && space < first ? space + 1 : from;
  const cut = line.slice(start, start + longest);
  const end = start + longest < line.length ? `${cut.replace(/\s\S*$/, '')}…` : cut;
  return `${start > 0 ? '…' : ''}${end}`;
}
