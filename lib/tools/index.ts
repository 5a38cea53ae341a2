/** The catalogue of Confluence operations (all but the tag `changes`), one definition each. */

import { analyticsOperations } from './analytics/index.ts';
import { attachmentsOperations } from './attachments/index.ts';
import { auditOperations } from './audit/index.ts';
import { blogPostsOperations } from './blog_posts/index.ts';
import { bulkOperations } from './bulk/index.ts';
import { commentsOperations } from './comments/index.ts';
import { connectionOperations } from './connection/index.ts';
import { customContentOperations } from './custom_content/index.ts';
import { databasesOperations } from './databases/index.ts';
import { foldersOperations } from './folders/index.ts';
import { governanceOperations } from './governance/index.ts';
import { groupsOperations } from './groups/index.ts';
import { hierarchyOperations } from './hierarchy/index.ts';
import { labelsOperations } from './labels/index.ts';
import type { Operation } from './operation.ts';
import { pagesOperations } from './pages/index.ts';
import { permissionsOperations } from './permissions/index.ts';
import { propertiesOperations } from './properties/index.ts';
import { searchOperations } from './search/index.ts';
import { smartLinksOperations } from './smart_links/index.ts';
import { spacesOperations } from './spaces/index.ts';
import { tasksOperations } from './tasks/index.ts';
import { templatesOperations } from './templates/index.ts';
import { usersOperations } from './users/index.ts';
import { versionsOperations } from './versions/index.ts';
import { watchersOperations } from './watchers/index.ts';
import { whiteboardsOperations } from './whiteboards/index.ts';

export const operations: readonly Operation[] = [
  ...searchOperations,
  ...pagesOperations,
  ...blogPostsOperations,
  ...spacesOperations,
  ...hierarchyOperations,
  ...commentsOperations,
  ...labelsOperations,
  ...attachmentsOperations,
  ...versionsOperations,
  ...propertiesOperations,
  ...tasksOperations,
  ...templatesOperations,
  ...whiteboardsOperations,
  ...databasesOperations,
  ...foldersOperations,
  ...smartLinksOperations,
  ...customContentOperations,
  ...usersOperations,
  ...groupsOperations,
  ...permissionsOperations,
  ...watchersOperations,
  ...analyticsOperations,
  ...auditOperations,
  ...governanceOperations,
  ...bulkOperations,
  ...connectionOperations,
];

export { markdownNotation } from '#lib/content';
export {
  accessNeeded,
  bundlesFor,
  certainScopes,
  explainMissingScope,
  type Gap,
  missingScopeError,
  scopeGaps,
} from './access.ts';
export { type ContextOptions, createContext } from './context.ts';
export {
  type CatalogueEntry,
  type CatalogueInput,
  defineBulk,
  defineRead,
  defineWrite,
  entries,
  entryOf,
} from './define.ts';
export { nearest, plain } from './near.ts';
export {
  type BulkOperation,
  type Context,
  isBulk,
  type Limits,
  type NoChange,
  noLimits,
  type OfToolkit,
  type Operation,
  type Outcome,
  type PlanItem,
  type PlanList,
  type Proposal,
  type ReadOperation,
  type ReadResult,
  type Rebase,
  type Tier,
  type WriteOperation,
} from './operation.ts';
