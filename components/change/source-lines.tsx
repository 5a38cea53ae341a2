import { cx } from '#components/ui';
import type { SourceLine } from '#lib/wire';

const lineLooks: Record<SourceLine['op'], string> = {
  ' ': 'text-muted',
  '+': 'bg-add-soft text-add',
  '-': 'bg-del-soft text-del',
};
const lineWords: Record<SourceLine['op'], string> = { ' ': '', '+': 'added: ', '-': 'removed: ' };

/** Lines of stored text with what comes and goes. */
export function SourceLines({ lines, className }: { lines: readonly SourceLine[]; className?: string }) {
  const numbered = lines.map((line, at) => ({ ...line, id: `${at}${line.op}` }));
  return (
    <div className={cx('my-1.5 font-mono text-xs leading-5', className)}>
      {numbered.map((line) => (
        <div
          key={line.id}
          className={cx(
            'px-3 ps-7 -indent-4 whitespace-pre-wrap [overflow-wrap:anywhere]',
            lineLooks[line.op],
          )}
        >
          <span aria-hidden className="inline-block w-4 indent-0 select-none">
            {line.op}
          </span>
          <span className="sr-only">{lineWords[line.op]}</span>
          {line.text}
        </div>
      ))}
    </div>
  );
}
