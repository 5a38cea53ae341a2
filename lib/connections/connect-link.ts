import { env } from '#env';
import type { BundleName } from './bundles.ts';

export type ConnectLink = {
  /** A path of this app; the connections page when absent. */
  returnTo?: string;
  bundles?: readonly BundleName[];
  /** Single scopes that must come along. */
  scopes?: readonly string[];
  /** Whose link it is: somebody else who opens it is told so. */
  userId?: string;
};

/** The path that leads to Atlassian's consent page; what was granted before is asked again with it. */
export function connectPath(o: ConnectLink = {}): string {
  const query = new URLSearchParams({
    returnTo: o.returnTo ?? '/settings/connections',
    ...(o.bundles === undefined || o.bundles.length === 0 ? {} : { bundles: o.bundles.join(',') }),
    ...(o.scopes === undefined || o.scopes.length === 0 ? {} : { scopes: o.scopes.join(',') }),
    ...(o.userId === undefined ? {} : { for: o.userId }),
  });
  // Written as people read it: these signs need no escape in a query.
  return `/connect?${query.toString().replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%2F', '/')}`;
}

/** The same as an absolute address, for a client to show. */
export const connectLink = (o: ConnectLink = {}): string => `${env().publicUrl}${connectPath(o)}`;
