-- Texts and addresses of a request can be forgotten before its task is (TROUPE_REQUEST_DAYS): the row then says since when, and keeps what a
-- list, a query and a callback show.
alter table tasks add column request_forgotten_at timestamptz;

-- How far the sweep has come: of the account's tasks up to this one all are forgotten. So a sweep looks at no task twice, and who keeps
-- requests as long as tasks pays for no index.
create table forgotten_requests (
  account_id bigint primary key,
  reached_at timestamptz not null,
  reached_id text collate "C" not null
);
