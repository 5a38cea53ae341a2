import type { ReactNode } from 'react';
import { cx } from '#components/ui';
import type { FoldKind, RichAttributes, RichMark, RichNode } from '#lib/wire';

/** How rows, items and lines look that came, went or moved. Inside, words need no mark of their own. */
export const markLooks: Record<RichMark, string> = {
  add: 'bg-add-soft/70 [&_ins]:bg-transparent [&_ins]:no-underline',
  remove: 'bg-del-soft/70 [&_del]:bg-transparent',
  move: 'bg-accent-soft/60',
};

export const markWords: Record<RichMark, string> = { add: 'added', remove: 'removed', move: 'moved' };

const foldWords: Record<FoldKind, [string, string]> = {
  rows: ['row', 'rows'],
  items: ['item', 'items'],
  lines: ['line', 'lines'],
  words: ['word', 'words'],
  blocks: ['block', 'blocks'],
};

const isFoldKind = (kind: string | undefined): kind is FoldKind => kind !== undefined && kind in foldWords;

/** `12 unchanged rows`. */
export function foldLine({ kind, count = 0 }: RichAttributes): string {
  const [one, many] = foldWords[isFoldKind(kind) ? kind : 'blocks'];
  return `${count.toLocaleString('en')} unchanged ${count === 1 ? one : many}`;
}

/** What is unchanged and left out. */
export function Fold({ at }: { at: RichAttributes }) {
  const words = foldLine(at);
  if (at.kind === 'rows')
    return (
      <tr>
        <td colSpan={at.colspan} className="bg-sunken/60 text-center text-xs text-muted">
          {words}
        </td>
      </tr>
    );
  if (at.kind === 'items') return <li className="list-none text-xs text-muted">⋯ {words}</li>;
  if (at.kind === 'lines')
    return <span className="block px-3.5 font-sans text-xs leading-6 text-muted">⋯ {words}</span>;
  if (at.kind === 'words')
    return (
      <span className="mx-1 rounded-sm bg-sunken px-1.5 text-xs whitespace-nowrap text-muted">
        ⋯ {words} ⋯
      </span>
    );
  return <p className="text-xs text-muted">⋯ {words}</p>;
}

/** A line of code, with its sign where it came or went. */
export function CodeLine({ at, children }: { at: RichAttributes; children?: ReactNode }) {
  const sign = at.mark === 'add' ? '+' : at.mark === 'remove' ? '−' : ' ';
  return (
    <span
      className={cx(
        'block w-max min-w-full px-3.5',
        at.mark === 'add' && 'bg-add-soft text-add [&_ins]:bg-add-line/45 [&_ins]:no-underline',
        at.mark === 'remove' && 'bg-del-soft text-del [&_del]:bg-del-line/45 [&_del]:no-underline',
      )}
    >
      <span aria-hidden className="inline-block w-4 select-none">
        {sign}
      </span>
      {at.mark === undefined ? null : <span className="sr-only">{markWords[at.mark]}: </span>}
      {children}
      {'\n'}
    </span>
  );
}

function sideOf(kids: readonly RichNode[], tag: 'ins' | 'del'): readonly RichNode[] | null {
  for (const kid of kids) if (typeof kid === 'object' && kid.tag === tag) return kid.kids ?? [];
  return null;
}

type NoteProps = { name: string; kids: readonly RichNode[]; draw: (node: RichNode) => ReactNode };

/** A value that changed and that nothing else shows: `width 600 → 800`. */
export function ValueNote({ name, kids, draw }: NoteProps) {
  const [before, after] = [sideOf(kids, 'del'), sideOf(kids, 'ins')];
  const format = name === 'format' || name === '';
  const label = name === 'column' ? (after === null ? 'removed column' : 'new column') : name;
  const value = (nodes: readonly RichNode[], tag: 'ins' | 'del'): ReactNode => {
    const Tag = tag;
    return (
      <Tag dir="auto" className="[overflow-wrap:anywhere]">
        <span className="sr-only">{tag === 'ins' ? 'now ' : 'was '}</span>
        {nodes.map(draw)}
      </Tag>
    );
  };
  return (
    <span className="ms-1 me-0.5 inline-flex max-w-full flex-wrap items-baseline gap-x-1 rounded-sm border border-line bg-surface px-1.5 font-sans text-xs leading-5 font-normal tracking-normal text-muted normal-case no-underline [unicode-bidi:isolate]">
      {format ? null : <span className="font-medium">{label}</span>}
      {before === null ? null : value(before, 'del')}
      {before === null || after === null ? null : <span aria-hidden>→</span>}
      {after === null ? null : value(after, 'ins')}
    </span>
  );
}
