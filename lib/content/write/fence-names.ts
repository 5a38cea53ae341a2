/** Fences that may be written without an id, and the macro each makes. */
const MACROS: Record<string, string> = {
  info: 'info',
  note: 'note',
  tip: 'tip',
  warning: 'warning',
  panel: 'panel',
  expand: 'expand',
  excerpt: 'excerpt',
  details: 'details',
  success: 'tip',
  error: 'warning',
  danger: 'warning',
  caution: 'warning',
  important: 'note',
};

const PARTS = new Set(['layout', 'section', 'cell', 'columns', 'column', 'table', 'macro']);

/** True for the name of a fence that may be written without an id. */
export function isFenceName(name: string): boolean {
  return Object.hasOwn(MACROS, name.toLowerCase()) || PARTS.has(name.toLowerCase());
}

/** All names of fences that may be written anew. */
export const fenceNames = (): string[] => [...Object.keys(MACROS), ...PARTS];

/** The macro that a fence of this name makes, or null. */
export function fenceMacro(name: string): string | null {
  return Object.hasOwn(MACROS, name) ? (MACROS[name] ?? null) : null;
}
