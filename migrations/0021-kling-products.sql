-- The Kling API limits an account by product: the version of a model and the kind of pack that pays for it. What stands in the
-- way of one says nothing of the others, so slots, pauses and stops are counted by product: `video/kling-v3`, `element`. The
-- rows of `video` and of '' (everything) are what all products below them share: a pack that is used up, a wrong key.
alter table kling_accounts add column product text collate "C" not null default '';
alter table kling_accounts drop constraint kling_accounts_pkey;
alter table kling_accounts add primary key (credential, product);

alter table kling_tasks
  add column product text collate "C" not null default '',
  -- Whose task it is, as text: turns at a slot go by accounts of ours. '' where that isn't known.
  add column owner text collate "C" not null default '';

update kling_tasks set product = case
  when endpoint like '%/omni-video' then 'video/kling-v3-omni'
  when endpoint like '/v1/videos/%' then 'video/kling-v3'
  else 'element' end;
