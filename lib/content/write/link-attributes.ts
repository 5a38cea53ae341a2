import { ContentError } from '../content-error.ts';
import { escapeAttribute } from '../parse/entities.ts';
import { readParameters } from './stash.ts';

export type Attributes = Map<string, string>;

type Rule = { names: string[]; value: RegExp; allowed: string };

const LINK: Record<string, Rule> = {
  card: { names: [], value: /^(?:inline|block|embed)$/, allowed: 'inline, block or embed' },
};
const IMAGE: Record<string, Rule> = {
  width: { names: ['ac:width'], value: /^\d{1,5}$/, allowed: 'pixels such as 600' },
  height: { names: ['ac:height'], value: /^\d{1,5}$/, allowed: 'pixels such as 400' },
  align: { names: ['ac:align'], value: /^(?:left|center|right)$/, allowed: 'left, center or right' },
  layout: {
    names: ['ac:layout'],
    value: /^(?:center|align-start|align-end|wrap-left|wrap-right|wide|full-width)$/,
    allowed: 'center, align-start, align-end, wrap-left, wrap-right, wide or full-width',
  },
};

const LOOKS = /^\{([A-Za-z][\w-]*=[^{}\n]*)\}/;

/**
 * The attributes that stand in braces right after a link or picture, with their length: `{width=600}`.
 * null where there are none: braces that begin with no name of ours are text.
 * @throws ContentError for a value that is not possible
 */
export function readAttributes(
  text: string,
  image: boolean,
): { attributes: Attributes; length: number } | null {
  const [whole = '', inner = ''] = LOOKS.exec(text) ?? [];
  const rules = image ? IMAGE : LINK;
  const pairs = whole === '' ? null : readParameters(inner);
  if (!pairs || !Object.hasOwn(rules, pairs[0]?.[0] ?? '')) return null;
  for (const [name, value] of pairs) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (rule?.value.test(value)) continue;
    throw new ContentError(
      `${whole} after ${image ? 'an image' : 'a link'} has ${name}=${value}, which is not possible.`,
      {
        next: Object.entries(rules)
          .map(([one, { allowed }]) => `${one}: ${allowed}`)
          .join('; '),
      },
    );
  }
  return { attributes: new Map(pairs), length: whole.length };
}

/** A link drawn as a card: `attribute` is how the element at hand says so. */
export function linkAttributes(attributes: Attributes | null, attribute: string): string {
  const card = attributes?.get('card');
  return card === undefined ? '' : ` ${attribute}="${card}"`;
}

/** How Confluence writes an image's place where only its alignment is given. */
const LAYOUT_OF: Record<string, string> = { left: 'align-start', center: 'center', right: 'align-end' };

export function imageAttributes(attributes: Attributes | null): string {
  if (!attributes) return '';
  const align = attributes.get('align');
  const out = new Map<string, string>();
  if (align !== undefined && !attributes.has('layout')) out.set('ac:layout', LAYOUT_OF[align] ?? align);
  for (const [name, value] of attributes) for (const one of IMAGE[name]?.names ?? []) out.set(one, value);
  if (attributes.has('width')) out.set('ac:custom-width', 'true');
  return [...out].map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`).join('');
}
