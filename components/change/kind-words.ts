import type { Touched } from './group-entries.ts';

/** Block kinds whose name is not the word a person uses. */
const named: Record<string, string> = {
  tasks: 'task list',
  rule: 'divider',
  cell: 'layout cell',
  section: 'layout section',
  div: 'block',
  pre: 'preformatted text',
  comment: 'source comment',
  extension: 'app block',
  info: 'info panel',
  note: 'note panel',
  tip: 'tip panel',
  success: 'success panel',
  warning: 'warning panel',
  error: 'error panel',
  toc: 'table of contents',
  children: 'list of child pages',
  'recently-updated': 'list of recent changes',
  jira: 'Jira issues',
  'excerpt-include': 'included excerpt',
  include: 'included page',
  'view-file': 'file preview',
  viewpdf: 'PDF preview',
  status: 'status',
  'at:declarations': 'template variables',
  'at:var': 'template variable',
};

/** What a person calls a block: `h3` is a heading, `toc` a table of contents. Unknown macros keep their name. */
export function kindWord(kind: string): string {
  if (/^h[1-6]$/.test(kind)) return 'heading';
  return named[kind] ?? kind.replaceAll('-', ' ');
}

/** The kind of an entry. An app's block is named by what it is (a panel, say), which its drawing tells. */
export function kindOf({ kind, rendered }: Pick<Touched, 'kind' | 'rendered'>): string {
  const [first] = rendered;
  if (kind !== 'extension' || typeof first !== 'object' || first.tag !== 'macro') return kind;
  return first.at?.kind ?? kind;
}

/** One block by its kind, or several by their number: `heading`, `5 blocks`. */
export function blocksWord(kinds: readonly string[]): string {
  const [only] = kinds;
  return kinds.length === 1 && only !== undefined ? kindWord(only) : `${kinds.length} blocks`;
}
