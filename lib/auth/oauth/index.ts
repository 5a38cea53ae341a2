/** The authorization server for MCP clients, and the grants people give through it. */
export {
  type Consent,
  type ConsentRequest,
  consentRequest,
  consentSchema,
  decideConsent,
} from './consent.ts';
export { type GrantView, listGrants, revokeGrant, type VerifiedToken, verifyToken } from './grants.ts';
export { handleOauth } from './handler.ts';
export {
  authorizationServerMetadata,
  challengeFields,
  protectedResourceMetadata,
} from './metadata.ts';
export type { RedirectKind } from './redirects.ts';
export { scopesOf } from './scopes.ts';
