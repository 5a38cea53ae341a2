import type { FieldDiff } from '#lib/wire';

function Value({ text, tag }: { text: string; tag: 'ins' | 'del' }) {
  const Tag = tag;
  const look = tag === 'ins' ? 'bg-add-soft text-add no-underline' : 'bg-del-soft text-del line-through';
  return (
    <Tag className={`rounded-sm px-1 whitespace-pre-wrap [overflow-wrap:anywhere] ${look}`}>
      <span className="sr-only">{tag === 'ins' ? 'after: ' : 'before: '}</span>
      {text}
    </Tag>
  );
}

/** Named values before and after: title, parent, labels, members. */
export function FieldDiffs({ fields }: { fields: readonly FieldDiff[] }) {
  return (
    <dl className="divide-y divide-line overflow-hidden rounded-md border border-line text-sm">
      {fields.map((field) => (
        <div key={field.label} className="grid gap-x-4 gap-y-0.5 px-3 py-2 sm:grid-cols-[8rem_1fr]">
          <dt className="text-muted">{field.label}</dt>
          <dd className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
            {field.before === field.after ? (
              <span className="[overflow-wrap:anywhere]">{field.after ?? 'none'}</span>
            ) : null}
            {field.before !== null && field.before !== field.after ? (
              <Value tag="del" text={field.before} />
            ) : null}
            {field.after !== null && field.before !== field.after ? (
              <Value tag="ins" text={field.after} />
            ) : null}
            {field.after === null && field.before !== null ? (
              <span className="text-muted">removed</span>
            ) : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}
