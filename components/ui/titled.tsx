import { Fragment } from 'react';
import { typographic } from './typographic.ts';

type Piece = { id: string; text: string; isName: boolean };

/** A sentence of ours cut at the names it quotes. `name`: one that is known, and may hold quotation marks itself. */
export function titlePieces(text: string, name: string | null = null): Piece[] {
  const at = name === null || name === '' ? -1 : text.indexOf(`"${name}"`);
  const parts =
    at < 0 || name === null
      ? typographic(text).split(/“([^“”]*)”/)
      : [...typographic(text.slice(0, at)).split(/“([^“”]*)”/), name].concat(
          typographic(text.slice(at + name.length + 2)).split(/“([^“”]*)”/),
        );
  return parts.map((part, index) => ({ id: `${index}`, text: part, isName: index % 2 === 1 }));
}

/** A sentence of ours that quotes names: each keeps its own direction, so that an Arabic title does not turn the rest. */
export function Titled({ text, name = null }: { text: string; name?: string | null }) {
  return titlePieces(text, name).map(({ id, text: words, isName }) =>
    isName ? (
      <Fragment key={id}>
        “<bdi>{words}</bdi>”
      </Fragment>
    ) : (
      <Fragment key={id}>{words}</Fragment>
    ),
  );
}
