-- A task is one accepted request and its outcome. `attempt` is the fencing token: each claim raises it and every later
-- write of that claim carries it, so a worker that wakes up late changes nothing. Media bytes never lie here: pictures
-- sent inline are put into storage first and `request` names the stored copy.
create table tasks (
  id text collate "C" primary key,
  account_id bigint not null,
  api_key_id bigint not null,
  model text not null,
  type text not null,
  status text not null default 'pending'
    check (status in ('pending', 'processing', 'completed', 'failed', 'cancelled')),
  progress smallint not null default 0 check (progress between 0 and 100),
  step text,
  attempt integer not null default 0,
  request jsonb not null,
  request_digest bytea,
  idempotency_key text collate "C",
  callback_url text,
  billing_rule text not null,
  reserved_microcredits bigint not null check (reserved_microcredits >= 0),
  charged_microcredits bigint check (charged_microcredits between 0 and reserved_microcredits),
  error jsonb,
  result_data jsonb,
  results jsonb,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  check ((finished_at is not null) = (status in ('completed', 'failed', 'cancelled'))),
  check ((error is not null) = (status in ('failed', 'cancelled')))
);

create unique index tasks_idempotency on tasks (account_id, idempotency_key) where idempotency_key is not null;
create index tasks_newest on tasks (account_id, created_at desc, id desc);
create index tasks_unfinished on tasks (api_key_id) where status in ('pending', 'processing');
create index tasks_recent_durations on tasks (model, finished_at desc) where status = 'completed';
