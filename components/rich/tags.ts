import type { RichTag } from '#lib/wire';

/** Tags drawn as the HTML element of the same name with nothing of their own. */
export const plainTags = [
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'code',
  'strong',
  'em',
  'u',
  's',
  'sub',
  'sup',
  'span',
] as const satisfies readonly RichTag[];

/** Panel looks by the kind Confluence names. */
export const panelLooks: Record<string, { words: string; look: string }> = {
  info: { words: 'Info', look: 'border-accent/40 bg-accent-soft' },
  note: { words: 'Note', look: 'border-plum/40 bg-plum-soft' },
  tip: { words: 'Tip', look: 'border-add-line bg-add-soft' },
  success: { words: 'Success', look: 'border-add-line bg-add-soft' },
  warning: { words: 'Warning', look: 'border-warn-line bg-warn-soft' },
  error: { words: 'Error', look: 'border-danger-line bg-danger-soft' },
  panel: { words: 'Panel', look: 'border-line bg-sunken' },
};

/** Tags that break the line they stand in. */
export const isBlockTag = (tag: RichTag): boolean =>
  /^(p|h[1-6]|ul|ol|li|blockquote|pre|hr|table|panel|expand|task|macro|layout|column|div)$/.test(tag);

/** What people call blocks whose stored name says nothing: the variables of templates. */
export const macroWords: Record<string, string> = {
  'at:declarations': 'template variables',
  'at:string': 'variable, one line',
  'at:textarea': 'variable, several lines',
  'at:list': 'variable, one of a list',
  'at:var': 'variable',
};

/** Status lozenge looks by Confluence's colour names. */
export const lozengeLooks: Record<string, string> = {
  grey: 'bg-sunken text-muted border-line',
  red: 'bg-danger-soft text-danger border-danger-line',
  yellow: 'bg-warn-soft text-warn border-warn-line',
  green: 'bg-add-soft text-good border-add-line',
  blue: 'bg-accent-soft text-accent border-accent/40',
  purple: 'bg-plum-soft text-plum border-plum/40',
};
