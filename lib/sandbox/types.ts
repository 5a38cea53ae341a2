/** Rows of the practice Confluence as the rest of this room sees them. Ids are decimal text, times ISO 8601 UTC. */

export type Person = {
  accountId: string;
  key: string;
  name: string;
  email: string;
  timeZone: string;
  apiToken: string | null;
  canSignIn: boolean;
  isAdmin: boolean;
  /** Guests see only the spaces that they, or a group of theirs, were given. */
  isGuest: boolean;
};

export type Site = { cloudId: string; name: string; path: '/wiki' | '/labs/wiki' };

export type Group = { id: string; cloudId: string; name: string };

export type Space = {
  id: string;
  cloudId: string;
  key: string;
  name: string;
  type: string;
  status: string;
  description: string;
  authorId: string;
  createdAt: string;
  homepageId: string | null;
};

export type ContentType = 'page' | 'blogpost';
/** What stands in the page tree besides pages, by the API's names: an `embed` is a Smart Link. */
export type NodeType = 'folder' | 'whiteboard' | 'database' | 'embed';
export type ContentStatus = 'current' | 'draft' | 'archived' | 'trashed';

export type Content = {
  id: string;
  cloudId: string;
  type: ContentType | NodeType;
  spaceId: string;
  parentId: string | null;
  position: number;
  status: ContentStatus;
  title: string;
  storage: string;
  subtype: 'live' | null;
  authorId: string;
  ownerId: string;
  createdAt: string;
  version: number;
  versionBy: string;
  versionAt: string;
  versionMessage: string;
};

export type ContentVersion = {
  contentId: string;
  number: number;
  title: string;
  storage: string;
  authorId: string;
  createdAt: string;
  message: string;
};

/** The open draft beside a published page. */
export type Draft = {
  contentId: string;
  title: string;
  storage: string;
  authorId: string;
  updatedAt: string;
};

export type Label = { id: string; cloudId: string; prefix: string; name: string };

export type Comment = {
  id: string;
  contentId: string;
  parentId: string | null;
  kind: 'footer' | 'inline';
  authorId: string;
  createdAt: string;
  body: string;
  version: number;
  resolution: 'open' | 'resolved' | 'reopened';
  resolvedBy: string | null;
  resolvedAt: string | null;
  markerRef: string | null;
  selection: string | null;
  /** The file it is about, where it is about one of the page's files. */
  attachmentId: string | null;
  versionBy: string;
  versionAt: string;
  versionMessage: string;
};

/** A version of a comment; the newest is the comment itself. */
export type CommentVersion = {
  commentId: string;
  number: number;
  body: string;
  authorId: string;
  createdAt: string;
  message: string;
};

export type Attachment = {
  id: string;
  contentId: string;
  filename: string;
  mediaType: string;
  authorId: string;
  createdAt: string;
  comment: string;
  version: number;
  fileId: string;
  status: 'current' | 'trashed';
  minorEdit: 0 | 1;
  size: number;
};

/** A version of a file; the newest is the attachment itself. `authorId` and `createdAt` are the version's own. */
export type AttachmentVersion = {
  attachmentId: string;
  number: number;
  mediaType: string;
  authorId: string;
  createdAt: string;
  comment: string;
  minorEdit: 0 | 1;
  size: number;
};

export type RestrictionOperation = 'read' | 'update';
export type Restriction = {
  contentId: string;
  operation: RestrictionOperation;
  subjectType: 'user' | 'group';
  subjectId: string;
};

/** How a site decides who may do what in a space: by single permissions, or by roles. */
export type RoleMode = 'PRE_ROLES' | 'ROLES';

/** Whom access to a space is given to; a class is everybody of a kind, such as `all-licensed-users`. */
export type SpaceSubject = { subjectType: 'user' | 'group' | 'class'; subjectId: string };

/** A role somebody holds in a space (sites with roles). */
export type SpaceRoleRow = SpaceSubject & { spaceId: string; roleId: string };

/** One permission somebody holds in a space (sites without roles). */
export type SpacePermissionRow = SpaceSubject & {
  id: number;
  spaceId: string;
  operation: string;
  target: string;
};

/** Who watches what: content by id, a space by id, a label by name. */
export type Watch = {
  cloudId: string;
  kind: 'content' | 'space' | 'label';
  targetId: string;
  accountId: string;
};

/** What a content or space property hangs on. */
export type PropertyTarget = 'content' | 'attachment' | 'comment' | 'customContent' | 'space';
export type Property = {
  id: string;
  targetType: PropertyTarget;
  targetId: string;
  key: string;
  /** JSON text. */
  value: string;
  version: number;
  message: string;
  createdBy: string;
  createdAt: string;
  versionBy: string;
  versionAt: string;
};

/** A check box of a page or blog post; its words stay in the body. */
export type Task = {
  id: string;
  cloudId: string;
  contentId: string;
  /** The `ac:task-id` in the body. */
  localId: string;
  status: 'complete' | 'incomplete';
  /** Storage of the `ac:task-body`. */
  body: string;
  createdBy: string;
  assignedTo: string | null;
  completedBy: string | null;
  createdAt: string;
  updatedAt: string;
  dueAt: string | null;
  completedAt: string | null;
};

export type Template = {
  id: string;
  cloudId: string;
  /** Null for a template of the whole site. */
  spaceId: string | null;
  kind: 'page' | 'blueprint';
  name: string;
  description: string;
  storage: string;
  labels: string[];
  /** Of blueprints: where the template comes from. */
  pluginKey: string | null;
  moduleKey: string | null;
};

export type CustomContent = {
  id: string;
  cloudId: string;
  type: string;
  spaceId: string;
  containerType: 'space' | 'page' | 'blogpost' | 'customContent';
  containerId: string;
  status: 'current' | 'trashed';
  title: string;
  representation: 'storage' | 'raw';
  body: string;
  authorId: string;
  createdAt: string;
  version: number;
  versionBy: string;
  versionAt: string;
  versionMessage: string;
};
