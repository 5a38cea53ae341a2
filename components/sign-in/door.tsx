import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { Mark } from '#components/ui';

const promises = [
  'Nothing is written to Confluence before you have seen exactly what changes and said yes.',
  'Pages are changed block by block: macros, layouts and comments nobody asked to touch stay as they are.',
  'Every change can be taken back, or the card says beforehand why not.',
  'Your AI tools can use the same abilities over MCP, with the same approvals.',
];

/** The page of those who are not signed in: what this is, and the way in. */
export function Door({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="grid min-h-dvh md:grid-cols-[1fr_minmax(26rem,34rem)]">
      <div className="flex flex-col justify-center border-b border-line bg-rail px-6 py-10 md:border-e md:border-b-0 md:px-14">
        <div className="mx-auto w-full max-w-[34rem] md:mr-0">
          <div className="flex items-center gap-3">
            <Mark className="size-9" />
            <span className="text-xl font-semibold tracking-tight">Confab</span>
          </div>
          <p className="mt-6 text-2xl font-semibold tracking-tight text-balance">
            Talk to your Confluence. Approve what it writes.
          </p>
          <ul className="mt-6 hidden space-y-3 text-muted sm:block">
            {promises.map((promise) => (
              <li key={promise} className="flex gap-3">
                <Check aria-hidden className="mt-1 size-4 shrink-0 text-accent" />
                <span>{promise}</span>
              </li>
            ))}
          </ul>
        </div>
      </div>
      <div className="flex flex-col justify-center px-6 py-10 md:px-14">
        <div className="mx-auto w-full max-w-[24rem] md:ml-0">
          <h1 className="mb-5 text-xl font-semibold tracking-tight">{title}</h1>
          {children}
        </div>
      </div>
    </main>
  );
}
