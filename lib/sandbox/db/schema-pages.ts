/** Tables of long tasks and of content states (the status lozenges of pages and posts). */
export const pagesSchema = `
CREATE TABLE IF NOT EXISTS longTasks (
  id TEXT PRIMARY KEY, cloudId TEXT NOT NULL, accountId TEXT NOT NULL, name TEXT NOT NULL, startedAt INTEGER NOT NULL,
  stepMs INTEGER NOT NULL, steps TEXT NOT NULL, done INTEGER NOT NULL, errors TEXT NOT NULL,
  details TEXT NOT NULL, finishedAt INTEGER);
CREATE TABLE IF NOT EXISTS contentStates (
  contentId TEXT, stage TEXT, stateId INTEGER NOT NULL, name TEXT NOT NULL, color TEXT NOT NULL,
  updatedAt TEXT NOT NULL, PRIMARY KEY (contentId, stage));
CREATE TABLE IF NOT EXISTS customStates (
  id INTEGER PRIMARY KEY, accountId TEXT NOT NULL, name TEXT NOT NULL, color TEXT NOT NULL, usedAt TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS stateRules (spaceId TEXT PRIMARY KEY, customAllowed INTEGER NOT NULL);
`;

export const pagesTables = ['longTasks', 'contentStates', 'customStates', 'stateRules'] as const;
