-- `attempt` is the fencing token and grows with every claim. `tries` counts the claims that may have harmed a worker or met
-- a fault: one that only waited for its turn, or that an orderly stop ended, is given back. Many tasks are claimed at once
-- while their sources are fetched, and a picture that kills its worker must not use up the tries of all of them.
alter table tasks add column tries integer not null default 0;
update tasks set tries = attempt where status in ('pending', 'processing');
