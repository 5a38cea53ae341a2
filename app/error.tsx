'use client';

import { Button, buttonClass, Mark } from '#components/ui';

/** For pages that could not be made. The cause stands in the server's log, under the digest shown. */
export default function ErrorPage({ error }: { error: Error & { digest?: string } }) {
  return (
    <div className="mx-auto flex min-h-dvh max-w-form flex-col justify-center gap-4 px-6">
      <Mark className="size-9" />
      <h1 className="text-xl font-semibold tracking-tight">This page could not be shown</h1>
      <div className="space-y-2 text-muted">
        <p>Something went wrong inside Confab while making it. Nothing was written to Confluence by this.</p>
        <p>
          Try again. If it happens again, whoever runs this Confab finds the cause in the log of the server
          {error.digest === undefined ? (
            '.'
          ) : (
            <>
              , next to <code className="font-mono text-sm text-ink">{error.digest}</code>.
            </>
          )}
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button look="primary" onClick={() => window.location.reload()}>
          Try again
        </Button>
        {/* Full loads, both: only they ask the server anew. */}
        <a href="/" className={buttonClass('quiet')}>
          Go to the chats
        </a>
      </div>
    </div>
  );
}
