-- Tasks that are deleted for their age (TROUPE_TASK_DAYS) leave their use behind, by what a report tells apart: what an
-- account has used stays the same. The ledger keeps every transfer.
create table past_usage (
  account_id bigint not null,
  day date not null,
  model text not null,
  api_key_id bigint not null,
  status text not null,
  tasks bigint not null,
  charged_microcredits bigint not null,
  primary key (account_id, day, model, api_key_id, status)
);
