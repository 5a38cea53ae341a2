import { type Db, findSpace, permissionsOfSpace, roleModeOf, rolesOfSpace } from './db/index.ts';
import type { SpaceSubject } from './types.ts';

/** A permission of spaces as the API describes it; `id` is `operation/target`. */
export type SpacePermissionKind = { id: string; displayName: string; description: string; needs: string[] };

const kind = (id: string, displayName: string, description: string, more: string[] = []) => ({
  id,
  displayName,
  description,
  needs: id === 'read/space' ? [] : ['read/space', ...more],
});

/** Every permission a space knows. */
export const spacePermissionKinds: readonly SpacePermissionKind[] = [
  kind('read/space', 'View', 'See the space and what is in it.'),
  kind('create/page', 'Add pages', 'Make and edit pages.'),
  kind('create/blogpost', 'Add blog posts', 'Make and edit blog posts.'),
  kind('create/comment', 'Add comments', 'Comment on pages and posts.'),
  kind('create/attachment', 'Add attachments', 'Upload files to pages and posts.'),
  kind('delete/page', 'Delete pages', 'Move pages to the trash.', ['create/page']),
  kind('delete/blogpost', 'Delete blog posts', 'Move blog posts to the trash.', ['create/blogpost']),
  kind('delete/comment', 'Delete comments', 'Delete comments of others.', ['create/comment']),
  kind('delete/attachment', 'Delete attachments', 'Delete files.', ['create/attachment']),
  kind('archive/page', 'Archive pages', 'Put pages into the archive.', ['create/page']),
  kind('restrict_content/space', 'Restrict content', 'Limit who views or edits a page.', ['create/page']),
  kind('export/space', 'Export the space', 'Export the whole space.'),
  kind('administer/space', 'Administer the space', 'Change settings and access, delete the space.'),
];

/** A role as the API describes it. */
export type SpaceRole = { id: string; name: string; description: string; permissions: readonly string[] };

const viewing = ['read/space'];
const collaborating = [
  ...viewing,
  ...['page', 'blogpost', 'comment', 'attachment'].map((target) => `create/${target}`),
  ...['page', 'blogpost', 'attachment'].map((target) => `delete/${target}`),
  'archive/page',
  'restrict_content/space',
];
const managing = [...collaborating, 'delete/comment', 'export/space'];

/** The roles that come with Confluence, from most to least. */
export const spaceRoles = {
  admin: {
    id: '4d6f1a70-0c53-4a33-9d0b-5f0f0a3e0a01',
    name: 'Admin',
    description: 'Manage everything in the space, including who may use it.',
    permissions: spacePermissionKinds.map((one) => one.id),
  },
  manager: {
    id: '4d6f1a70-0c53-4a33-9d0b-5f0f0a3e0a02',
    name: 'Manager',
    description: 'Manage the content of the space.',
    permissions: managing,
  },
  collaborator: {
    id: '4d6f1a70-0c53-4a33-9d0b-5f0f0a3e0a03',
    name: 'Collaborator',
    description: 'Create and edit content.',
    permissions: collaborating,
  },
  viewer: {
    id: '4d6f1a70-0c53-4a33-9d0b-5f0f0a3e0a04',
    name: 'Viewer',
    description: 'View the content of the space.',
    permissions: viewing,
  },
} as const satisfies Record<string, SpaceRole>;

export const allSpaceRoles: readonly SpaceRole[] = Object.values(spaceRoles);

/** Everybody of a kind, as roles are given to them. */
export const accessClasses = { everyone: 'all-licensed-users', anonymous: 'anonymous-users' } as const;

/** One permission that somebody holds in a space, directly or through a role. */
export type Held = SpaceSubject & { id: string; operation: string; target: string };

/** What everybody holds in a space: from roles or from single permissions, as the site has it. */
export function heldIn(db: Db, spaceId: string): Held[] {
  const space = findSpace(db, spaceId);
  if (!space) return [];
  if (roleModeOf(db, space.cloudId) === 'PRE_ROLES')
    return permissionsOfSpace(db, spaceId).map(({ id, ...row }) => ({ ...row, id: String(id) }));
  return rolesOfSpace(db, spaceId).flatMap(({ subjectType, subjectId, roleId }, at) => {
    const role = allSpaceRoles.find((one) => one.id === roleId);
    return (role?.permissions ?? []).map((permission, index) => {
      const [operation = '', target = ''] = permission.split('/');
      return {
        id: String(Number(spaceId) * 10_000 + at * 100 + index),
        subjectType,
        subjectId,
        operation,
        target,
      };
    });
  });
}
