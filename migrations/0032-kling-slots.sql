-- The Kling API counts the slots of a task by what it makes: one of a video, one for each picture of several.
alter table kling_tasks add column slots smallint not null default 1 check (slots > 0);
