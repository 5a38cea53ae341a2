/** Asking addresses that a stranger named, without being led into our own network. */
export { isInsideAddress, isPublicAddress } from './addresses.ts';
export { createGuardedFetch, type GuardedFetch, type GuardedFetchOptions, TooLarge } from './fetch.ts';
export {
  bareHost,
  checkAddress,
  guardedRequest,
  isInnerName,
  publicWeb,
  type Reach,
  Refused,
  resolveName,
} from './request.ts';
