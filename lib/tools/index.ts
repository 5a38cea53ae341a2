/** The catalogue of Confluence operations (all but the tag `changes`), one definition each. */

import { getAttachment } from './attachments/get-attachment.ts';
import { listAttachments } from './attachments/list-attachments.ts';
import { listBlogPosts } from './blog_posts/list-blog-posts.ts';
import { readBlogPost } from './blog_posts/read-blog-post.ts';
import { getComment } from './comments/get-comment.ts';
import { listComments } from './comments/list-comments.ts';
import { checkConnection } from './connection/check-connection.ts';
import { getConnection } from './connection/get-connection.ts';
import { getCurrentUser } from './connection/get-current-user.ts';
import { listSites } from './connection/list-sites.ts';
import { selectSite } from './connection/select-site.ts';
import { addUserToGroup } from './groups/add-user-to-group.ts';
import { listGroupMembers } from './groups/list-group-members.ts';
import { listGroups } from './groups/list-groups.ts';
import { removeUserFromGroup } from './groups/remove-user-from-group.ts';
import { listAncestors } from './hierarchy/list-ancestors.ts';
import { listChildren } from './hierarchy/list-children.ts';
import { listDescendants } from './hierarchy/list-descendants.ts';
import { addLabel, removeLabel } from './labels/label-operations.ts';
import { listLabels } from './labels/list-labels.ts';
import type { Operation } from './operation.ts';
import { createPage } from './pages/create-page.ts';
import { deletePage } from './pages/delete-page.ts';
import { editPage } from './pages/edit-page.ts';
import { listPages } from './pages/list-pages.ts';
import { movePage } from './pages/move-page.ts';
import { readPage } from './pages/read-page.ts';
import { restorePage } from './pages/restore-page.ts';
import { updatePageOperation } from './pages/update-page.ts';
import { listRecentChanges } from './search/list-recent-changes.ts';
import { searchContent } from './search/search-content.ts';
import { getSpace } from './spaces/get-space.ts';
import { listSpaces } from './spaces/list-spaces.ts';
import { getUser } from './users/get-user.ts';
import { searchUsers } from './users/search-users.ts';
import { compareVersions } from './versions/compare-versions.ts';
import { getVersion } from './versions/get-version.ts';
import { listVersions } from './versions/list-versions.ts';
import { restoreVersion } from './versions/restore-version.ts';

export const operations: readonly Operation[] = [
  searchContent,
  listRecentChanges,
  readPage,
  listPages,
  createPage,
  editPage,
  updatePageOperation,
  movePage,
  deletePage,
  restorePage,
  listBlogPosts,
  readBlogPost,
  listSpaces,
  getSpace,
  listChildren,
  listDescendants,
  listAncestors,
  listComments,
  getComment,
  listLabels,
  addLabel,
  removeLabel,
  listAttachments,
  getAttachment,
  listVersions,
  getVersion,
  compareVersions,
  restoreVersion,
  searchUsers,
  getUser,
  listGroups,
  listGroupMembers,
  addUserToGroup,
  removeUserFromGroup,
  getConnection,
  listSites,
  selectSite,
  checkConnection,
  getCurrentUser,
];

export { type ContextOptions, createContext } from './context.ts';
export {
  type CatalogueEntry,
  type CatalogueInput,
  defineRead,
  defineWrite,
  entries,
  entryOf,
} from './define.ts';
export { nearest, plain } from './near.ts';
export {
  type Context,
  type Limits,
  type NoChange,
  noLimits,
  type Operation,
  type Outcome,
  type Proposal,
  type ReadOperation,
  type ReadResult,
  type Rebase,
  type Tier,
  type WriteOperation,
} from './operation.ts';
