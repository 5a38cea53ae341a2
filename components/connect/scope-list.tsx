import { ChevronRight } from 'lucide-react';
import { scopeWords } from './scope-words.ts';

/** The permissions of a bundle by Atlassian's names, folded away. */
export function ScopeList({ scopes }: { scopes: readonly string[] }) {
  return (
    <details className="group/scopes text-xs text-muted">
      <summary className="flex min-h-10 cursor-pointer items-center gap-1 hover:text-ink md:min-h-8">
        <ChevronRight aria-hidden className="size-3.5 transition-transform group-open/scopes:rotate-90" />
        {scopes.length} {scopes.length === 1 ? 'permission' : 'permissions'}, by Atlassian’s names
      </summary>
      <ul className="columns-1 gap-8 pb-1 sm:columns-2">
        {scopes.map((scope) => (
          <li key={scope} className="break-inside-avoid py-0.5">
            {scopeWords(scope)}
            <span className="block font-mono text-2xs [overflow-wrap:anywhere]">{scope}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
