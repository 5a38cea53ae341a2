export { connectDemoPerson, connectWithApiToken } from './api-token.ts';
export { beginAuthorization, completeAuthorization } from './authorize.ts';
export { openConnection } from './open-connection.ts';
export { scopesNeeded } from './scopes.ts';
export { connectionView, disconnect, selectSite, storeConnection } from './store.ts';
export type { Account, ActiveConnection, Authorized, OpenOptions, Purpose } from './types.ts';
export { type Bound, open, seal } from './vault.ts';
