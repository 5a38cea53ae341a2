import type { Route } from '../rest/route.ts';
import { attachmentRoutes } from './attachments.ts';
import { commentRoutes } from './comments.ts';
import { contentListRoutes } from './content-lists.ts';
import { contentReadRoutes } from './content-reads.ts';
import { otherRoutes } from './others.ts';
import { pageWriteRoutes } from './page-update.ts';
import { spaceRoutes } from './spaces.ts';
import { treeRoutes } from './tree.ts';

/** Every REST v2 endpoint the practice Confluence offers. */
export const v2Routes: Route[] = [
  ...spaceRoutes,
  ...contentListRoutes,
  ...contentReadRoutes,
  ...pageWriteRoutes,
  ...treeRoutes,
  ...commentRoutes,
  ...attachmentRoutes,
  ...otherRoutes,
];
