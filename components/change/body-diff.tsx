import { ArrowUpDown, CornerDownRight, Minus, PencilLine, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { RichView } from '#components/rich';
import { cx } from '#components/ui';
import type { BodyDiff, SourceLine } from '#lib/wire';
import { groupEntries, type Keep, type Touched, type TouchedGroup } from './group-entries.ts';
import { awayWords, blocksWord, moveWords, placeWords, turnedWords } from './kind-words.ts';
import { SourceLines } from './source-lines.tsx';
import { keptLine } from './words.ts';

type Op = Exclude<Touched['op'], 'left'>;

const marks: Record<Op, { words: string; icon: ReactNode; bar: string; head: string; tint: string }> = {
  add: {
    words: 'Added',
    icon: <Plus aria-hidden className="size-3.5" />,
    bar: 'border-s-add-line',
    head: 'text-add',
    tint: 'bg-add-soft/50',
  },
  remove: {
    words: 'Removed',
    icon: <Minus aria-hidden className="size-3.5" />,
    bar: 'border-s-del-line',
    head: 'text-del',
    tint: 'bg-del-soft/50',
  },
  change: {
    words: 'Changed',
    icon: <PencilLine aria-hidden className="size-3.5" />,
    bar: 'border-s-warn-line',
    head: 'text-warn',
    tint: '',
  },
  move: {
    words: 'Moved',
    icon: <ArrowUpDown aria-hidden className="size-3.5" />,
    bar: 'border-s-accent/60',
    head: 'text-accent',
    tint: '',
  },
};

/** One line of a neighbour, so that a reader sees what a change stands beside. */
function Neighbour({ text }: { text: string | undefined }) {
  if (text === undefined) return null;
  return (
    <p dir="auto" className="truncate px-3 text-xs text-muted">
      {text}
    </p>
  );
}

function Kept({ entry, isFirst, isLast }: { entry: Keep; isFirst: boolean; isLast: boolean }) {
  const { count, headings, first, last } = entry;
  return (
    <div className="space-y-0.5 py-0.5">
      {isFirst || count === 1 ? null : <Neighbour text={first} />}
      {count === 1 && first !== undefined ? null : (
        <p className="flex items-center gap-3 py-0.5 text-xs text-muted">
          <span className="h-px flex-1 bg-line" />
          <span className="max-w-[80%] text-center [overflow-wrap:anywhere]">
            {keptLine(count, headings)}
          </span>
          <span className="h-px flex-1 bg-line" />
        </p>
      )}
      {isLast && count > 1 ? null : <Neighbour text={last} />}
    </div>
  );
}

/** The place something moved away from. */
function Left({ entry }: { entry: Touched }) {
  if (entry.op !== 'left') return null;
  const [name] = entry.rendered;
  return (
    <p className="flex items-start gap-2 rounded-md border border-dashed border-line-strong px-3 py-1.5 text-xs text-muted">
      <CornerDownRight aria-hidden className="mt-0.5 size-3.5 shrink-0 text-accent" />
      <span className="min-w-0 [overflow-wrap:anywhere]">
        <span className="font-semibold text-accent">Moved away</span> {blocksWord([entry])}
        {typeof name === 'string' ? (
          <>
            {' '}
            <bdi>“{name}”</bdi>
          </>
        ) : null}
        , {awayWords(entry.to)}
      </span>
    </p>
  );
}

function Entry({ group, children }: { group: TouchedGroup & { op: Op }; children: ReactNode }) {
  const { op, entries } = group;
  const mark = marks[op];
  const [first] = entries;
  if (first === undefined) return null;
  const what = turnedWords(first) ?? blocksWord(entries);
  const place = placeWords(first);
  return (
    <div className={cx('rounded-md border border-s-[3px] border-line', mark.bar, mark.tint)}>
      <p className="flex flex-wrap items-center gap-x-2 px-3 pt-1.5 pb-0.5 text-xs">
        <span className={cx('inline-flex items-center gap-1 font-semibold', mark.head)}>
          {mark.icon}
          {first.op === 'move' && first.changed ? 'Moved and changed' : mark.words}
        </span>
        <span className="min-w-0 text-muted [overflow-wrap:anywhere]">
          {what}
          {place === '' ? null : (
            <>
              {' · '}
              <bdi>{place}</bdi>
            </>
          )}
        </span>
        {first.op === 'move' ? (
          <span className="basis-full text-muted [overflow-wrap:anywhere]">
            {moveWords(first.from, first.to)}
          </span>
        ) : null}
      </p>
      {children}
    </div>
  );
}

function linesOf(entry: Touched): readonly SourceLine[] {
  if (entry.op === 'left') return [];
  if (entry.op === 'change') return entry.lines;
  if (entry.op === 'move')
    return entry.changed ? entry.lines : [{ op: ' ', text: 'What is stored is the same, in another place.' }];
  const op = entry.op === 'add' ? '+' : '-';
  return entry.source.split('\n').map((text) => ({ op, text }));
}

/** A page body before and after, by block, as it will look or as it is stored. */
export function BodyDiffView({ diff, view }: { diff: BodyDiff; view: 'rendered' | 'source' }) {
  const groups = groupEntries(diff.entries);
  return (
    <div className="space-y-1.5">
      {groups.map((group, at) => {
        if (group.op === 'keep')
          return (
            <Kept key={group.id} entry={group.entry} isFirst={at === 0} isLast={at === groups.length - 1} />
          );
        const [only] = group.entries;
        if (group.op === 'left') return only === undefined ? null : <Left key={group.id} entry={only} />;
        const { op } = group;
        return (
          <Entry key={group.id} group={{ ...group, op }}>
            {view === 'source' ? (
              <SourceLines lines={group.entries.flatMap(linesOf)} />
            ) : (
              <div className={cx('px-3 pt-1 pb-2.5', (op === 'add' || op === 'remove') && 'whole')}>
                <RichView nodes={group.entries.flatMap((entry) => entry.rendered)} />
              </div>
            )}
          </Entry>
        );
      })}
    </div>
  );
}
