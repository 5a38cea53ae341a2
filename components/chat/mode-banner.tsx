'use client';

import { ChevronDown, FlaskConical } from 'lucide-react';
import { useShell } from '#components/shell';
import { OutsideLink } from '#components/ui';

const code = 'rounded-sm border border-line bg-surface px-1 font-mono text-[0.92em]';

/** Says that nothing here is real yet, and how to make it so. Nothing is shown where both are real. */
export function ModeBanner() {
  const { mode, sandboxUrl } = useShell();
  const sandbox = mode.confluence === 'sandbox';
  const demo = mode.model === 'demo';
  if (!sandbox && !demo) return null;
  const words = [sandbox ? 'practice Confluence (sandbox)' : null, demo ? 'offline demo model' : null].filter(
    (word) => word !== null,
  );
  const line = words.join(' and ');
  return (
    <details className="group/banner shrink-0 border-b border-line bg-plum-soft text-xs text-ink">
      <summary className="flex min-h-9 items-center justify-center gap-1.5 px-2 py-1 sm:gap-2 sm:px-3">
        <FlaskConical aria-hidden className="size-3.5 shrink-0 text-plum" />
        <span className="min-w-0">{line.charAt(0).toUpperCase() + line.slice(1)}</span>
        <span className="inline-flex items-center gap-0.5 font-medium whitespace-nowrap text-plum">
          <span className="max-sm:sr-only">How to leave {sandbox && demo ? 'both' : 'it'}</span>
          <ChevronDown aria-hidden className="size-3.5 transition-transform group-open/banner:rotate-180" />
        </span>
      </summary>
      <div className="mx-auto max-w-prose space-y-2 px-4 pt-1 pb-3 text-sm">
        {demo ? (
          <p>
            The demo model runs inside Confab and knows a fixed set of jobs. For a real one, set{' '}
            <code className={code}>OPENAI_API_KEY</code> (and <code className={code}>OPENAI_BASE_URL</code>{' '}
            for any other OpenAI-compatible service) and start again.
          </p>
        ) : null}
        {sandbox ? (
          <p>
            The sandbox is a Confluence of its own on this machine, filled with practice pages
            {sandboxUrl === null ? '' : ': '}
            {sandboxUrl === null ? null : <OutsideLink href={sandboxUrl}>look at it</OutsideLink>}. For your
            own, register an OAuth 2.0 app with Atlassian, set{' '}
            <code className={code}>ATLASSIAN_CLIENT_ID</code> and{' '}
            <code className={code}>ATLASSIAN_CLIENT_SECRET</code>, and start again.
          </p>
        ) : null}
      </div>
    </details>
  );
}
