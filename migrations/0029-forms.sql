-- Clients of the official Kling API sign with a pair of keys, name their tasks themselves and are called back in the vendor's form. The secret
-- half of a pair is derived from the access key under a secret that isn't kept in this database.
alter table api_keys add column access_key text unique;

alter table tasks
  add column external_task_id text,
  add column callback_form text;
create unique index tasks_by_external_id on tasks (account_id, external_task_id) where external_task_id is not null;
