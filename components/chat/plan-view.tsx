import { safeUrl } from '#components/markdown';
import { OutsideLink, Titled } from '#components/ui';
import { editPieces, type PlanStep, type PlanText } from './plan-steps.ts';

function Why({ text }: { text: string }) {
  return (
    <span dir="auto" className="block [overflow-wrap:anywhere]">
      {editPieces(text).map(({ id, op, text: words }) => {
        if (op === 'kept') return <span key={id}>{words}</span>;
        const Tag = op === 'added' ? 'ins' : 'del';
        return (
          <Tag
            key={id}
            className={
              op === 'added'
                ? 'rounded-sm bg-add-soft px-0.5 text-add no-underline'
                : 'rounded-sm bg-del-soft px-0.5 text-del'
            }
          >
            {words}
          </Tag>
        );
      })}
    </span>
  );
}

function Step({ step }: { step: PlanStep }) {
  const href = step.target === null ? null : safeUrl(step.target.url);
  return (
    <li className="flex gap-3 px-3 py-2">
      <span aria-hidden className="w-5 shrink-0 text-end text-faint tabular-nums">
        {step.number}
      </span>
      <div className="min-w-0 flex-1">
        <p className="[overflow-wrap:anywhere]">
          <Titled text={step.title} />
          {step.after === null ? null : <span className="text-muted"> · after step {step.after}</span>}
          {href === null ? null : (
            <OutsideLink href={href} className="ms-2 text-xs">
              Open
              <span className="sr-only"> {step.target?.title}</span>
            </OutsideLink>
          )}
        </p>
        {step.why.length === 0 ? null : (
          <p className="mt-0.5 text-xs text-muted">
            {step.why.map((text) => (
              <Why key={text} text={text} />
            ))}
          </p>
        )}
      </div>
    </li>
  );
}

/** What an operation for many pages would do, step by step. None of it is written by this list. */
export function PlanView({ plan }: { plan: PlanText }) {
  return (
    <section aria-label="Plan" className="rounded-lg border border-line bg-surface text-sm">
      <p className="border-b border-line px-3 py-2 font-medium [overflow-wrap:anywhere]">
        <Titled text={plan.head} />
      </p>
      <ol className="max-h-96 divide-y divide-line overflow-y-auto">
        {plan.steps.map((step) => (
          <Step key={step.number} step={step} />
        ))}
      </ol>
      <p className="border-t border-line px-3 py-2 text-xs text-muted">
        Nothing of this is written yet. Each step you want is shown to you as a card of its own first.
      </p>
    </section>
  );
}
