/** Sizes in points, colours as hex. One place for how an exported PDF looks. */
export const page = { width: 595.28, height: 841.89, side: 58, top: 56, bottom: 62 };
export const contentWidth = page.width - 2 * page.side;
export const contentBottom = page.height - page.bottom;

export const body = { size: 10, line: 15.5, gap: 8 };
export const code = { size: 8.4, line: 12.6 };
export const headings = [
  { size: 18, line: 25, above: 18, below: 7 },
  { size: 14.5, line: 21, above: 16, below: 6 },
  { size: 12, line: 18, above: 13, below: 5 },
  { size: 10.6, line: 16, above: 11, below: 4 },
  { size: 10, line: 15.5, above: 10, below: 4 },
  { size: 9.4, line: 15, above: 10, below: 4 },
] as const;

export const ink = {
  text: '#1f2430',
  soft: '#5c6470',
  faint: '#8a919c',
  link: '#1d5bd6',
  rule: '#d9dde3',
  codeFill: '#f3f5f7',
  headFill: '#f1f3f6',
  mentionFill: '#e8effc',
} as const;

type Box = { fill: string; bar: string };
/** Panels by kind of macro. */
export const panels: Record<string, Box> = {
  info: { fill: '#e9f2fe', bar: '#2f6fde' },
  note: { fill: '#f3f0fe', bar: '#7a5bd0' },
  tip: { fill: '#e6f7ee', bar: '#219a62' },
  warning: { fill: '#fdecea', bar: '#cf3f31' },
  panel: { fill: '#f5f6f8', bar: '#b3bac5' },
};

type Lozenge = { fill: string; text: string };
/** Status lozenges by colour name. */
export const lozenges: Record<string, Lozenge> = {
  green: { fill: '#d8f3e4', text: '#14683f' },
  blue: { fill: '#deebff', text: '#0c4aa8' },
  red: { fill: '#fde0dc', text: '#a52a1b' },
  yellow: { fill: '#fff0c9', text: '#7a5200' },
  purple: { fill: '#eae4fb', text: '#51379a' },
  grey: { fill: '#e4e7ec', text: '#3f4753' },
};
