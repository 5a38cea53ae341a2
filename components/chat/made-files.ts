import type { Part } from '#lib/wire';

type ToolPart = Extract<Part, { type: 'tool' }>;
export type MadeFile = { id: string; name: string; about: string | null };

/** Operations whose answer begins with the link of a file they made. */
const makers = new Set(['export_page', 'export_space', 'download_attachment', 'list_audit_records']);
const link = /\[((?:\\.|[^\]\\])*)\]\(\S*?\/api\/files\/(fil_[a-z0-9]+)\)(?: \(([^()]{1,40})\))?/g;

/** Files that a finished step made for the person, in the order it names them. */
export function madeFiles({ name, state, output }: Pick<ToolPart, 'name' | 'state' | 'output'>): MadeFile[] {
  if (!makers.has(name) || state !== 'done' || output === null) return [];
  const files = new Map<string, MadeFile>();
  for (const [, words = '', id = '', about] of output.matchAll(link))
    if (!files.has(id))
      files.set(id, { id, name: words.replace(/\\([[\]\\])/g, '$1'), about: about ?? null });
  return [...files.values()];
}
