import type { Operation } from '../operation.ts';
import { checkConnection } from './check-connection.ts';
import { connect } from './connect.ts';
import { disconnect } from './disconnect.ts';
import { getAnonymousUser } from './get-anonymous-user.ts';
import { getConnection } from './get-connection.ts';
import { getCurrentUser } from './get-current-user.ts';
import { listSites } from './list-sites.ts';
import { selectSite } from './select-site.ts';

/** The operations of the tag `connection`. */
export const connectionOperations: readonly Operation[] = [
  getConnection,
  connect,
  disconnect,
  listSites,
  selectSite,
  checkConnection,
  getCurrentUser,
  getAnonymousUser,
];
