-- A dry run is a task like any other but for its books: it reserves and charges nothing, and has no transfer. A column, since
-- what is measured of tasks (their usual duration, their use) leaves it out.
alter table tasks
  add column dry_run boolean not null default false,
  add check (not dry_run or reserved_microcredits = 0);
