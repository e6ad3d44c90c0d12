-- What was begun upstream for a task that nobody knows any more is deleted once no budget or report counts it and nothing of it is left
-- upstream; see `forgotten-queries.ts`.
alter table kling_tasks add column forgotten_at timestamptz;
create index kling_tasks_forgotten on kling_tasks (forgotten_at) where forgotten_at is not null;
