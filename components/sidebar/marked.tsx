import { markedPieces } from './marked-pieces.ts';

/** A text with the words of a search marked in it. */
export function Marked({ text, query }: { text: string; query: string }) {
  return markedPieces(text, query).map(({ id, text: piece, found }) =>
    found ? (
      <mark key={id} className="rounded-xs bg-warn-soft text-ink">
        {piece}
      </mark>
    ) : (
      <span key={id}>{piece}</span>
    ),
  );
}
