-- Custom voices belong to the operator's Kling account, which all accounts of this server share. Somebody's cloned voice is
-- nothing that anybody may speak with who has guessed or seen its id, so each is usable only by whom it was granted to.
create table kling_voice_grants (
  credential text collate "C" not null,
  voice_id text collate "C" not null,
  account_id bigint not null references accounts,
  granted_at timestamptz not null default now(),
  primary key (credential, voice_id, account_id)
);
