/** Boxes whose kind says something; other fences (layout, section, cell, excerpt, ...) only group. */
const boxes: Record<string, string> = {
  info: 'Info',
  note: 'Note',
  tip: 'Tip',
  warning: 'Warning',
  panel: '',
  expand: '',
};

function fenceLine(line: string): string | null {
  if (/^\s*:{3,}\s*$/.test(line)) return '';
  const open = /^(\s*):{3,}(\w[\w-]*) ?(.*?)(?: ?\{[^{}]*\})?$/.exec(line);
  if (open === null) return null;
  const [, indent = '', kind = '', title = ''] = open;
  const word = boxes[kind];
  if (word === undefined) return '';
  const words = [word, title.trim()].filter((part) => part !== '').join(': ');
  return words === '' ? '' : `${indent}**${words}**`;
}

function placeholder(inside: string): string {
  const [kind = '', ...rest] = inside.replace(/ ?#\w+$/, '').split(' ');
  const values = rest.join(' ').match(/\w[\w-]*=(?:"[^"]*"|\S+)/g) ?? [];
  const name = kind.replace(/^macro:/, 'macro ').replace(/^element:/, '');
  return `*(${[name, ...values.slice(0, 3)].join(' ').replace(/[*]/g, '')})*`;
}

/**
 * The Markdown view of a page for reading in an answer: what read_page marks for editing (fences, ids,
 * placeholders) becomes plain words, and images become words, so that nothing is fetched.
 */
export function tidy(markdown: string): string {
  let code = false;
  const lines = markdown.split('\n').flatMap((line) => {
    if (/^\s*`{3,}/.test(line)) code = !code;
    if (code) return [line];
    return [fenceLine(line) ?? inline(line)];
  });
  return lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function inline(line: string): string {
  return line
    .replace(/<!-- #\w+ -->/g, '')
    .replace(
      /!\[([^\]]*)\]\((?:<[^>]*>|[^)]*)\)/g,
      (_all, alt: string) => `(image${alt === '' ? '' : `: ${alt}`})`,
    )
    .replace(/@\[([^\]]*)\]\(user:[^)]*\)/g, '@$1')
    .replace(/\[([^\]]*)\]\(<?(?:page|attachment):[^)]*\)/g, '$1')
    .replace(/\{\{([^{}]+)\}\}/g, (_all, inside: string) => placeholder(inside))
    .replace(/\{status:([^|{}\\]*)(?:\\?\|\w+)?\}/g, '**$1**')
    .replace(/\{date:([\d-]+)\}/g, '$1')
    .replace(/\{\/?comment(?: #\w+)?\}/g, '');
}
