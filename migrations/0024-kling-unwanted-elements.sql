-- An element that is deleted here while the account that has a copy of it can't be asked: its key is gone, or another is in the
-- settings. The sweep deletes the copy once that account can be asked again.
alter table kling_elements add column unwanted_at timestamptz;
