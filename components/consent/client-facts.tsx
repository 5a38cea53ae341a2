import type { ReactNode } from 'react';
import { Notice } from '#components/ui';
import type { ConsentAsk } from './types.ts';

type Kind = ConsentAsk['redirect']['kind'];

const where: Record<Kind, string> = {
  site: 'The answer goes to',
  loopback: 'The answer goes to a program on this computer, at',
  scheme: 'The answer goes to the program that opens',
};

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="px-4 py-2.5 sm:flex sm:gap-4">
      <dt className="shrink-0 text-sm text-muted sm:w-64">{term}</dt>
      <dd className="min-w-0 text-sm font-medium [overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}

/** Who asks, as far as it is known: its own words are marked as such. */
export function ClientFacts({ client, redirect }: ConsentAsk) {
  return (
    <div className="space-y-3">
      <dl className="divide-y divide-line rounded-lg border border-line bg-surface">
        <Fact term="It says it is">
          <bdi>{client.name}</bdi>
        </Fact>
        {client.publishedBy === null ? null : <Fact term="It is described at">{client.publishedBy}</Fact>}
        <Fact term={where[redirect.kind]}>
          <code className="font-mono text-[0.8125rem]">{redirect.words}</code>
        </Fact>
      </dl>
      {redirect.kind === 'site' ? null : (
        <Notice kind="warn" title="Any program on this computer could call itself that.">
          Allow it only if you yourself have just told a program here to connect to Confab.
        </Notice>
      )}
    </div>
  );
}
