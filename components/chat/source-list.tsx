import {
  File,
  FileText,
  LayoutGrid,
  type LucideIcon,
  MessageSquare,
  Newspaper,
  Paperclip,
  User,
  Users,
} from 'lucide-react';
import { safeUrl } from '#components/markdown';
import { cx, Time } from '#components/ui';
import type { Source } from '#lib/wire';

const icons: Record<Source['kind'], LucideIcon> = {
  page: FileText,
  blog_post: Newspaper,
  space: LayoutGrid,
  comment: MessageSquare,
  attachment: Paperclip,
  user: User,
  group: Users,
  other: File,
};

function SourceItem({ source }: { source: Source }) {
  const Icon = icons[source.kind];
  const href = source.url === null ? null : safeUrl(source.url);
  return (
    <li className="flex min-w-0 items-start gap-2 py-1">
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />
      <div className="min-w-0">
        {href === null ? (
          <span className="text-sm font-medium">{source.title}</span>
        ) : (
          <a
            href={href}
            target="_blank"
            rel="noopener noreferrer"
            className="text-sm font-medium text-accent underline-offset-2 [overflow-wrap:anywhere] hover:underline"
          >
            {source.title}
            <span className="sr-only"> (opens in a new tab)</span>
          </a>
        )}
        <p className="text-xs text-muted">
          {source.space === null ? null : source.space.name}
          {source.updatedAt === null ? null : (
            <>
              {source.space === null ? 'Edited ' : ' · edited '}
              <Time at={source.updatedAt} />
              {source.updatedBy === null ? null : ` by ${source.updatedBy}`}
            </>
          )}
        </p>
      </div>
    </li>
  );
}

/** The pages and other things that were really read for an answer. */
export function SourceList({ sources }: { sources: readonly Source[] }) {
  if (sources.length === 0) return null;
  return (
    <div className="mt-3 rounded-lg border border-line px-3 py-2">
      <p aria-hidden className="text-2xs font-semibold tracking-wide text-muted uppercase">
        Sources
      </p>
      <ul aria-label="Sources" className={cx('mt-0.5 grid gap-x-5', sources.length > 1 && 'sm:grid-cols-2')}>
        {sources.map((source) => (
          <SourceItem key={`${source.kind}${source.id}`} source={source} />
        ))}
      </ul>
    </div>
  );
}
