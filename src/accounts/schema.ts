import { type Static, Type } from 'typebox';
import { type Role, roles } from './roles.ts';

/** An account as its row has it; `name` is unique, 1 to 64 characters. */
export interface Account {
  id: number;
  name: string;
  created_at: Date;
}

/** A `whsec_` secret of Standard Webhooks that an account's callbacks are signed with. */
export interface CallbackSecret {
  secret: string;
  created_at: Date;
  /** Null for the newest one; an older one signs no more from then on. */
  expires_at: Date | null;
}

/** What a request may know of the key that it came with. */
export interface AuthenticatedKey {
  key_id: number;
  key_name: string;
  account_id: number;
  account_name: string;
  role: Role;
  /** Null: every model. */
  allowed_models: readonly string[] | null;
  expires_at: Date | null;
  disabled_at: Date | null;
  last_used_at: Date | null;
}

/** A key as lists show it; its secret is not stored anywhere. */
export interface ApiKey {
  id: number;
  account_id: number;
  account_name: string;
  name: string;
  role: Role;
  /** Prefix and last four characters, to tell keys apart. */
  hint: string;
  /** The public half of its pair, of a key that has one. */
  access_key: string | null;
  allowed_models: string[] | null;
  total_limit_microcredits: number | null;
  daily_limit_microcredits: number | null;
  used_microcredits: number;
  /** Since midnight UTC. */
  used_today_microcredits: number;
  expires_at: Date | null;
  disabled_at: Date | null;
  last_used_at: Date | null;
  created_at: Date;
}

/** What of a key may be changed; absent fields stay. Null takes a limit away. */
export interface KeyChange {
  /** 1 to 64 characters. */
  name?: string | undefined;
  role?: Role | undefined;
  disabled?: boolean | undefined;
  /** A time in the past ends the key at once. */
  expires_at?: Date | null | undefined;
  /** At least one. */
  allowed_models?: readonly string[] | null | undefined;
  total_limit_microcredits?: number | null | undefined;
  daily_limit_microcredits?: number | null | undefined;
}

/** What a key may still spend, whatever the account has. Null limits and rests mean no limit. */
export interface KeyAllowance {
  key_name: string;
  total_limit_microcredits: number | null;
  used_microcredits: number;
  remaining_microcredits: number | null;
  daily_limit_microcredits: number | null;
  /** Since midnight UTC. */
  used_today_microcredits: number;
  remaining_today_microcredits: number | null;
  expires_at: Date | null;
  disabled_at: Date | null;
}

/** A time as answers have it. */
const time = (description: string) =>
  Type.Unsafe<string | null>({ type: ['string', 'null'], format: 'date-time', description });

const limit = (description: string) =>
  Type.Unsafe<number | null>({ type: ['number', 'null'], minimum: 0, description });

/** A key as the API shows it; the key itself is in no record but that of its making. */
export const KeyRecord = Type.Object(
  {
    key_id: Type.Integer(),
    name: Type.String(),
    role: Type.Enum([...roles], { type: 'string', description: 'What it may do beside making things.' }),
    account: Type.Object({ account_id: Type.Integer(), name: Type.String() }),
    hint: Type.String({ description: 'Its beginning and last four characters.', examples: ['sk-troupe…Xy9z'] }),
    access_key: Type.Optional(
      Type.String({ description: 'The public half of its pair, of a key that was made with one.' }),
    ),
    allowed_models: Type.Unsafe<string[] | null>({
      type: ['array', 'null'],
      items: { type: 'string' },
      description: 'Models that it may use; null for all.',
    }),
    total_limit_credits: limit('What it may spend in all; null for no limit.'),
    daily_limit_credits: limit('What it may spend from midnight to midnight UTC; null for no limit.'),
    used_credits: Type.Number({ minimum: 0 }),
    used_today_credits: Type.Number({ minimum: 0, description: 'Since midnight UTC.' }),
    expires_at: time('When it ends; null for never.'),
    disabled: Type.Boolean(),
    last_used_at: time('To the minute; null when it was never used.'),
    created_at: Type.String({ format: 'date-time' }),
  },
  { title: 'Key' },
);
export type KeyRecord = Static<typeof KeyRecord>;
