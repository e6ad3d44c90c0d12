-- What became of a create is decided from what is known, by one function, whichever process asks and however often it was
-- killed since: so what the looks said, and how the creates ended, is kept here and in no process.
alter table kling_tasks
  -- Of a create that was sent again under the same id, when an earlier one may have arrived; `sent_at` is the first one's.
  add column resent_at timestamptz,
  -- The number (of `sends`) of the last create that is known to have ended, without an answer that tells.
  add column unanswered integer not null default 0,
  -- When the upstream refused a create since its id is taken: so one has arrived, whatever later looks say.
  add column taken_at timestamptz,
  -- What the last look said, so many times in a row, and since when. Null from the last create to the first look after it.
  add column look text check (look in ('running', 'empty', 'absent', 'unclear')),
  add column looks integer not null default 0,
  add column looked_at timestamptz,
  add column look_since timestamptz;

update kling_tasks set resent_at = sent_at where state = 'sending' and sends > 1;
