-- What operators and managers changed: who, what, when. A table and no log line: it is written in the transaction of the
-- change itself, so neither is without the other, it outlives the log's rotation, and commands have no log of their own.
create table audit_lines (
  id bigint generated always as identity primary key,
  changed_at timestamptz not null default now(),
  -- 'user:NAME' of the operating system, 'key:ID', or 'server' for what a process does by itself at its first start.
  actor text not null check (actor <> ''),
  action text not null check (action <> ''),
  -- 'key:ID', 'account:ID', …; no reference, since a line outlives what it is about.
  subject text not null,
  account_id bigint,
  details jsonb not null default '{}'
);

create index audit_lines_by_account on audit_lines (account_id, id);

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'audit lines are append-only';
end $$;

create trigger audit_lines_append_only before update or delete or truncate on audit_lines
  for each statement execute function refuse_audit_change();

-- The account keeps its newest secret in callback_secrets[1]; an older one is valid beside it until it ends.
alter table accounts add column callback_secret_created_at timestamptz not null default now();
update accounts set callback_secret_created_at = created_at where cardinality(callback_secrets) = 1;

create table retired_callback_secrets (
  account_id bigint not null references accounts,
  secret text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (account_id, secret)
);

insert into retired_callback_secrets (account_id, secret, created_at, expires_at)
select id, callback_secrets[2], created_at, now() + interval '24 hours' from accounts where cardinality(callback_secrets) = 2;

update accounts set callback_secrets = array[callback_secrets[1]] where cardinality(callback_secrets) = 2;
