import type { ChangeWarning } from '#lib/wire';
import { macroName } from './elements.ts';
import { attr, parseStorage, type StorageDoc } from './parse.ts';

type Inventory = {
  comments: Map<string, number>;
  macros: Map<string, number>;
  files: Map<string, number>;
  chars: number;
};

function count(map: Map<string, number>, key: string | null): void {
  if (key !== null) map.set(key, (map.get(key) ?? 0) + 1);
}

/** What a body holds that people miss when it is gone. */
export function inventory(doc: StorageDoc): Inventory {
  const found: Inventory = { comments: new Map(), macros: new Map(), files: new Map(), chars: 0 };
  for (const node of doc.nodes) {
    if (node.type !== 'element') continue;
    if (node.name === 'ac:inline-comment-marker') count(found.comments, attr(node, 'ac:ref'));
    if (node.name === 'ri:attachment') count(found.files, attr(node, 'ri:filename'));
    count(found.macros, macroName(node));
    if (node.name === 'ac:adf-extension') count(found.macros, 'adf-extension');
  }
  found.chars = doc.charsBefore.at(-1) ?? 0;
  return found;
}

/** Keys with how many of each are gone. `any`: only keys of which none is left. */
export function lost(
  before: Map<string, number>,
  after: Map<string, number>,
  any = false,
): [string, number][] {
  const gone: [string, number][] = [];
  for (const [key, number] of before) {
    const left = after.get(key) ?? 0;
    if (any ? left === 0 : left < number) gone.push([key, number - left]);
  }
  return gone;
}

const list = (items: string[]): string =>
  items.length > 6 ? `${items.slice(0, 6).join(', ')} and ${items.length - 6} more` : items.join(', ');

/** What a person must know before a body is replaced: lost comments, macros, attachments, most of the text. */
export function warningsOf(before: string, after: string): ChangeWarning[] {
  const [old, now] = [inventory(parseStorage(before)), inventory(parseStorage(after))];
  const warnings: ChangeWarning[] = [];
  const comments = lost(old.comments, now.comments, true).length;
  if (comments > 0) {
    const what = comments === 1 ? 'an inline comment' : `${comments} inline comments`;
    warnings.push({
      code: 'drops_comment',
      message: `Removes the text that ${what} is attached to.`,
      mustConfirm: true,
    });
  }
  const macros = lost(old.macros, now.macros).map(([name, number]) =>
    number === 1 ? name : `${name} (${number})`,
  );
  if (macros.length > 0)
    warnings.push({ code: 'drops_macro', message: `Removes macros: ${list(macros)}.`, mustConfirm: true });
  const files = lost(old.files, now.files, true).map(([name]) => name);
  if (files.length > 0) {
    warnings.push({
      code: 'drops_attachment',
      message: `No longer shows or links: ${list(files)}.`,
      mustConfirm: true,
    });
  }
  if (old.chars > 0 && now.chars < old.chars / 2) {
    const percent = Math.round((1 - now.chars / old.chars) * 100);
    warnings.push({
      code: 'removes_most',
      message: `Removes ${percent} % of the text of the page.`,
      mustConfirm: true,
    });
  }
  return warnings;
}
