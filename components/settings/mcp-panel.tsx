'use client';

import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '#components/ui';
import type { KeyCeiling } from '#lib/wire';
import { KeyForm } from './key-form.tsx';
import { Copyable, MadeKey } from './made-key.tsx';
import { RightsList } from './rights-list.tsx';
import { Section } from './section.tsx';
import { ClientSetup } from './setup/index.ts';
import type { GrantView, HostedReach, KeyView, NewKey } from './types.ts';

type PanelProps = {
  url: string;
  reach: HostedReach;
  ceiling: KeyCeiling;
  keys: readonly KeyView[];
  grants: readonly GrantView[];
};

/** The MCP endpoint: its address, how to set clients up, and who may use it. */
export function McpPanel({ url, reach, ceiling, keys, grants }: PanelProps) {
  const router = useRouter();
  const [made, setMade] = useState<NewKey | null>(null);
  const [making, setMaking] = useState(false);
  return (
    <>
      <Section
        title="Address"
        lead="Any MCP client reaches the same abilities here that the chat has. Most need only this address: they bring you to Confab to allow them. Writes wait for your approval unless you chose otherwise."
      >
        <Copyable label="Copy address" text={url} />
      </Section>
      <Section
        title="Programs and keys"
        lead="Clients that you allowed in the browser, and keys that you made. Each acts as you, within its limits. Revoking works at once."
      >
        <div className="space-y-4">
          {made === null ? null : (
            <MadeKey key={made.id} made={made} reach={reach} onTested={router.refresh} />
          )}
          {making ? (
            <KeyForm
              ceiling={ceiling}
              onMade={(key) => {
                setMade(key);
                setMaking(false);
                router.refresh();
              }}
              onCancel={() => setMaking(false)}
            />
          ) : (
            <Button
              look={made === null ? 'primary' : 'secondary'}
              icon={<Plus aria-hidden className="size-4" />}
              onClick={() => setMaking(true)}
            >
              {made === null ? 'New key' : 'Another key'}
            </Button>
          )}
          <RightsList keys={keys} grants={grants} />
        </div>
      </Section>
      {made === null ? (
        <Section title="Set up a client" lead="By signing in, or with a key in the place of YOUR_KEY.">
          <ClientSetup address={url} secret={null} reach={reach} />
        </Section>
      ) : null}
    </>
  );
}
