export { holdAdminKey } from './admin-key.ts';
export { downloadAuditLog } from './audit-export.ts';
export { type Confluence, type Credentials, createConfluence, type Site, type Wait } from './client.ts';
export { nextCursor, pages } from './paging.ts';
export { granularScopes, scopesFor } from './scopes.ts';
export { type Attached, attachFiles, type FileToAttach } from './uploads.ts';
export * from './v1.ts';
export * from './v2.ts';
