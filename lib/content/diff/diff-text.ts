import type { BodyDiff, DiffEntry, RichNode } from '#lib/wire';

const MAX_CHARS = 12_000;
const MAX_BLOCK = 1_500;

const BREAKS = /^(p|h[1-6]|li|tr|panel|expand|blockquote|pre|table|ul|ol|task|layout|column|hr|br)$/;

/** Words marked `[+added+]` and `[-removed-]`. */
function textOfRich(node: RichNode): string {
  if (typeof node === 'string') return node;
  const inner = (node.kids ?? []).map(textOfRich).join(node.tag === 'tr' ? ' | ' : '');
  const at = node.at ?? {};
  if (node.tag === 'ins') return `[+${inner}+]`;
  if (node.tag === 'del') return `[-${inner}-]`;
  if (node.tag === 'macro') return `{${[at.kind, at.title, inner].filter(Boolean).join(' ')}}`;
  if (node.tag === 'image') return `(image ${at.title ?? ''})`;
  if (node.tag === 'li') return `\n- ${inner.trim()}`;
  if (node.tag === 'task') return `\n- [${at.done ? 'x' : ' '}] ${inner.trim()}`;
  return BREAKS.test(node.tag) ? `\n${inner}` : inner;
}

function plain(nodes: RichNode[]): string {
  const text = nodes
    .map(textOfRich)
    .join('')
    .replace(/\n{2,}/g, '\n')
    .trim();
  return text.length > MAX_BLOCK ? `${text.slice(0, MAX_BLOCK).toWellFormed()}…` : text;
}

const unmarked = (text: string): string => text.replace(/\[[+-]|[+-]\]/g, '');

function block(sign: string, text: string): string {
  return text
    .split('\n')
    .map((line) => `${sign} ${line}`)
    .join('\n');
}

function entryText(entry: DiffEntry): string {
  if (entry.op === 'keep') {
    const under =
      entry.headings.length === 0
        ? ''
        : ` (${entry.headings.slice(0, 6).join('; ')}${entry.headings.length > 6 ? '; …' : ''})`;
    return `  … ${entry.count} unchanged ${entry.count === 1 ? 'block' : 'blocks'}${under}`;
  }
  const head = `@@ ${[...entry.path, entry.kind].join(' > ')} @@`;
  if (entry.op !== 'change') {
    return `${head}\n${block(entry.op === 'add' ? '+' : '-', unmarked(plain(entry.rendered)))}`;
  }
  const text = plain(entry.rendered);
  if (/\[[+-]/.test(text)) return `${head}\n${block('~', text)}`;
  // What changed is not in the text: an attribute, a parameter, a width.
  const lines = entry.lines.filter((line) => line.op !== ' ').slice(0, 20);
  return `${head}\n${lines.map((line) => `${line.op} ${line.text.slice(0, 300)}`).join('\n')}`;
}

/** A body diff as text for a client without a screen: like a unified diff, at most 12,000 characters. */
export function diffText(diff: BodyDiff): string {
  const { counts } = diff;
  const changes = diff.entries.filter((entry) => entry.op !== 'keep').length;
  if (changes === 0) return 'No change.';
  const parts = [
    `${counts.changed} changed, ${counts.added} added, ${counts.removed} removed, ${counts.kept} unchanged blocks`,
  ];
  let length = parts[0]?.length ?? 0;
  for (const [index, entry] of diff.entries.entries()) {
    const text = entryText(entry);
    length += text.length + 1;
    if (length > MAX_CHARS) {
      parts.push(`… and ${diff.entries.slice(index).filter((one) => one.op !== 'keep').length} more changes`);
      break;
    }
    parts.push(text);
  }
  return parts.join('\n');
}
