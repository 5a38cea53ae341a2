import { Badge, type Tone } from '#components/ui';
import { type BundleView, type GrantState, grantOf } from '#lib/wire';
import { ScopeList } from './scope-list.tsx';
import { scopesInSentence } from './scope-words.ts';

const states: Record<GrantState, { words: string; tone: Tone }> = {
  granted: { words: 'Allowed', tone: 'good' },
  partly: { words: 'Partly allowed', tone: 'warn' },
  none: { words: 'Not allowed', tone: 'neutral' },
};

/** What is allowed, bundle by bundle, with what is missing of each. */
export function AccessList({
  bundles,
  scopes,
}: {
  bundles: readonly BundleView[];
  scopes: readonly string[];
}) {
  return (
    <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
      {bundles.map((bundle) => {
        const { state, missing } = grantOf(bundle, scopes);
        return (
          <li key={bundle.name} className="px-4 py-3 text-sm">
            <p className="flex flex-wrap items-center gap-2">
              <span className="font-medium">{bundle.title}</span>
              <Badge tone={states[state].tone}>{states[state].words}</Badge>
            </p>
            <p className="mt-0.5 text-muted">{bundle.allows}</p>
            {state === 'partly' ? <p className="mt-1">Not allowed: {scopesInSentence(missing)}.</p> : null}
            <ScopeList scopes={state === 'partly' ? missing : bundle.scopes} />
          </li>
        );
      })}
    </ul>
  );
}
