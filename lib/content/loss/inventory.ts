import { macroName } from '../parse/elements.ts';
import { attr, type StorageDoc } from '../parse/parse.ts';

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
