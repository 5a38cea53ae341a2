import Link from 'next/link';
import { buttonClass, Mark } from '#components/ui';

/** For addresses that do not exist, or not for this person. */
export default function NotFound() {
  return (
    <div className="mx-auto flex min-h-[80dvh] max-w-form flex-1 flex-col justify-center gap-4 px-6">
      <Mark className="size-9" />
      <h1 className="text-xl font-semibold tracking-tight">There is nothing here</h1>
      <p className="text-muted">
        The address may be wrong, what was here may have been deleted, or it belongs to somebody else.
      </p>
      <p>
        <Link href="/" className={buttonClass('primary')}>
          Go to the chats
        </Link>
      </p>
    </div>
  );
}
