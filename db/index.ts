export * from './changes.ts';
export { foundTexts, searchWords } from './chat-search.ts';
export * from './chats.ts';
export {
  connectionOf,
  deleteConnection,
  endConnection,
  type NewConnection,
  replaceConnection,
  rotateConnection,
  setConnectionSite,
} from './connections.ts';
export * from './files.ts';
export * from './grants.ts';
export { newId } from './ids.ts';
export * from './invites.ts';
export * from './keys.ts';
export * from './login-sessions.ts';
export * from './messages.ts';
export * from './oauth-artefacts.ts';
export { insertOauthState, takeOauthState } from './oauth-states.ts';
export { closeDatabase, type Db, database, openDatabase } from './open.ts';
export * from './rights.ts';
export type * from './schema.ts';
export * from './tickets.ts';
export * from './toolkits.ts';
export type * from './toolkits-schema.ts';
export * from './users.ts';
