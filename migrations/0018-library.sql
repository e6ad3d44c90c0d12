-- A library that grows: words of the owner beside the upstream's categories, what an element is found by, and which
-- tasks named it.
alter table elements add column imported_from bigint;
alter table elements add column labels text[] not null default '{}';

-- What it's found by, folded by the program (`src/elements/words.ts`), since a database may know no letters but those of
-- ASCII. Null until a worker has done so for elements of before.
alter table elements add column words tsvector;
alter table elements add column sort_name text collate "C" not null default '';

-- The manifest, by far the largest column, lies apart, so that a search reads a fifth of the pages.
alter table elements set (toast_tuple_target = 512);

create index elements_words on elements using gin (words) where deleted_at is null;
create index elements_by_name on elements (account_id, sort_name, id) where deleted_at is null;
create index elements_without_words on elements (id) where words is null;
drop index elements_newest;
create index elements_newest on elements (account_id, created_at desc, id desc) where deleted_at is null;

-- Ids of tasks begin with the second they were made in, so their order is that of time.
create table element_uses (
  element_id bigint not null,
  task_id text collate "C" not null,
  primary key (element_id, task_id)
);
insert into element_uses (element_id, task_id)
  select distinct (named->>'element_id')::bigint, tasks.id
  from tasks, jsonb_array_elements(tasks.request->'elements') as named
  where tasks.request->>'kind' = 'video' and jsonb_typeof(tasks.request->'elements') = 'array';
