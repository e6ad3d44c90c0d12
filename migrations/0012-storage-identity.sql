-- Stored files and the rows that know them belong together, and a sweep against the wrong database would take them all. One
-- identity lies on both sides, drawn at the first start; a start where they differ is refused. `is_stored` tells a storage
-- that was never given it from one that has lost it. A sweep that stopped says so here, for every process that is asked.
create table storage_identity (
  only_one boolean primary key default true check (only_one),
  identity text collate "C" not null,
  is_stored boolean not null default false,
  sweep_stopped text,
  sweep_stopped_at timestamptz,
  check ((sweep_stopped is null) = (sweep_stopped_at is null))
);
