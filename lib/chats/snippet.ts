const before = 30;
const longest = 120;

/** The stretch of a text around the first of the words, in one line. Lengths are characters. */
export function snippetOf(text: string, words: readonly string[]): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const small = line.toLowerCase();
  const places = words.map((word) => small.indexOf(word.toLowerCase())).filter((at) => at >= 0);
  const from = Math.max(0, Math.min(...places, line.length) - before);
  const start = from === 0 || places.length === 0 ? 0 : line.indexOf(' ', from) + 1 || from;
  const cut = line.slice(start, start + longest);
  const end = start + longest < line.length ? `${cut.replace(/\s\S*$/, '')}…` : cut;
  return `${start > 0 ? '…' : ''}${end}`;
}
