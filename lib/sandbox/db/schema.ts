import { pagesSchema, pagesTables } from './schema-pages.ts';
import { thingsSchema, thingsTables } from './schema-things.ts';

/** Changes with every change of the tables below: a folder made with another one starts anew. */
export const schemaVersion = '2';

/** Tables of the practice Confluence. Column names are those of `types.ts`; times are ISO text. */
export const schema = `
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS people (
  accountId TEXT PRIMARY KEY, key TEXT UNIQUE NOT NULL, name TEXT NOT NULL, email TEXT UNIQUE NOT NULL,
  timeZone TEXT NOT NULL, apiToken TEXT, canSignIn INTEGER NOT NULL, isAdmin INTEGER NOT NULL,
  isGuest INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS sites (cloudId TEXT PRIMARY KEY, name TEXT NOT NULL, path TEXT UNIQUE NOT NULL);
CREATE TABLE IF NOT EXISTS sitePeople (cloudId TEXT, accountId TEXT, PRIMARY KEY (cloudId, accountId));
CREATE TABLE IF NOT EXISTS groups (id TEXT, cloudId TEXT, name TEXT NOT NULL, PRIMARY KEY (cloudId, id));
CREATE TABLE IF NOT EXISTS groupMembers (
  cloudId TEXT, groupId TEXT, accountId TEXT, PRIMARY KEY (cloudId, groupId, accountId));
CREATE TABLE IF NOT EXISTS spaces (
  id TEXT PRIMARY KEY, cloudId TEXT NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL,
  status TEXT NOT NULL, description TEXT NOT NULL, authorId TEXT NOT NULL, createdAt TEXT NOT NULL,
  homepageId TEXT, UNIQUE (cloudId, key));
CREATE TABLE IF NOT EXISTS roleModes (cloudId TEXT PRIMARY KEY, mode TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS spaceRoles (
  spaceId TEXT, subjectType TEXT, subjectId TEXT, roleId TEXT NOT NULL,
  PRIMARY KEY (spaceId, subjectType, subjectId));
CREATE TABLE IF NOT EXISTS spacePermissions (
  id INTEGER PRIMARY KEY, spaceId TEXT NOT NULL, subjectType TEXT NOT NULL, subjectId TEXT NOT NULL,
  operation TEXT NOT NULL, target TEXT NOT NULL, UNIQUE (spaceId, subjectType, subjectId, operation, target));
CREATE TABLE IF NOT EXISTS watches (
  cloudId TEXT, kind TEXT, targetId TEXT, accountId TEXT, PRIMARY KEY (cloudId, kind, targetId, accountId));
CREATE TABLE IF NOT EXISTS contents (
  id TEXT PRIMARY KEY, cloudId TEXT NOT NULL, type TEXT NOT NULL, spaceId TEXT NOT NULL, parentId TEXT,
  position INTEGER NOT NULL, status TEXT NOT NULL, title TEXT NOT NULL, storage TEXT NOT NULL, subtype TEXT,
  authorId TEXT NOT NULL, ownerId TEXT NOT NULL, createdAt TEXT NOT NULL, version INTEGER NOT NULL,
  versionBy TEXT NOT NULL, versionAt TEXT NOT NULL, versionMessage TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS contentsBySpace ON contents (spaceId, type, status);
CREATE INDEX IF NOT EXISTS contentsByParent ON contents (parentId, position);
CREATE TABLE IF NOT EXISTS versions (
  contentId TEXT, number INTEGER, title TEXT NOT NULL, storage TEXT NOT NULL, authorId TEXT NOT NULL,
  createdAt TEXT NOT NULL, message TEXT NOT NULL, PRIMARY KEY (contentId, number));
CREATE TABLE IF NOT EXISTS drafts (
  contentId TEXT PRIMARY KEY, title TEXT NOT NULL, storage TEXT NOT NULL, authorId TEXT NOT NULL,
  updatedAt TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS labels (
  id TEXT PRIMARY KEY, cloudId TEXT NOT NULL, prefix TEXT NOT NULL, name TEXT NOT NULL,
  UNIQUE (cloudId, prefix, name));
CREATE TABLE IF NOT EXISTS labelled (
  labelId TEXT, targetType TEXT, targetId TEXT, createdAt TEXT NOT NULL,
  PRIMARY KEY (targetType, targetId, labelId));
CREATE TABLE IF NOT EXISTS restrictions (
  contentId TEXT, operation TEXT, subjectType TEXT, subjectId TEXT,
  PRIMARY KEY (contentId, operation, subjectType, subjectId));
CREATE TABLE IF NOT EXISTS comments (
  id TEXT PRIMARY KEY, contentId TEXT NOT NULL, parentId TEXT, kind TEXT NOT NULL, authorId TEXT NOT NULL,
  createdAt TEXT NOT NULL, body TEXT NOT NULL, version INTEGER NOT NULL, resolution TEXT NOT NULL,
  resolvedBy TEXT, resolvedAt TEXT, markerRef TEXT, selection TEXT, attachmentId TEXT, versionBy TEXT NOT NULL,
  versionAt TEXT NOT NULL, versionMessage TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS commentsByContent ON comments (contentId, kind);
CREATE TABLE IF NOT EXISTS attachments (
  id TEXT PRIMARY KEY, contentId TEXT NOT NULL, filename TEXT NOT NULL, mediaType TEXT NOT NULL,
  authorId TEXT NOT NULL, createdAt TEXT NOT NULL, comment TEXT NOT NULL, version INTEGER NOT NULL,
  fileId TEXT NOT NULL, bytes BLOB NOT NULL, status TEXT NOT NULL, minorEdit INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS attachmentsByContent ON attachments (contentId, filename);
CREATE TABLE IF NOT EXISTS commentVersions (
  commentId TEXT, number INTEGER, body TEXT NOT NULL, authorId TEXT NOT NULL, createdAt TEXT NOT NULL,
  message TEXT NOT NULL, PRIMARY KEY (commentId, number));
CREATE TABLE IF NOT EXISTS attachmentVersions (
  attachmentId TEXT, number INTEGER, mediaType TEXT NOT NULL, authorId TEXT NOT NULL, createdAt TEXT NOT NULL,
  comment TEXT NOT NULL, minorEdit INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (attachmentId, number));
CREATE TABLE IF NOT EXISTS views (
  contentId TEXT, day TEXT, count INTEGER NOT NULL, distinctCount INTEGER NOT NULL,
  PRIMARY KEY (contentId, day));
CREATE TABLE IF NOT EXISTS viewers (
  contentId TEXT, accountId TEXT, lastDay TEXT NOT NULL, PRIMARY KEY (contentId, accountId));
CREATE TABLE IF NOT EXISTS likes (
  targetType TEXT, targetId TEXT, accountId TEXT, PRIMARY KEY (targetType, targetId, accountId));
CREATE TABLE IF NOT EXISTS classifications (
  targetType TEXT, targetId TEXT, levelId TEXT NOT NULL, PRIMARY KEY (targetType, targetId));
CREATE TABLE IF NOT EXISTS audit (
  id INTEGER PRIMARY KEY, cloudId TEXT NOT NULL, at INTEGER NOT NULL, authorId TEXT NOT NULL,
  remoteAddress TEXT NOT NULL, category TEXT NOT NULL, summary TEXT NOT NULL, description TEXT NOT NULL,
  objectName TEXT NOT NULL, objectType TEXT NOT NULL, associated TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS auditByTime ON audit (cloudId, at);
CREATE TABLE IF NOT EXISTS adminKeys (
  cloudId TEXT, accountId TEXT, expiresAt INTEGER NOT NULL, PRIMARY KEY (cloudId, accountId));
CREATE TABLE IF NOT EXISTS grants (
  id TEXT PRIMARY KEY, accountId TEXT NOT NULL, clientId TEXT NOT NULL, scopes TEXT NOT NULL,
  cloudIds TEXT NOT NULL, createdAt INTEGER NOT NULL, revoked INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS codes (
  hash TEXT PRIMARY KEY, grantId TEXT NOT NULL, redirectUri TEXT NOT NULL, challenge TEXT,
  expiresAt INTEGER NOT NULL, used INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS accessTokens (hash TEXT PRIMARY KEY, grantId TEXT NOT NULL, expiresAt INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS refreshTokens (
  hash TEXT PRIMARY KEY, grantId TEXT NOT NULL, createdAt INTEGER NOT NULL, rotatedAt INTEGER);
${thingsSchema}${pagesSchema}`;

/** Tables that hold the site itself, emptied by a reset; people's grants and tokens are not among them. */
export const siteTables = [
  'people',
  'sites',
  'sitePeople',
  'groups',
  'groupMembers',
  'spaces',
  'roleModes',
  'spaceRoles',
  'spacePermissions',
  'watches',
  'contents',
  'versions',
  'drafts',
  'labels',
  'labelled',
  'restrictions',
  'comments',
  'attachments',
  'commentVersions',
  'attachmentVersions',
  'views',
  'viewers',
  'likes',
  'classifications',
  'audit',
  'adminKeys',
  ...thingsTables,
  ...pagesTables,
  'meta',
] as const;

export const grantTables = ['grants', 'codes', 'accessTokens', 'refreshTokens'] as const;
