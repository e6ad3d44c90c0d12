import type { Account } from '../client/index.ts';

/** An account's record in one line for people. */
export function describeAccount({
  account_id,
  name,
  remaining_credits,
  reserved_credits,
  used_credits,
}: Account): string {
  return `${String(account_id).padStart(4)}  ${name}  ${remaining_credits} to spend, ${reserved_credits} reserved, ${used_credits} used\n`;
}
