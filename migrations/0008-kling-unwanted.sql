-- An element that is made upstream for a task or for a library that wants it no longer (cancelled, failed, deleted
-- meanwhile) would stay there for ever, known to nobody. Its row says so in the transaction that ends the want, and the
-- sweep deletes it upstream once it is there, whichever process lives then.
alter table kling_tasks
  add column unwanted_at timestamptz,
  -- When the sweep was done with it: deleted upstream, or never made.
  add column removed_at timestamptz;

create index kling_tasks_unwanted on kling_tasks (credential, unwanted_at)
  where unwanted_at is not null and removed_at is null;
