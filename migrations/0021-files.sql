-- Files that callers keep here for a while, to name them in requests. A row is there before its bytes: while they come it holds
-- their place in the account's quota, so that uploads at the same time can't pass it together, and it lapses by itself when
-- nobody renews it, so that a killed process holds nothing. Deleted and ended rows stay until the sweep has taken the bytes.
create table files (
  id text collate "C" primary key,
  account_id bigint not null,
  -- What it counts in the quota: what was reserved until all of it has come, then its size.
  size_bytes bigint not null check (size_bytes > 0),
  -- Null once it has come.
  arriving_until timestamptz,
  file_name text not null default '',
  original_name text not null default '',
  upload_path text not null default '',
  media_type text,
  sha256 bytea check (octet_length(sha256) = 32),
  -- The caller's own name of the upload, by which it asks what became of it.
  upload_id text collate "C",
  created_at timestamptz not null,
  expires_at timestamptz not null,
  deleted_at timestamptz,
  check (arriving_until is not null or (media_type is not null and sha256 is not null))
);

create index files_newest on files (account_id, created_at desc, id desc) where deleted_at is null;
create unique index files_upload on files (account_id, upload_id) where upload_id is not null;
create index files_ended on files (expires_at);
