-- What the vendor takes for a video, in its units: expected when the task is begun, and as it told when the task had ended. A budget of the
-- day counts the one where the other isn't known yet. The balance of an account is what it last told.
alter table kling_tasks
  add column expected_units numeric not null default 0 check (expected_units >= 0),
  add column units numeric check (units >= 0);
create index kling_tasks_by_sent_at on kling_tasks (credential, sent_at) where purpose = 'video';

alter table kling_accounts
  add column balance jsonb,
  add column balance_at timestamptz;
