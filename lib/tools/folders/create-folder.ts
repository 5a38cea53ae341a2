import { z } from 'zod';
import { text } from '../inputs.ts';
import { nodeCreation } from '../tree-nodes/create-node.ts';

export const createFolder = nodeCreation({
  name: 'create_folder',
  kind: 'folder',
  input: z.object({ space: text, title: text, parent: text.optional() }),
  more: () => ({ post: {}, fields: [] }),
  note: 'A folder cannot be renamed through the API; people rename it in Confluence.',
});
