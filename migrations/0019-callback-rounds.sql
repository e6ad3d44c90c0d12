-- A finished callback can be sent again: a new round of attempts under the same webhook-id, numbered on from those before.
-- `attempts_before` is how many there were when the round began, so an attempt or a job of an earlier round is told from its
-- number alone. How many attempts a round has is a setting by now, so no check counts them.
alter table callbacks
  add column attempts_before integer not null default 0,
  drop constraint callbacks_attempts_check,
  alter column attempts type integer,
  add check (attempts >= attempts_before and attempts_before >= 0);

alter table callback_attempts
  drop constraint callback_attempts_attempt_check,
  alter column attempt type integer,
  add check (attempt >= 1);

-- What an operator's `callbacks resend --since` and the list of given-up callbacks look through; the delivered ones, nearly
-- all, cost it nothing.
create index callbacks_given_up on callbacks (account_id, finished_at desc, task_id desc) where state = 'given_up';
