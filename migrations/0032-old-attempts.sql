-- By which a sweep finds the attempts that are older than TROUPE_ATTEMPT_DAYS, step by step, without reading those that stay.
create index callback_attempts_started on callback_attempts (started_at);
