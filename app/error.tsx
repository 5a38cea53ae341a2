'use client';

import { Button, Mark } from '#components/ui';

/** For pages that could not be made. The cause stands in the server's log, under the digest shown. */
export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <div className="mx-auto flex min-h-dvh max-w-form flex-col justify-center gap-4 px-6">
      <Mark className="size-9" />
      <h1 className="text-xl font-semibold tracking-tight">This page could not be shown</h1>
      <p className="text-muted">
        Something went wrong inside Confab. Try again; if it happens again, the log of the server says why
        {error.digest === undefined ? '.' : ` (look for ${error.digest}).`}
      </p>
      <p>
        <Button look="primary" onClick={reset}>
          Try again
        </Button>
      </p>
    </div>
  );
}
