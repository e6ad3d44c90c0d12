-- By which a worker, and the receiver of a callback, go on with the trace of the request that made a task.
alter table tasks add column trace_parent text;
