import type { ToolkitToolView } from '#lib/wire';

export const tierWord: Record<ToolkitToolView['tier'], string> = {
  read: 'Reads',
  write: 'Writes',
  destructive: 'Destroys',
};
