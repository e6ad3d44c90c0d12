-- Accounts own balance, tasks and elements; keys only open the door to them. A key's secret is never stored: a random
-- secret of 178 bits needs no slow hash, so one SHA-256 is enough and a lookup stays one index probe.
create table accounts (
  id bigint generated always as identity primary key,
  name text not null unique check (name <> '' and char_length(name) <= 64),
  callback_secrets text[] not null check (cardinality(callback_secrets) between 1 and 2),
  created_at timestamptz not null default now()
);

create table api_keys (
  id bigint generated always as identity primary key,
  account_id bigint not null references accounts,
  name text not null check (name <> '' and char_length(name) <= 64),
  digest bytea not null unique check (octet_length(digest) = 32),
  hint text not null,
  allowed_models text[],
  total_limit_microcredits bigint check (total_limit_microcredits >= 0),
  daily_limit_microcredits bigint check (daily_limit_microcredits >= 0),
  used_microcredits bigint not null default 0 check (used_microcredits between 0 and 9007199254740991),
  used_today_microcredits bigint not null default 0 check (used_today_microcredits >= 0),
  used_today_on date not null default '-infinity',
  expires_at timestamptz,
  disabled_at timestamptz,
  last_used_at timestamptz,
  created_at timestamptz not null default now()
);

create index api_keys_by_account on api_keys (account_id);
