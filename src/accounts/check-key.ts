import { keyDisabled, keyExpired, modelAccessDenied } from './errors.ts';
import type { AuthenticatedKey } from './schema.ts';

/** Throws 402 `key_disabled` or `key_expired` for a key that is known but must not work at `now`. */
export function checkKeyUsable(
  key: Pick<AuthenticatedKey, 'key_name' | 'disabled_at' | 'expires_at'>,
  now: Date,
): void {
  if (key.disabled_at) throw keyDisabled(key.key_name);
  if (key.expires_at && key.expires_at <= now) throw keyExpired(key.key_name, key.expires_at);
}

/** Throws 403 `model_access_denied` when the key is limited to models and `model` isn't one of them. */
export function checkModelAllowed(key: Pick<AuthenticatedKey, 'key_name' | 'allowed_models'>, model: string): void {
  if (key.allowed_models === null || key.allowed_models.includes(model)) return;
  throw modelAccessDenied(key.key_name, model, key.allowed_models);
}
