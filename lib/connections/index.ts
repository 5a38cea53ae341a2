export { connectDemoPerson, connectWithApiToken } from './api-token.ts';
export { beginAuthorization, completeAuthorization, type Wish } from './authorize.ts';
export {
  type Bundle,
  type BundleName,
  bundleNames,
  bundleOf,
  bundles,
  bundlesNamed,
  grantedInWords,
  scopesOfBundles,
  usualBundles,
  withNeeded,
} from './bundles.ts';
export { type ConnectLink, connectLink, connectPath } from './connect-link.ts';
export { openConnection } from './open-connection.ts';
export { safeReturnTo } from './return-to.ts';
export { scopesNeeded, scopesToAsk } from './scopes.ts';
export { connectionView, disconnect, selectSite, storeConnection } from './store.ts';
export type { Account, ActiveConnection, Authorized, OpenOptions, Purpose } from './types.ts';
export { type Bound, open, seal } from './vault.ts';
