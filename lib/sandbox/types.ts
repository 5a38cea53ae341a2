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
export type ContentStatus = 'current' | 'draft' | 'archived' | 'trashed';

export type Content = {
  id: string;
  cloudId: string;
  type: ContentType;
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
  resolution: 'open' | 'resolved';
  resolvedBy: string | null;
  resolvedAt: string | null;
  markerRef: string | null;
  selection: string | null;
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
  size: number;
};

export type RestrictionOperation = 'read' | 'update';
export type Restriction = {
  contentId: string;
  operation: RestrictionOperation;
  subjectType: 'user' | 'group';
  subjectId: string;
};

export type SpaceAccess = {
  spaceId: string;
  kind: 'view' | 'write';
  subjectType: 'user' | 'group';
  subjectId: string;
};
