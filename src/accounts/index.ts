/**
 * Owns accounts and their API keys: issue, verify, limit, revoke, the sessions of browsers that showed one, and the secrets
 * that sign an account's callbacks.
 * Not balances (credits), not requests: the http door reads the header and answers 429.
 * Invariant: no key can be read back, and a revoked one opens nothing after 1 s.
 */
export {
  createAccount,
  getAccount,
  getAccountByName,
  listCallbackSecrets,
  rotateCallbackSecret,
} from './accounts.ts';
export { authenticateKey } from './authenticate-key.ts';
export { checkGrant, type Grant, isWider } from './check-grant.ts';
export { checkModelAllowed } from './check-key.ts';
export { checkRole, findScope } from './check-role.ts';
export { type CreatedKey, createKey, createKeyOf, type KeyRequest } from './create-key.ts';
export { accountNotFound, cannotEndItself, keyNotFound } from './errors.ts';
export { getKeyAllowance } from './get-key-allowance.ts';
export { createKeyCache, type KeyCache, keysChanged } from './key-cache.ts';
export { changeKey, deleteKey, disableKey, enableKey, expireKey, getKey, lockKeys } from './keys.ts';
export { createPairs, isToken, type KeyPair, type Pairs } from './pairs.ts';
export { presentKey } from './present-key.ts';
export {
  findAccount,
  findAccountByName,
  listAccounts,
  listAccountsBefore,
  listKeys,
  listKeysBefore,
} from './queries.ts';
export { createRateLimiter, type RateLimiter } from './rate-limiter.ts';
export { hasRole, type Role, roles } from './roles.ts';
export type { Account, ApiKey, AuthenticatedKey, CallbackSecret, KeyChange } from './schema.ts';
export {
  authenticateSession,
  createSession,
  createSignInLink,
  endSession,
  forgetEndedSessions,
  type NewSignIn,
  type SignIn,
} from './sessions.ts';

export { returnKeyAllowance, useKeyAllowance } from './use-key-allowance.ts';
export { useKeyAllowances } from './use-key-allowances.ts';
