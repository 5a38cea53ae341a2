'use client';

import { CircleAlert, Paperclip, X } from 'lucide-react';
import { cx, IconButton, Spinner } from '#components/ui';
import { fileSize } from './file-size.ts';
import type { Attachment } from './use-attachments.ts';

type ChipsProps = { list: readonly Attachment[]; onRemove: (one: Attachment) => void };

/** The files that go with the next message; one that was refused says why and can be taken out. */
export function AttachmentChips({ list, onRemove }: ChipsProps) {
  if (list.length === 0) return null;
  return (
    <ul aria-label="Attached files" className="flex flex-wrap gap-1.5 px-1 pt-1">
      {list.map((one) => {
        const { key, name, size, id, error } = one;
        return (
          <li
            key={key}
            className={cx(
              'flex min-h-9 max-w-full items-center gap-2 rounded-md border ps-2.5 text-sm',
              error === null ? 'border-line bg-sunken' : 'border-danger-line bg-danger-soft',
            )}
          >
            {error !== null ? (
              <CircleAlert aria-hidden className="size-4 shrink-0 text-danger" />
            ) : id === null ? (
              <Spinner />
            ) : (
              <Paperclip aria-hidden className="size-4 shrink-0 text-muted" />
            )}
            <span className="min-w-0">
              <bdi className="block truncate">{name}</bdi>
              {error === null ? null : (
                <span role="alert" className="block text-xs [overflow-wrap:anywhere]">
                  {error}
                </span>
              )}
            </span>
            {error === null ? (
              <span className="text-xs whitespace-nowrap text-muted">{fileSize(size)}</span>
            ) : null}
            <IconButton label={`Remove ${name}`} className="size-9 md:size-8" onClick={() => onRemove(one)}>
              <X aria-hidden className="size-4" />
            </IconButton>
          </li>
        );
      })}
    </ul>
  );
}
