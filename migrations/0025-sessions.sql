-- Browsers that are signed in, and links that sign one in. Of either only the SHA-256 is kept: who reads this table can sign in
-- nowhere. Bound to a key, so that a session can do what its key can do at that moment, and ends with it.
create table key_sessions (
  digest bytea primary key check (length(digest) = 32),
  key_id bigint not null references api_keys on delete cascade,
  created_at timestamptz not null,
  -- To the minute: a session ends when it has been idle for long, and at the latest at expires_at.
  used_at timestamptz not null,
  expires_at timestamptz not null
);

create index key_sessions_by_key on key_sessions (key_id);
create index key_sessions_by_end on key_sessions (expires_at);

-- What the start of a server prints for its operator; a link is gone once it was followed.
create table sign_in_links (
  digest bytea primary key check (length(digest) = 32),
  key_id bigint not null references api_keys on delete cascade,
  expires_at timestamptz not null
);
