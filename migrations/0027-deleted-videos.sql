-- What a finished task has made can be deleted by its owner before its time is over. The task stays: its credits were charged.
alter table tasks add column deleted_at timestamptz;
