'use client';

import { type ReactNode, useState } from 'react';
import { buttonClass, CheckField, Notice } from '#components/ui';
import { type BundleView, grantOf } from '#lib/wire';
import { ScopeList } from './scope-list.tsx';
import { scopesInSentence } from './scope-words.ts';

type AccessFormProps = {
  bundles: readonly BundleView[];
  /** Names of the bundles that are ticked at first. */
  chosen: readonly string[];
  /** Scopes granted now; null without an OAuth connection. */
  granted: readonly string[] | null;
  /** Connected with an API token, which this replaces. */
  byToken: boolean;
  /** Single scopes that must come along. */
  scopes: readonly string[];
  /** What is not asked for when everything is ticked. */
  leftOutOfAll: readonly string[];
  returnTo: string;
  /** What stands beside the button. */
  children: ReactNode;
};

/** The choice as it would be sent: ticked bundles and those they need. */
function complete(bundles: readonly BundleView[], ticked: ReadonlySet<string>): Set<string> {
  return new Set(
    bundles.filter(({ name }) => ticked.has(name)).flatMap(({ name, needs }) => [name, ...needs]),
  );
}

/** The way to Atlassian's consent page for exactly this choice. */
function hrefOf({ returnTo, scopes }: AccessFormProps, sent: ReadonlySet<string>): string {
  const query = new URLSearchParams({ returnTo, old: 'only', bundles: [...sent].join(',') });
  if (scopes.length > 0) query.set('scopes', scopes.join(','));
  return `/connect?${query}`;
}

/** Bundles with what each allows and asks for; goes on to Atlassian's consent page. */
export function AccessForm(props: AccessFormProps) {
  const { bundles, granted, leftOutOfAll } = props;
  const [ticked, setTicked] = useState(() => new Set(props.chosen));
  const sent = complete(bundles, ticked);
  const needed = (bundle: BundleView) =>
    bundles.some((other) => ticked.has(other.name) && other.needs.includes(bundle.name));
  const toggle = (name: string) => {
    const next = new Set(ticked);
    if (!next.delete(name)) next.add(name);
    setTicked(next);
  };
  const less =
    granted === null
      ? []
      : bundles.filter((bundle) => grantOf(bundle, granted).state !== 'none' && !sent.has(bundle.name));
  return (
    <div className="space-y-5">
      <fieldset className="divide-y divide-line rounded-lg border border-line bg-surface">
        <legend className="sr-only">What Confab may do</legend>
        {bundles.map((bundle) => (
          <div key={bundle.name} className="px-4 py-3">
            <CheckField
              checked={sent.has(bundle.name)}
              disabled={needed(bundle)}
              onChange={() => toggle(bundle.name)}
            >
              <span className="font-medium">{bundle.title}</span>
              {needed(bundle) ? <span className="text-muted"> · needed by what you chose</span> : null}
              <span className="mt-0.5 block text-muted">{bundle.allows}</span>
            </CheckField>
            <div className="ms-6.5">
              <ScopeList scopes={bundle.scopes} />
            </div>
          </div>
        ))}
      </fieldset>
      {sent.size === bundles.length && leftOutOfAll.length > 0 ? (
        <Notice kind="info" title="Atlassian allows fewer than 50 permissions at a time.">
          With everything ticked, Confab goes without: {scopesInSentence(leftOutOfAll)}. Untick another bundle
          if you need these.
        </Notice>
      ) : null}
      {sent.size > 0 ? null : <Notice kind="info" title="Tick at least one." />}
      {less.length === 0 ? null : (
        <Notice kind="warn" title={`This takes away: ${less.map(({ title }) => title).join(', ')}.`}>
          What you allow now replaces what you allowed before.
        </Notice>
      )}
      {props.byToken ? (
        <Notice kind="info" title="You are connected with an API token.">
          It may do all that your account may. What you allow here replaces it.
        </Notice>
      ) : null}
      <div className="flex flex-wrap gap-2">
        {sent.size === 0 ? null : (
          // A link, not a form: the security policy lets forms lead to ourselves only, and this goes on to Atlassian.
          <a href={hrefOf(props, sent)} className={buttonClass('primary')}>
            Connect Confluence
          </a>
        )}
        {props.children}
      </div>
    </div>
  );
}
