-- Reports of use read a year of tasks. The index holds all that they show, so that no row is fetched; and only of finished
-- tasks, which never change any more, so that it is written once for each (docs/decisions/0050-usage.md).
create index tasks_usage on tasks (account_id, created_at)
  include (model, api_key_id, status, charged_microcredits) where finished_at is not null;
