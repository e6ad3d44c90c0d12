import type { Key } from '../client/index.ts';

/** A key's record in one line for people. */
export function describeKey(key: Key, now: Date): string {
  const { hint, account, role, used_credits, total_limit_credits, daily_limit_credits, allowed_models } = key;
  const ended = key.expires_at !== null && new Date(key.expires_at) <= now;
  const state = key.disabled ? 'disabled' : ended ? 'expired' : 'on';
  const limits = [
    total_limit_credits === null ? '' : ` of ${total_limit_credits}`,
    daily_limit_credits === null ? '' : `, ${daily_limit_credits} a day`,
    key.expires_at === null ? '' : `, until ${key.expires_at}`,
    allowed_models === null ? '' : `, only ${allowed_models.join(', ')}`,
  ].join('');
  return `${String(key.key_id).padStart(4)}  ${state.padEnd(8)}  ${hint}  ${role.padEnd(7)}  ${account.name}: ${key.name}  used ${used_credits}${limits}\n`;
}
