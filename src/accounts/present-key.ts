import { presentCredits } from '../lib/microcredits.ts';
import type { ApiKey, KeyRecord } from './schema.ts';

/** A key's record as the API and the command line show it: in credits, with times in ISO 8601. */
export function presentKey(key: ApiKey): KeyRecord {
  const credits = (amount: number | null) => (amount === null ? null : presentCredits(amount));
  return {
    key_id: key.id,
    name: key.name,
    role: key.role,
    account: { account_id: key.account_id, name: key.account_name },
    hint: key.hint,
    ...(key.access_key === null ? {} : { access_key: key.access_key }),
    allowed_models: key.allowed_models,
    total_limit_credits: credits(key.total_limit_microcredits),
    daily_limit_credits: credits(key.daily_limit_microcredits),
    used_credits: presentCredits(key.used_microcredits),
    used_today_credits: presentCredits(key.used_today_microcredits),
    expires_at: key.expires_at?.toISOString() ?? null,
    disabled: key.disabled_at !== null,
    last_used_at: key.last_used_at?.toISOString() ?? null,
    created_at: key.created_at.toISOString(),
  };
}
