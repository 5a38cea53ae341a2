import { z } from 'zod';
import { text } from '../inputs.ts';
import { nodeCreation } from '../tree-nodes/create-node.ts';

export const createDatabase = nodeCreation({
  name: 'create_database',
  kind: 'database',
  input: z.object({ space: text, title: text, parent: text.optional(), private: z.boolean().optional() }),
  more: () => ({ post: {}, fields: [] }),
  note: 'The database will be empty: columns and rows cannot be made through the API, only in Confluence. For data now, a table on a page is the way.',
});
