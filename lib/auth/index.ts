export type { KeyTier } from '#lib/wire';
export { parseExpiry } from './expiry.ts';
export { assertSameOrigin, checked, readJson } from './guard.ts';
export {
  acceptInvite,
  createFirstAdmin,
  createInvite,
  firstAdminToken,
  inviteIsOpen,
  listInvites,
  type NewPerson,
  needsFirstAdmin,
  newInviteSchema,
  newPersonSchema,
  revokeInvite,
} from './invites.ts';
export { keyCeiling } from './key-ceiling.ts';
export { type KeyConfig, type KeyConfigInput, type KeyLimits, keyConfigSchema } from './key-config.ts';
export {
  bearerOf,
  createKeyFromRequest,
  type KeyManager,
  type KeyRequest,
  keyManager,
  makeKey,
  type OperationNames,
} from './key-requests.ts';
export {
  createKey,
  type KeyView,
  keyNameSchema,
  listKeys,
  type NewKey,
  revokeKey,
  testKeyOf,
  type VerifiedKey,
  verifyKey,
} from './keys.ts';
export { type SignInMethods, signInMethods } from './methods.ts';
export { authHandler, currentSession, currentUser, requireUser, signInErrors } from './next-auth.ts';
export {
  authorizationServerMetadata,
  type Consent,
  type ConsentRequest,
  challengeFields,
  consentRequest,
  consentSchema,
  decideConsent,
  type GrantView,
  handleOauth,
  listGrants,
  protectedResourceMetadata,
  type RedirectKind,
  revokeGrant,
  scopesOf,
  type VerifiedToken,
  verifyToken,
} from './oauth/index.ts';
export { passwordSchema } from './password.ts';
export {
  type AtlassianProfile,
  demoPeople,
  demoPerson,
  disablePerson,
  findOrCreateAtlassianUser,
  linkAtlassianAccount,
  listPeople,
  type PersonView,
  requireAdmin,
  userById,
} from './people.ts';
export { type HostedReach, hostedReach } from './reach.ts';
export { endAccess, type Right, whileAllowed } from './revocations.ts';
export { type RightView, removeSpentRights } from './rights.ts';
export { listSessions, readSession, revokeSession, type SessionView } from './sessions.ts';
export { issueTicket } from './tickets.ts';
export { demoAllowed, type User } from './user.ts';
