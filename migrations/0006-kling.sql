-- What this program has begun at the Kling API. A row is written, with the `external_task_id` of its own, before anything
-- is sent: a process that is killed at any moment leaves enough for another to ask what became of the call, instead of
-- making (and paying for) the same thing twice. `credential` is a fingerprint of the account that was used, never a key.
--
--   waiting   -> sending    a slot was free; from here on a create may have reached the upstream
--   sending   -> waiting    it certainly did not (refused for want of room, never connected)
--   sending   -> submitted  the upstream has it, under `upstream_task_id`
--   submitted -> succeeded | failed; waiting and sending may fail as well
create table kling_tasks (
  external_task_id text collate "C" primary key,
  arrival bigint generated always as identity unique,
  purpose text not null check (purpose in ('video', 'element', 'provision')),
  -- Our task's id; of a provision the id of the element.
  subject text collate "C" not null,
  credential text collate "C" not null,
  endpoint text not null,
  state text not null default 'waiting' check (state in ('waiting', 'sending', 'submitted', 'succeeded', 'failed')),
  -- Whether it counts against the account's parallel tasks while it is sending or submitted.
  holds_slot boolean not null,
  -- Creates that may have been sent. The fencing token of a resend: two processes can't both raise it from one value.
  sends integer not null default 0,
  upstream_task_id text,
  request_ids text[] not null default '{}',
  -- As it came: jsonb would be read back through JavaScript numbers, which round ids of 19 digits.
  last_answer text,
  failure jsonb,
  created_at timestamptz not null default now(),
  -- When its process last said that it still waits; who is silent doesn't hold up those behind.
  waited_at timestamptz not null default now(),
  sent_at timestamptz,
  polled_at timestamptz,
  -- A callback said that something happened.
  hinted_at timestamptz,
  finished_at timestamptz,
  check ((finished_at is not null) = (state in ('succeeded', 'failed'))),
  check ((failure is not null) = (state = 'failed'))
);

-- One upstream task for each of ours. What failed to be provisioned may be tried again by a later video.
create unique index kling_tasks_one_each on kling_tasks (purpose, subject) where purpose in ('video', 'element');
create unique index kling_tasks_one_provision on kling_tasks (subject, credential)
  where purpose = 'provision' and state <> 'failed';
create index kling_tasks_unfinished on kling_tasks (credential, state, arrival) where state not in ('succeeded', 'failed');
create index kling_tasks_by_upstream_id on kling_tasks (upstream_task_id);

-- One row for each account: whoever gives out slots locks it. What one process learns of the account holds for all.
create table kling_accounts (
  credential text collate "C" primary key,
  paused_until timestamptz not null default '-infinity',
  -- Refusals for want of room in a row; they lengthen the pause.
  pauses integer not null default 0,
  stopped_until timestamptz not null default '-infinity',
  stop_reason text
);

-- Our elements where they exist upstream. An id upstream is good for the account that made it and for no other.
create table kling_elements (
  element_id bigint not null,
  credential text collate "C" not null,
  upstream_element_id text not null check (upstream_element_id ~ '^[0-9]{1,30}$'),
  origin text not null check (origin in ('created', 'provisioned', 'adopted')),
  created_at timestamptz not null default now(),
  deleted_at timestamptz,
  primary key (element_id, credential)
);

create index kling_elements_by_upstream_id on kling_elements (credential, upstream_element_id);
