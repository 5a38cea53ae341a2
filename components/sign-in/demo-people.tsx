'use client';

import { ArrowRight } from 'lucide-react';
import { useSubmit } from '#components/http';
import { Button, ErrorNotice } from '#components/ui';
import { signIn } from './next-auth.ts';

type DemoProps = { people: readonly { key: string; name: string }[]; returnTo: string };

/** One click for each person of the practice Confluence. */
export function DemoPeople({ people, returnTo }: DemoProps) {
  const { busy, error, run } = useSubmit();
  return (
    <div className="space-y-2.5">
      {people.map(({ key, name }, at) => (
        <Button
          key={key}
          look={at === 0 ? 'primary' : 'secondary'}
          className="min-h-12 w-full justify-between"
          busy={busy === key}
          disabled={busy !== null}
          onClick={() => void run(key, () => signIn('demo', { person: key }, returnTo))}
        >
          <span className="flex-1 text-start">Continue as {name}</span>
          <ArrowRight aria-hidden className="size-4" />
        </Button>
      ))}
      {error === null ? null : <ErrorNotice error={error} />}
    </div>
  );
}
