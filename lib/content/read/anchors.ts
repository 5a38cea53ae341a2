import { headingLevel, macroName, parameterOf, parametersOf } from '../parse/elements.ts';
import { attr, parseStorage, visibleText } from '../parse/parse.ts';

/** The places of a page that links can lead to. */
export type Anchors = {
  /** Compared without case, spaces and signs, as Confluence's editors have written them in several ways. */
  names: ReadonlySet<string>;
  /** The page draws in other pages, whose headings are places too but are not known here. */
  open: boolean;
};

/** Letters and digits alone, in lower case. */
const bare = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}

/** Macros whose drawn content brings headings or places of its own. */
const drawn =
  /^(include|excerpt-include|excerpt-include-cloud|html|html-include|markdown|rendering|contentbylabel)$/;

/**
 * Headings, `anchor` macros and ids of a body as places a link can lead to.
 * @throws ContentError on malformed storage
 */
export function anchorsOf(storage: string): Anchors {
  const doc = parseStorage(storage);
  const names = new Set<string>(['top']);
  let open = false;
  for (const node of doc.nodes) {
    if (node.type !== 'element') continue;
    for (const name of ['id', 'name', 'local-id', 'ac:local-id']) {
      const value = attr(node, name);
      if (value !== null) names.add(bare(value));
    }
    if (headingLevel(node) !== null) names.add(bare(visibleText(doc, node, 500)));
    const macro = macroName(node);
    if (macro === null) continue;
    if (drawn.test(macro)) open = true;
    if (macro === 'anchor') {
      const value = parameterOf(node, '') ?? parametersOf(node)[0]?.value ?? '';
      names.add(bare(value));
    }
  }
  names.delete('');
  return { names, open };
}

/**
 * Whether a link's anchor leads to a place of the page. Accepts the forms `Heading-text`, `PageTitle-Headingtext`,
 * `id-PageTitle-Headingtext`, percent-encoded ones, and the number Confluence adds to a repeated heading.
 */
export function hasAnchor({ names }: Anchors, anchor: string, title: string): boolean {
  const plain = decoded(anchor).replace(/^\[inline(Extension|Card)\]/, '');
  const forms = [plain, plain.replace(/[.-]\d+$/, '')].flatMap((form) => {
    const whole = bare(form);
    const short = bare(form.replace(/^id-/, ''));
    const own = bare(title);
    return [whole, short, short.startsWith(own) ? short.slice(own.length) : short];
  });
  return forms.some((form) => names.has(form)) || forms.includes('');
}
