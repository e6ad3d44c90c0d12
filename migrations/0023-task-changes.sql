-- What event streams read: which tasks changed, and in which transaction. Kept for a while (`expire`). By a trigger, so that no
-- statement can change a task unseen. The transaction's id is the position, and no sequence: a number that is drawn early and
-- committed late would be skipped, while a snapshot tells of each transaction whether it could be seen (docs/decisions).
create table task_changes (
  account_id bigint not null,
  transaction_id xid8 not null default pg_current_xact_id(),
  task_id text collate "C" not null,
  changed_at timestamptz not null default now(),
  primary key (account_id, transaction_id, task_id)
);

create index task_changes_by_age on task_changes (changed_at);

create function note_task_change() returns trigger language plpgsql as $$
begin
  insert into task_changes (account_id, task_id) values (new.account_id, new.id) on conflict do nothing;
  return null;
end $$;

create trigger tasks_inserted after insert on tasks for each row execute function note_task_change();

create trigger tasks_changed after update of status, progress, step on tasks for each row
  when ((old.status, old.progress, old.step) is distinct from (new.status, new.progress, new.step))
  execute function note_task_change();
