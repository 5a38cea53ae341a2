/** Tables of what hangs on content and stands beside pages: properties, tasks, templates, custom content, Smart Links. */
export const thingsSchema = `
CREATE TABLE IF NOT EXISTS properties (
  id TEXT PRIMARY KEY, targetType TEXT NOT NULL, targetId TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,
  version INTEGER NOT NULL, message TEXT NOT NULL, createdBy TEXT NOT NULL, createdAt TEXT NOT NULL,
  versionBy TEXT NOT NULL, versionAt TEXT NOT NULL, UNIQUE (targetType, targetId, key));
CREATE TABLE IF NOT EXISTS tasks (
  id TEXT PRIMARY KEY, cloudId TEXT NOT NULL, contentId TEXT NOT NULL, localId TEXT NOT NULL, status TEXT NOT NULL,
  body TEXT NOT NULL, createdBy TEXT NOT NULL, assignedTo TEXT, completedBy TEXT, createdAt TEXT NOT NULL,
  updatedAt TEXT NOT NULL, dueAt TEXT, completedAt TEXT, UNIQUE (contentId, localId));
CREATE TABLE IF NOT EXISTS taskScans (contentId TEXT PRIMARY KEY, versionAt TEXT NOT NULL, number INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS templates (
  id TEXT PRIMARY KEY, cloudId TEXT NOT NULL, spaceId TEXT, kind TEXT NOT NULL, name TEXT NOT NULL,
  description TEXT NOT NULL, storage TEXT NOT NULL, labels TEXT NOT NULL, pluginKey TEXT, moduleKey TEXT);
CREATE TABLE IF NOT EXISTS embedUrls (contentId TEXT PRIMARY KEY, url TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS customTypes (cloudId TEXT, type TEXT, PRIMARY KEY (cloudId, type));
CREATE TABLE IF NOT EXISTS customContents (
  id TEXT PRIMARY KEY, cloudId TEXT NOT NULL, type TEXT NOT NULL, spaceId TEXT NOT NULL, containerType TEXT NOT NULL,
  containerId TEXT NOT NULL, status TEXT NOT NULL, title TEXT NOT NULL, representation TEXT NOT NULL,
  body TEXT NOT NULL, authorId TEXT NOT NULL, createdAt TEXT NOT NULL, version INTEGER NOT NULL,
  versionBy TEXT NOT NULL, versionAt TEXT NOT NULL, versionMessage TEXT NOT NULL);
`;

export const thingsTables = [
  'properties',
  'tasks',
  'taskScans',
  'templates',
  'embedUrls',
  'customTypes',
  'customContents',
] as const;
