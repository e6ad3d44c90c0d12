-- An element outlives its task, its results and its key. Ids are 16 digits below 2^53. One task makes at most one.
create table elements (
  id bigint primary key check (id between 1000000000000000 and 9007199254740991),
  account_id bigint not null,
  task_id text collate "C" not null unique,
  name text not null,
  description text not null,
  reference_type text not null check (reference_type in ('image_refer', 'video_refer')),
  voice_id text,
  engine text not null,
  manifest jsonb not null,
  created_at timestamptz not null default now()
);

create index elements_newest on elements (account_id, created_at desc, id desc);

create table element_files (
  element_id bigint not null references elements,
  name text not null,
  storage_key text not null unique,
  media_type text not null,
  size_bytes bigint not null check (size_bytes > 0),
  sha256 bytea not null check (octet_length(sha256) = 32),
  primary key (element_id, name)
);
