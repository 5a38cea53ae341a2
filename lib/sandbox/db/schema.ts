/** Tables of the practice Confluence. Column names are those of `types.ts`; times are ISO text. */
export const schema = `
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS people (
  accountId TEXT PRIMARY KEY, key TEXT UNIQUE NOT NULL, name TEXT NOT NULL, email TEXT UNIQUE NOT NULL,
  timeZone TEXT NOT NULL, apiToken TEXT, canSignIn INTEGER NOT NULL, isAdmin INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS sites (cloudId TEXT PRIMARY KEY, name TEXT NOT NULL, path TEXT UNIQUE NOT NULL);
CREATE TABLE IF NOT EXISTS sitePeople (cloudId TEXT, accountId TEXT, PRIMARY KEY (cloudId, accountId));
CREATE TABLE IF NOT EXISTS groups (id TEXT, cloudId TEXT, name TEXT NOT NULL, PRIMARY KEY (cloudId, id));
CREATE TABLE IF NOT EXISTS groupMembers (
  cloudId TEXT, groupId TEXT, accountId TEXT, PRIMARY KEY (cloudId, groupId, accountId));
CREATE TABLE IF NOT EXISTS spaces (
  id TEXT PRIMARY KEY, cloudId TEXT NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL,
  status TEXT NOT NULL, description TEXT NOT NULL, authorId TEXT NOT NULL, createdAt TEXT NOT NULL,
  homepageId TEXT, UNIQUE (cloudId, key));
CREATE TABLE IF NOT EXISTS spaceAccess (
  spaceId TEXT, kind TEXT, subjectType TEXT, subjectId TEXT,
  PRIMARY KEY (spaceId, kind, subjectType, subjectId));
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
  resolvedBy TEXT, resolvedAt TEXT, markerRef TEXT, selection TEXT);
CREATE INDEX IF NOT EXISTS commentsByContent ON comments (contentId, kind);
CREATE TABLE IF NOT EXISTS attachments (
  id TEXT PRIMARY KEY, contentId TEXT NOT NULL, filename TEXT NOT NULL, mediaType TEXT NOT NULL,
  authorId TEXT NOT NULL, createdAt TEXT NOT NULL, comment TEXT NOT NULL, version INTEGER NOT NULL,
  fileId TEXT NOT NULL, bytes BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS attachmentsByContent ON attachments (contentId, filename);
CREATE TABLE IF NOT EXISTS views (
  contentId TEXT, day TEXT, count INTEGER NOT NULL, distinctCount INTEGER NOT NULL,
  PRIMARY KEY (contentId, day));
CREATE TABLE IF NOT EXISTS grants (
  id TEXT PRIMARY KEY, accountId TEXT NOT NULL, clientId TEXT NOT NULL, scopes TEXT NOT NULL,
  cloudIds TEXT NOT NULL, createdAt INTEGER NOT NULL, revoked INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS codes (
  hash TEXT PRIMARY KEY, grantId TEXT NOT NULL, redirectUri TEXT NOT NULL, challenge TEXT,
  expiresAt INTEGER NOT NULL, used INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS accessTokens (hash TEXT PRIMARY KEY, grantId TEXT NOT NULL, expiresAt INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS refreshTokens (
  hash TEXT PRIMARY KEY, grantId TEXT NOT NULL, createdAt INTEGER NOT NULL, rotatedAt INTEGER);
`;

/** Tables that hold the site itself, emptied by a reset; people's grants and tokens are not among them. */
export const siteTables = [
  'people',
  'sites',
  'sitePeople',
  'groups',
  'groupMembers',
  'spaces',
  'spaceAccess',
  'contents',
  'versions',
  'drafts',
  'labels',
  'labelled',
  'restrictions',
  'comments',
  'attachments',
  'views',
  'meta',
] as const;

export const grantTables = ['grants', 'codes', 'accessTokens', 'refreshTokens'] as const;
