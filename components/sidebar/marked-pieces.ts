type Piece = { id: number; text: string; found: boolean };

/** A text cut at the words of a search, whatever their case; the longest word wins where several begin. */
export function markedPieces(text: string, query: string): Piece[] {
  const words = [...new Set(query.normalize('NFC').split(/\s+/).filter(Boolean))].sort(
    (a, b) => b.length - a.length,
  );
  if (words.length === 0) return [{ id: 0, text, found: false }];
  const any = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  return text
    .split(new RegExp(`(${any})`, 'giu'))
    .map((piece, id) => ({ id, text: piece, found: id % 2 === 1 }))
    .filter((piece) => piece.text !== '');
}
