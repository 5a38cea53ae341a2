/**
 * The unit of pagination: a line of text, a table row, an image. Containers wrap the strips of what they hold and
 * draw their background slice by slice, so anything may break over pages.
 */
export type Strip = {
  /** Points. */
  height: number;
  draw(x: number, y: number): void;
  /** Stays on one page with the strip that follows. */
  keep?: boolean;
  /** A line that runs from right to left. */
  rtl?: boolean;
  /** White space only: left out at the top of a page. */
  blank?: boolean;
  /** Drawn again where a page begins with this strip: the head of a table. */
  repeat?: Strip;
};

export const blank = (height: number, keep = false): Strip => ({
  height,
  draw: () => {},
  blank: true,
  ...(keep ? { keep } : {}),
});

export const heightOf = (strips: readonly Strip[]): number =>
  strips.reduce((sum, strip) => sum + strip.height, 0);

/** Each strip drawn through `draw`, with what repeats drawn the same way. */
export function wrapped(
  strips: readonly Strip[],
  draw: (strip: Strip, x: number, y: number, index: number) => void,
): Strip[] {
  return strips.map((strip, index) => ({
    ...strip,
    draw: (x, y) => draw(strip, x, y, index),
    ...(strip.repeat === undefined
      ? {}
      : {
          repeat: {
            ...strip.repeat,
            draw: (x: number, y: number) => draw(strip.repeat as Strip, x, y, index),
          },
        }),
  }));
}

/** Moved to the right. */
export const indented = (strips: readonly Strip[], by: number): Strip[] =>
  wrapped(strips, (strip, x, y) => strip.draw(x + by, y));

/** Groups of strips with white space between them. */
export function stacked(groups: readonly (readonly Strip[])[], gap: number): Strip[] {
  return groups
    .filter((group) => group.length > 0)
    .flatMap((group, index) => (index === 0 ? group : [blank(gap), ...group]));
}

/** All strips as one that does not break. */
export function solid(strips: readonly Strip[]): Strip {
  return {
    height: heightOf(strips),
    draw(x, y) {
      let at = y;
      for (const strip of strips) {
        strip.draw(x, at);
        at += strip.height;
      }
    },
  };
}

/** Room that must be left for a strip and all that has to stay with it. */
function needed(strips: readonly Strip[], from: number): number {
  let height = 0;
  for (let at = from; at < strips.length; at += 1) {
    const strip = strips[at] as Strip;
    height += strip.height;
    if (strip.keep !== true) break;
  }
  return height;
}

/** Draws the strips from `y` down, page after page. `turn` begins a new page and gives the y of its top. */
export function paginate(
  strips: readonly Strip[],
  o: { x: number; y: number; bottom: number; turn: () => number },
): void {
  let y = o.y;
  let top = o.y;
  for (const [index, strip] of strips.entries()) {
    const room = o.bottom - y;
    const wanted = needed(strips, index);
    if (y > top && (strip.height > room || (wanted > room && wanted <= o.bottom - top))) {
      y = o.turn();
      top = y;
      if (strip.repeat !== undefined) {
        strip.repeat.draw(o.x, y);
        y += strip.repeat.height;
      }
    }
    if (strip.blank === true && y === top) continue;
    strip.draw(o.x, y);
    y += strip.height;
  }
}
