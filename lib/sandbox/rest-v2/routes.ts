import type { Route } from '../rest/route.ts';
import { attachmentRoutes } from './attachments.ts';
import { classificationRoutes } from './classification.ts';
import { commentVersionRoutes } from './comment-versions.ts';
import { commentWriteRoutes } from './comment-writes.ts';
import { commentRoutes } from './comments.ts';
import { contentListRoutes } from './content-lists.ts';
import { contentReadRoutes } from './content-reads.ts';
import { customContentRoutes } from './custom-content.ts';
import { governanceRoutes } from './governance.ts';
import { likeRoutes } from './likes.ts';
import { lookupRoutes } from './lookups.ts';
import { nodeRoutes } from './nodes.ts';
import { pageWriteRoutes } from './page-update.ts';
import { propertyRoutes } from './properties.ts';
import { spaceAccessRoutes } from './space-access.ts';
import { spaceRoutes } from './spaces.ts';
import { taskRoutes } from './tasks.ts';
import { treeRoutes } from './tree.ts';

/** Every REST v2 endpoint the practice Confluence offers. */
export const v2Routes: Route[] = [
  ...spaceRoutes,
  ...spaceAccessRoutes,
  ...contentListRoutes,
  ...contentReadRoutes,
  ...pageWriteRoutes,
  ...customContentRoutes,
  ...nodeRoutes,
  ...propertyRoutes,
  ...taskRoutes,
  ...treeRoutes,
  ...commentRoutes,
  ...commentVersionRoutes,
  ...commentWriteRoutes,
  ...attachmentRoutes,
  ...lookupRoutes,
  ...likeRoutes,
  ...classificationRoutes,
  ...governanceRoutes,
];
