import { ContentError } from '../content-error.ts';
import { escapeAttribute, escapeXml } from '../parse/entities.ts';
import { canonical, pipesPlain } from '../view/canonical.ts';
import { changedPlaceholder, macroFromPlaceholder, parameterTag, unknownPlaceholder } from './macro.ts';
import { atomBytes, namedAtom } from './originals.ts';
import type { Token } from './stash.ts';
import type { Writer } from './writer.ts';

const COLOURS: Record<string, string> = {
  grey: 'Grey',
  gray: 'Grey',
  neutral: 'Grey',
  red: 'Red',
  yellow: 'Yellow',
  green: 'Green',
  blue: 'Blue',
  purple: 'Purple',
};

function status(source: string, { title, colour }: Token & { kind: 'status' }): string {
  const known = colour === null ? null : COLOURS[colour];
  if (known === undefined) {
    throw new ContentError(`The status ${source} has a colour that Confluence does not have.`, {
      next: 'Use {status:Done|green} with grey, red, yellow, green, blue or purple.',
    });
  }
  const named: [string, string][] = [['title', title]];
  return parameterTag('status', known === null ? named : [...named, ['colour', known]]);
}

function date(source: string, value: string): string {
  const parsed = new Date(`${value}T00:00:00Z`);
  if (Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== value) {
    throw new ContentError(`${source} names no day of the calendar.`, { next: 'Write {date:2026-01-31}.' });
  }
  return `<time datetime="${value}" />`;
}

function placeholderStorage(writer: Writer, token: Token & { kind: 'placeholder' }, source: string): string {
  if (token.id === null) return macroFromPlaceholder(token.name, token.parameters);
  const original = namedAtom(writer.originals.page, token.id);
  if (!original) throw unknownPlaceholder(writer, source);
  // A person in it may be called otherwise where names are known.
  const shown = canonical(original.markdown);
  // Nothing tells whether it stands in a cell; in its quotes a pipe has no other backslash before it than a pair.
  const written = canonical(pipesPlain(source));
  const short = token.parameters.length === 0;
  if (
    shown.replace(/\s+/g, ' ') !== written.replace(/\s+/g, ' ') &&
    !(short && shown.startsWith(`{{${token.name}`))
  ) {
    throw changedPlaceholder(written, shown);
  }
  return original.bytes;
}

/** The bytes a piece of our notation stands for. */
export function tokenStorage(writer: Writer, token: Token, source: string): string {
  const original = (): string | null => atomBytes(writer.originals.page, pipesPlain(source));
  switch (token.kind) {
    case 'placeholder':
      return placeholderStorage(writer, token, source);
    case 'status':
      return original() ?? status(source, token);
    case 'date':
      return original() ?? date(source, token.date);
    case 'mention':
      return original() ?? `<ac:link><ri:user ri:account-id="${escapeAttribute(token.id)}" /></ac:link>`;
    case 'emoji':
      return original() ?? `<ac:emoticon ac:name="${escapeAttribute(token.name)}" />`;
    case 'literal':
      return escapeXml(source);
    case 'comment':
    case 'end-comment':
      return '';
  }
}
