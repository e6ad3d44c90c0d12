import type { ApiKey } from '../accounts/index.ts';
import { presentCredits } from '../credits/index.ts';

/** A key's record as it is printed for programs: credits, and times in ISO 8601. */
export function presentKey(key: ApiKey) {
  const credits = (amount: number | null) => (amount === null ? null : presentCredits(amount));
  return {
    key_id: key.id,
    name: key.name,
    role: key.role,
    account: { account_id: key.account_id, name: key.account_name },
    hint: key.hint,
    allowed_models: key.allowed_models,
    total_limit_credits: credits(key.total_limit_microcredits),
    daily_limit_credits: credits(key.daily_limit_microcredits),
    used_credits: presentCredits(key.used_microcredits),
    used_today_credits: presentCredits(key.used_today_microcredits),
    expires_at: key.expires_at,
    disabled: key.disabled_at !== null,
    last_used_at: key.last_used_at,
    created_at: key.created_at,
  };
}

/** The same in one line for people. */
export function describeKey(key: ApiKey, now: Date): string {
  const { hint, account, role, used_credits, total_limit_credits, daily_limit_credits, allowed_models } =
    presentKey(key);
  const ended = key.expires_at !== null && key.expires_at <= now;
  const state = key.disabled_at !== null ? 'disabled' : ended ? 'expired' : 'on';
  const limits = [
    total_limit_credits === null ? '' : ` of ${total_limit_credits}`,
    daily_limit_credits === null ? '' : `, ${daily_limit_credits} a day`,
    key.expires_at === null ? '' : `, until ${key.expires_at.toISOString()}`,
    allowed_models === null ? '' : `, only ${allowed_models.join(', ')}`,
  ].join('');
  return `${String(key.id).padStart(4)}  ${state.padEnd(8)}  ${hint}  ${role.padEnd(7)}  ${account.name}: ${key.name}  used ${used_credits}${limits}\n`;
}
