-- The outbox. A row is written by the transaction that settles the task, so a callback is due exactly when billing is
-- confirmed. An attempt's row is written before anything is sent: a crash in between leaves an open attempt, which
-- counts as failed, so there are never more than four.
create table callbacks (
  task_id text collate "C" primary key,
  account_id bigint not null,
  url text not null,
  state text not null default 'due' check (state in ('due', 'delivered', 'given_up')),
  attempts smallint not null default 0 check (attempts between 0 and 4),
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  check ((finished_at is null) = (state = 'due'))
);

create table callback_attempts (
  task_id text collate "C" not null references callbacks,
  attempt smallint not null check (attempt between 1 and 4),
  started_at timestamptz not null default now(),
  outcome text,
  status_code integer,
  detail text,
  duration_ms integer,
  primary key (task_id, attempt)
);
