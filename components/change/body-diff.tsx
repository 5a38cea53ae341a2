import { Minus, PencilLine, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { RichView } from '#components/rich';
import { cx } from '#components/ui';
import type { BodyDiff, SourceLine } from '#lib/wire';
import { groupEntries, type Keep, type Touched, type TouchedGroup } from './group-entries.ts';
import { blocksWord, kindOf } from './kind-words.ts';
import { SourceLines } from './source-lines.tsx';
import { keptLine } from './words.ts';

const marks: Record<Touched['op'], { words: string; icon: ReactNode; bar: string; head: string }> = {
  add: {
    words: 'Added',
    icon: <Plus aria-hidden className="size-3.5" />,
    bar: 'border-s-add-line',
    head: 'text-add',
  },
  remove: {
    words: 'Removed',
    icon: <Minus aria-hidden className="size-3.5" />,
    bar: 'border-s-del-line',
    head: 'text-del',
  },
  change: {
    words: 'Changed',
    icon: <PencilLine aria-hidden className="size-3.5" />,
    bar: 'border-s-warn-line',
    head: 'text-warn',
  },
};

const tints: Record<Touched['op'], string> = { add: 'bg-add-soft/50', remove: 'bg-del-soft/50', change: '' };

function Kept({ entry }: { entry: Keep }) {
  return (
    <p className="flex items-center gap-3 py-1 text-xs text-muted">
      <span className="h-px flex-1 bg-line" />
      <span className="max-w-[80%] text-center [overflow-wrap:anywhere]">
        {keptLine(entry.count, entry.headings)}
      </span>
      <span className="h-px flex-1 bg-line" />
    </p>
  );
}

function Entry({ group, children }: { group: TouchedGroup; children: ReactNode }) {
  const { op, entries } = group;
  const mark = marks[op];
  const first = entries[0];
  const what = blocksWord(entries.map(kindOf));
  const under = first === undefined || first.path.length === 0 ? '' : ` · ${first.path.join(' › ')}`;
  return (
    <div className={cx('rounded-md border border-s-[3px] border-line', mark.bar, tints[op])}>
      <p className="flex flex-wrap items-center gap-x-2 px-3 pt-1.5 text-xs">
        <span className={cx('inline-flex items-center gap-1 font-semibold', mark.head)}>
          {mark.icon}
          {mark.words}
        </span>
        <span className="text-muted">
          {what}
          {under}
        </span>
      </p>
      {children}
    </div>
  );
}

function linesOf(entry: Touched): readonly SourceLine[] {
  if (entry.op === 'change') return entry.lines;
  const op = entry.op === 'add' ? '+' : '-';
  return entry.source.split('\n').map((text) => ({ op, text }));
}

/** A page body before and after, by block, as it will look or as it is stored. */
export function BodyDiffView({ diff, view }: { diff: BodyDiff; view: 'rendered' | 'source' }) {
  return (
    <div className="space-y-1.5">
      {groupEntries(diff.entries).map((group) =>
        group.op === 'keep' ? (
          <Kept key={group.id} entry={group.entry} />
        ) : (
          <Entry key={group.id} group={group}>
            {view === 'source' ? (
              <SourceLines lines={group.entries.flatMap(linesOf)} />
            ) : (
              <div className={cx('px-3 pt-1 pb-2.5', group.op === 'change' ? '' : 'whole')}>
                <RichView nodes={group.entries.flatMap((entry) => entry.rendered)} />
              </div>
            )}
          </Entry>
        ),
      )}
    </div>
  );
}
