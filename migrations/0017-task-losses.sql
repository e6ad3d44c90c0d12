-- `losses` counts the claims that ended without a word since the last one that did say how it ended: their worker was killed.
-- Whoever kills a worker has nothing to do with its tasks, so a lost claim uses up no try; only very many in a row end a task.
alter table tasks add column losses integer not null default 0;
