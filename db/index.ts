export { newId } from './ids.ts';
export { closeDatabase, type Db, database, openDatabase } from './open.ts';
export type * from './schema.ts';
export * from './changes.ts';
export * from './users.ts';
export * from './login-sessions.ts';
export * from './invites.ts';
export * from './tickets.ts';
export * from './keys.ts';
export * from './chats.ts';
export * from './messages.ts';
export {
  connectionOf, deleteConnection, endConnection, type NewConnection, replaceConnection, rotateConnection, setConnectionSite,
} from './connections.ts';
export { insertOauthState, takeOauthState } from './oauth-states.ts';
