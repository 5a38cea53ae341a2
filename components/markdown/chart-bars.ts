/** One bar: its words (Markdown inline text left as it is), an address where the words are a link, its value. */
export type Bar = { label: string; url: string | null; value: number };
export type Chart = { title: string; bars: Bar[] };

const most = 30;
const line = /^\s*(?:[-*]\s+|\d+[.)]\s+)?(.+?)\s*[:|]\s*(\d[\d,.' ]*)\s*$/;
const linked = /^\[((?:\\.|[^\]\\])*)\]\(([^)\s]+)\)$/;

function barOf(text: string): Bar | null {
  const match = line.exec(text);
  if (match === null) return null;
  const value = Number((match[2] ?? '').replace(/[, ']/g, ''));
  if (!Number.isFinite(value)) return null;
  const words = match[1] ?? '';
  const link = linked.exec(words);
  const label = (link?.[1] ?? words).replace(/\\([[\]\\])/g, '$1');
  return { label, url: link?.[2] ?? null, value };
}

/**
 * Reads a `chart` block: one bar a line, `label: number` or `[label](address): number`; a first line without a number is
 * the title. Null when it holds anything else, so that it is shown as the text it is.
 */
export function chartOf(text: string): Chart | null {
  const lines = text.split('\n').filter((one) => one.trim() !== '');
  const bars = lines.map(barOf);
  const titled = lines.length > 1 && bars[0] === null;
  const rest = titled ? bars.slice(1) : bars;
  if (rest.length === 0 || rest.length > most || rest.some((bar) => bar === null)) return null;
  return { title: titled ? (lines[0] ?? '').trim() : '', bars: rest as Bar[] };
}
