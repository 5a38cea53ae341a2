import type { DiffCounts } from './diff.ts';

/** Block kinds and macros whose name is not the word a person uses. */
const named: Record<string, string> = {
  tasks: 'task list',
  rule: 'divider',
  quote: 'quotation',
  cell: 'layout cell',
  section: 'layout section',
  div: 'block',
  pre: 'preformatted text',
  code: 'code block',
  comment: 'source comment',
  extension: 'app block',
  info: 'info panel',
  note: 'note panel',
  tip: 'tip panel',
  success: 'success panel',
  warning: 'warning panel',
  error: 'error panel',
  noformat: 'preformatted text',
  toc: 'table of contents',
  children: 'list of child pages',
  pagetree: 'page tree',
  attachments: 'list of files',
  contentbylabel: 'content by label',
  'recently-updated': 'list of recent changes',
  jira: 'Jira issues',
  'excerpt-include': 'included excerpt',
  include: 'included page',
  details: 'page properties',
  detailssummary: 'page properties report',
  'tasks-report-macro': 'task report',
  'view-file': 'file preview',
  viewpdf: 'PDF preview',
  widget: 'embedded content',
  plantuml: 'PlantUML diagram',
  drawio: 'draw.io diagram',
  status: 'status',
  'at:declarations': 'template variables',
  'at:var': 'template variable',
};

/** What a person calls a block: `h3` is a heading, `toc` a table of contents. Unknown macros keep their name. */
export function kindWord(kind: string): string {
  if (/^h[1-6]$/.test(kind)) return 'heading';
  return named[kind] ?? kind.replaceAll('-', ' ');
}

/** The same where the level of a heading matters: `heading 3`. */
export function exactKindWord(kind: string): string {
  return /^h[1-6]$/.test(kind) ? `heading ${kind[1]}` : kindWord(kind);
}

const count = (number: number, one: string): string =>
  `${number.toLocaleString('en')} ${number === 1 ? one : `${one}s`}`;

/** What happened to macros and inline comments, as parts of a sentence: `5 macros kept`, `1 comment lost`. */
export function sideCounts(counts: DiffCounts): string[] {
  const { commentsAffected = 0, commentsKept = 0 } = counts;
  const parts = [
    counts.macrosKept > 0 && `${count(counts.macrosKept, 'macro')} kept`,
    counts.macrosLost > 0 && `${count(counts.macrosLost, 'macro')} lost`,
    commentsKept > 0 && `${count(commentsKept, 'inline comment')} kept`,
    commentsAffected > 0 && `${count(commentsAffected, 'inline comment')} on changed text`,
    counts.commentMarkersLost > 0 && `${count(counts.commentMarkersLost, 'inline comment')} lost`,
  ];
  return parts.filter((part) => part !== false);
}
