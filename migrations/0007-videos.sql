-- Links to stored files carry a signature instead of a key, so that a plain client can follow them. One secret for all
-- processes; it is drawn here once and never leaves the database but into their memory.
create table server_secrets (
  name text primary key,
  secret bytea not null check (octet_length(secret) >= 32)
);

-- A deleted element stays as a row: videos made of it still name it, and its id is never given to another.
alter table elements add column deleted_at timestamptz;
