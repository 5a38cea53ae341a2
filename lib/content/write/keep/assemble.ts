/** A stretch of the original source. */
export type Span = { start: number; end: number };

/** One piece of what is written: `at` is its original among the spans, or -1 where it is new. */
export type Piece = { at: number; text: string };

export type Frame = Span & {
  spans: Span[];
  /** What stands between two spans holds tags that must stay whatever is taken out (parts of a table). */
  structural?: boolean;
};

/**
 * Kept and new pieces in order, with the bytes that stood between originals: white space and what shows
 * nothing. What stood before a removed original goes with it, unless it follows a kept one.
 */
export function assemble(source: string, frame: Frame, pieces: Piece[]): string {
  const { spans, structural = false } = frame;
  const between = (index: number): string =>
    source.slice(spans[index - 1]?.end ?? frame.start, spans[index]?.start ?? frame.end);
  const out: string[] = [between(0)];
  let last = -1;
  let waiting = '';
  /** Ends what follows the last kept piece, up to the original `to`. */
  const step = (to: number): void => {
    out.push(waiting);
    waiting = '';
    if (structural) for (let index = last + 2; index <= to; index += 1) out.push(between(index));
  };
  for (const { at, text } of pieces) {
    step(at);
    out.push(text);
    if (at < 0) continue;
    last = at;
    if (at + 1 < spans.length) waiting = between(at + 1);
  }
  if (waiting.trim() === '') waiting = '';
  step(spans.length - 1);
  if (spans.length > 0) out.push(between(spans.length));
  return out.join('');
}
