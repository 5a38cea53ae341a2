import { Lock } from 'lucide-react';
import type { KeyCeiling } from '#lib/wire';
import { ceilingWords } from './limit-words.ts';

/** What whoever runs this installation has limited; nothing where they have not. */
export function OperatorNote({ ceiling }: { ceiling: KeyCeiling }) {
  const lines = ceilingWords(ceiling);
  if (lines.length === 0) return null;
  return (
    <div className="flex gap-2.5 rounded-md border border-line bg-sunken px-3 py-2.5 text-sm">
      <Lock aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />
      <div className="min-w-0 [overflow-wrap:anywhere]">
        <p className="font-medium">Set by the operator</p>
        <p className="text-muted">{lines.join(' ')}</p>
      </div>
    </div>
  );
}
