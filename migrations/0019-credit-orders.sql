-- A top-up or withdrawal over the API that carried an Idempotency-Key. The row stands in the transaction of its transfer, so a
-- request that is repeated, or that races itself, finds the key taken exactly when its credits have moved.
create table credit_orders (
  account_id bigint not null references accounts,
  idempotency_key text collate "C" not null,
  request_digest bytea not null check (octet_length(request_digest) = 32),
  created_at timestamptz not null default now(),
  primary key (account_id, idempotency_key)
);
