import {
  createGuardedFetch,
  type GuardedFetch,
  isPublicAddress,
  type Reach,
  resolveName,
} from '#lib/guarded-fetch';

/**
 * A GET of an address that an MCP client named (its metadata document, its keys): https only, to the public internet
 * only, no redirects, at most 64 KB within 5 seconds.
 * @throws Error with the reason; nothing was sent where an address is refused.
 */
export function documentFetch(
  o: Partial<Pick<Reach, 'resolve' | 'allows'>> & { ca?: string } = {},
): GuardedFetch {
  const { ca, ...given } = o;
  return createGuardedFetch({
    reach: {
      resolve: resolveName,
      allows: isPublicAddress,
      protocols: ['https:'],
      ports: null,
      innerNames: false,
      ...given,
    },
    maxBytes: 64 * 1024,
    maxMs: 5000,
    ...(ca === undefined ? {} : { ca }),
  });
}
