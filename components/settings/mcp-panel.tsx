'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { CopyButton, Notice } from '#components/ui';
import { ClientSetup } from './client-setup.tsx';
import { KeyForm } from './key-form.tsx';
import { RevocableList } from './revocable-list.tsx';
import { Section } from './section.tsx';
import type { GrantView, KeyView, NewKey } from './types.ts';

function Secret({ label, text }: { label: string; text: string }) {
  return (
    <div className="flex items-center gap-2">
      <code className="min-w-0 flex-1 rounded-md border border-line bg-surface px-3 py-2 font-mono text-xs [overflow-wrap:anywhere]">
        {text}
      </code>
      <CopyButton text={text} label={label} withWords />
    </div>
  );
}

/** A new key with its set-up. It comes into view and takes the focus: it is shown this once. */
function MadeKey({ made }: { made: NewKey }) {
  const ref = useRef<HTMLElement>(null);
  useEffect(() => {
    ref.current?.focus({ preventScroll: true });
    ref.current?.scrollIntoView({ block: 'start' });
  }, []);
  return (
    <section ref={ref} tabIndex={-1} aria-label="New key" className="scroll-mt-6 outline-none">
      <Notice kind="good" title={`“${made.name}” is made. Copy it now: it is not shown again.`}>
        <div className="mt-2 space-y-4">
          <Secret label="Copy key" text={made.key} />
          <ClientSetup url={made.url} apiKey={made.key} urlWithKey={made.url_with_key} />
        </div>
      </Notice>
    </section>
  );
}

type PanelProps = { url: string; keys: readonly KeyView[]; grants: readonly GrantView[] };

/** The MCP endpoint, connected programs, keys and how to set clients up. */
export function McpPanel({ url, keys, grants }: PanelProps) {
  const router = useRouter();
  const [made, setMade] = useState<NewKey | null>(null);
  return (
    <>
      <Section
        title="Address"
        lead="Any MCP client reaches the same abilities here that the chat has. Most need only this address: they bring you to Confab to allow them. Writes wait for your approval unless you chose otherwise."
      >
        <Secret label="Copy address" text={url} />
      </Section>
      <Section
        title="Connected programs"
        lead="Clients that you allowed in the browser, within the limits you chose. Revoking one works at once."
      >
        <RevocableList
          rights={grants}
          route="/api/grants"
          empty="None yet. Give a client the address above and no key: it brings you here to allow it."
          mark={(grant) => grant.redirect_to}
        />
      </Section>
      <Section
        title="Keys"
        lead="A key acts as you, within the limits you give it. Revoking it works at once."
      >
        <div className="space-y-4">
          <KeyForm
            onMade={(key) => {
              setMade(key);
              router.refresh();
            }}
          />
          {made === null ? null : <MadeKey key={made.id} made={made} />}
          <RevocableList
            rights={keys}
            route="/api/keys"
            empty="No keys yet."
            mark={(key) => `${key.prefix}…`}
          />
        </div>
      </Section>
      {made === null ? (
        <Section title="Set-up" lead="Put a key of yours in the place of YOUR_KEY.">
          <ClientSetup url={url} apiKey="YOUR_KEY" urlWithKey={`${url}/k/YOUR_KEY`} />
        </Section>
      ) : null}
    </>
  );
}
