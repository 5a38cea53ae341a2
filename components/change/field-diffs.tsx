import { ArrowRight } from 'lucide-react';
import { cx, Titled } from '#components/ui';
import type { FieldDiff } from '#lib/wire';
import { colourOf, fieldRows, isData, isLong } from './field-rows.ts';
import { lineDiff } from './line-diff.ts';
import { listDiff } from './list-diff.ts';
import { SourceLines } from './source-lines.tsx';

/** A value in words; a colour is shown, not spelt. */
function Words({ text }: { text: string }) {
  const coloured = colourOf(text);
  if (coloured === null) return text;
  return (
    <>
      <span
        aria-hidden
        className="me-1.5 inline-block size-2.5 rounded-full border border-line-strong align-[-0.05em]"
        style={{ background: coloured.colour }}
      />
      {coloured.words}
    </>
  );
}

function Value({ text, tag: Tag }: { text: string; tag: 'ins' | 'del' }) {
  const look = Tag === 'ins' ? 'bg-add-soft text-add no-underline' : 'bg-del-soft text-del line-through';
  return (
    <Tag dir="auto" className={cx('rounded-sm px-1 whitespace-pre-wrap [overflow-wrap:anywhere]', look)}>
      <span className="sr-only">{Tag === 'ins' ? 'added: ' : 'removed: '}</span>
      <Words text={text} />
    </Tag>
  );
}

function Both({ before, after }: FieldDiff) {
  if (before === after)
    return (
      <span dir="auto" className="[overflow-wrap:anywhere]">
        <Words text={after ?? 'none'} />
      </span>
    );
  const items = listDiff(before, after);
  if (items !== null) {
    return items.map(({ text, op }) =>
      op === 'kept' ? (
        <span key={text} dir="auto">
          {text}
        </span>
      ) : (
        <Value key={text} tag={op === 'added' ? 'ins' : 'del'} text={text} />
      ),
    );
  }
  return (
    <>
      {before === null ? null : <Value tag="del" text={before} />}
      {before === null || after === null ? null : (
        <ArrowRight aria-hidden className="size-3.5 shrink-0 self-center text-faint" />
      )}
      {after === null ? <span className="text-muted">removed</span> : <Value tag="ins" text={after} />}
    </>
  );
}

/** One value before and after: in a line, or line by line where it is long. */
function Field({ field }: { field: FieldDiff }) {
  if (!isLong(field))
    return (
      <div className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <Both {...field} />
      </div>
    );
  return (
    <div className="overflow-hidden rounded-sm border border-line">
      <SourceLines
        lines={lineDiff(field.before, field.after)}
        className={cx('my-0', !isData(field) && 'font-sans text-sm')}
      />
    </div>
  );
}

/** Named values before and after: title, parent, labels, members. What stays as it is stands plain among them. */
export function FieldDiffs({ fields }: { fields: readonly FieldDiff[] }) {
  return (
    <dl className="grid-cols-[fit-content(40%)_minmax(0,1fr)] divide-y divide-line overflow-hidden rounded-md border border-line text-sm sm:grid">
      {fieldRows(fields).map((row) => {
        const under = row.fields.some(isLong) && 'sm:col-span-2';
        return (
          <div key={row.id} className="gap-x-5 px-3 py-2 sm:col-span-2 sm:grid sm:grid-cols-subgrid">
            <dt className={cx('min-w-24 text-muted [overflow-wrap:anywhere]', under)}>
              <Titled text={row.label} />
            </dt>
            <dd className={cx('mt-0.5 min-w-0 space-y-1.5', under ? 'sm:col-span-2 sm:mt-1.5' : 'sm:mt-0')}>
              {row.fields.map((field) => (
                <Field key={field.id} field={field} />
              ))}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
