import { typographic } from '#components/ui';
import type { FieldDiff } from '#lib/wire';
import { listDiff } from './list-diff.ts';

function Value({ text, tag }: { text: string; tag: 'ins' | 'del' }) {
  const Tag = tag;
  const look = tag === 'ins' ? 'bg-add-soft text-add no-underline' : 'bg-del-soft text-del line-through';
  return (
    <Tag className={`rounded-sm px-1 whitespace-pre-wrap [overflow-wrap:anywhere] ${look}`}>
      <span className="sr-only">{tag === 'ins' ? 'added: ' : 'removed: '}</span>
      {text}
    </Tag>
  );
}

function Both({ before, after }: FieldDiff) {
  if (before === after) return <span className="[overflow-wrap:anywhere]">{after ?? 'none'}</span>;
  const items = listDiff(before, after);
  if (items !== null) {
    return items.map(({ text, op }) =>
      op === 'kept' ? (
        <span key={text}>{text}</span>
      ) : (
        <Value key={text} tag={op === 'added' ? 'ins' : 'del'} text={text} />
      ),
    );
  }
  return (
    <>
      {before === null ? null : <Value tag="del" text={before} />}
      {after === null ? <span className="text-muted">removed</span> : <Value tag="ins" text={after} />}
    </>
  );
}

/** Named values before and after: title, parent, labels, members. */
export function FieldDiffs({ fields }: { fields: readonly FieldDiff[] }) {
  return (
    <dl className="divide-y divide-line overflow-hidden rounded-md border border-line text-sm">
      {fields.map((field) => (
        <div key={field.label} className="grid gap-x-4 gap-y-0.5 px-3 py-2 sm:grid-cols-[8rem_1fr]">
          <dt className="text-muted">{typographic(field.label)}</dt>
          <dd className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
            <Both {...field} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
