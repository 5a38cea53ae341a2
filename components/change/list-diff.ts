export type ListItem = { text: string; op: 'kept' | 'added' | 'removed' };

const itemsOf = (text: string): string[] => text.split(', ');

/**
 * Two values that are lists of short names (labels, members), item by item; null when they are not, because
 * nothing is shared or an item looks like prose.
 */
export function listDiff(before: string | null, after: string | null): ListItem[] | null {
  if (before === null || after === null) return null;
  const old = itemsOf(before);
  const now = itemsOf(after);
  const shared = old.filter((item) => now.includes(item));
  const prose = [...old, ...now].some((item) => item === '' || item.length > 60 || /[.!?:;]$/.test(item));
  if (shared.length === 0 || prose) return null;
  return [
    ...old.map((text): ListItem => ({ text, op: now.includes(text) ? 'kept' : 'removed' })),
    ...now.filter((text) => !old.includes(text)).map((text): ListItem => ({ text, op: 'added' })),
  ];
}
