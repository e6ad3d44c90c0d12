-- Cut-outs that a person mends: an element says how often its pictures have changed, and files that were replaced stay for
-- whoever still works with them.
alter table elements add column revision integer not null default 1 check (revision >= 1);
alter table element_files add column replaced_at timestamptz;
create index element_files_replaced on element_files (replaced_at) where replaced_at is not null;
