-- Lists that are narrowed to a kind of tasks find it among millions of others: each kind in the list's own order. Of finished tasks alone,
-- which never change any more, so that it is written once for each.
create index tasks_finished on tasks (account_id, type, model, status, created_at desc, id desc) where finished_at is not null;

-- Days before this one (UTC) are added up in `past_usage`, whether or not their tasks are still there: a report of 90 days reads sums
-- and not millions of rows. One row. The sweep moves it on once nothing of a day is unfinished.
create table summed_usage (
  only_one boolean primary key default true check (only_one),
  before date not null
);
