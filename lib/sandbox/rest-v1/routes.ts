import type { Route } from '../rest/route.ts';
import { analyticsRoutes } from './analytics.ts';
import { attachmentV1Routes } from './attachments.ts';
import { auditRoutes } from './audit.ts';
import { contentRoutes } from './content.ts';
import { goneRoutes } from './gone.ts';
import { labelRoutes } from './labels.ts';
import { longTaskRoutes } from './long-tasks.ts';
import { permissionRoutes } from './permissions.ts';
import { restrictionRoutes } from './restrictions.ts';
import { searchRoutes } from './search.ts';
import { spaceRoutes } from './spaces.ts';
import { stateRoutes } from './states.ts';
import { templateRoutes } from './templates.ts';
import { treeWriteRoutes } from './tree-writes.ts';
import { userRoutes } from './users.ts';
import { watchRoutes } from './watches.ts';

/** Every REST v1 endpoint the practice Confluence offers. */
export const v1Routes: Route[] = [
  ...templateRoutes,
  ...analyticsRoutes,
  ...auditRoutes,
  ...searchRoutes,
  ...userRoutes,
  ...labelRoutes,
  ...attachmentV1Routes,
  ...contentRoutes,
  ...spaceRoutes,
  ...permissionRoutes,
  ...restrictionRoutes,
  ...watchRoutes,
  ...longTaskRoutes,
  ...stateRoutes,
  ...treeWriteRoutes,
  // Last: their placeholders would take in literal paths of the others.
  ...goneRoutes,
];
