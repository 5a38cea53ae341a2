'use client';

import { PlugZap } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Button, CopyButton, Notice } from '#components/ui';
import { ClientSetup } from './setup/index.ts';
import { TestSteps } from './test-steps.tsx';
import type { HostedReach, NewKey } from './types.ts';
import { useConnectionTest } from './use-connection-test.ts';

/** Text to copy, as it is. */
export function Copyable({ label, text }: { label: string; text: string }) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <code className="min-w-0 flex-1 basis-56 rounded-md border border-line bg-surface px-3 py-2 font-mono text-xs [overflow-wrap:anywhere]">
        {text}
      </code>
      <CopyButton text={text} label={label} withWords />
    </div>
  );
}

type MadeKeyProps = { made: NewKey; reach: HostedReach; onTested: () => void };

/** A new key with its set-up. It comes into view and takes the focus: it is shown this once. */
export function MadeKey({ made, reach, onTested }: MadeKeyProps) {
  const ref = useRef<HTMLElement>(null);
  const { test, busy, start } = useConnectionTest(made.id, made.key, onTested);
  useEffect(() => {
    ref.current?.focus({ preventScroll: true });
    ref.current?.scrollIntoView({ block: 'start' });
  }, []);
  return (
    <section ref={ref} tabIndex={-1} aria-label="New key" className="scroll-mt-6 space-y-4 outline-none">
      <Notice kind="good" title={`“${made.name}” is made. Copy it now: it is not shown again.`}>
        <div className="mt-2 space-y-3">
          <Copyable label="Copy key" text={made.key} />
          <Button size="small" icon={<PlugZap aria-hidden className="size-4" />} busy={busy} onClick={start}>
            Test connection
          </Button>
          <TestSteps test={test} />
        </div>
      </Notice>
      <ClientSetup
        address={made.url}
        secret={{ key: made.key, urlWithKey: made.url_with_key }}
        reach={reach}
      />
    </section>
  );
}
