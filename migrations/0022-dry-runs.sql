-- A dry run is a task like any other but for its books: it reserves and charges nothing, and has no transfer. A column, since
-- what is measured of tasks (their usual duration, their use) leaves it out.
alter table tasks
  add column dry_run boolean not null default false,
  add check (not dry_run or reserved_microcredits = 0);

-- Reports of use are of what was paid for: without dry runs. The index leaves them out, so that it still holds all that is asked.
drop index tasks_usage;
create index tasks_usage on tasks (account_id, created_at)
  include (model, api_key_id, status, charged_microcredits) where finished_at is not null and not dry_run;
