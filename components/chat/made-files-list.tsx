import { Download } from 'lucide-react';
import type { MadeFile } from './made-files.ts';

/** Files made in this answer, to download. They are kept for a day. */
export function MadeFilesList({ files }: { files: readonly MadeFile[] }) {
  if (files.length === 0) return null;
  return (
    <ul aria-label="Files" className="my-3 flex flex-wrap gap-2">
      {files.map((file) => (
        <li key={file.id} className="max-w-full">
          <a
            href={`/api/files/${file.id}`}
            download
            title="Kept for a day, for you alone"
            className="flex min-h-11 max-w-full items-center gap-3 rounded-lg border border-line-strong bg-surface px-3 py-2 text-sm shadow-lift hover:bg-hover"
          >
            <Download aria-hidden className="size-4 shrink-0 text-accent" />
            <span className="min-w-0">
              <span className="sr-only">Download </span>
              <bdi className="block font-medium [overflow-wrap:anywhere]">{file.name}</bdi>
              {file.about === null ? null : <span className="block text-xs text-muted">{file.about}</span>}
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
