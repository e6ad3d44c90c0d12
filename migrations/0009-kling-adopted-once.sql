-- An account takes an element of the Kling account over once: two commands at the same moment must not make two of it.
alter table kling_elements add column account_id bigint;

-- Of those that were taken over twice before, the first counts; the others stay as they are.
update kling_elements set account_id = first.account_id
from (
  select distinct on (elements.account_id, credential, upstream_element_id) element_id, credential, elements.account_id
  from kling_elements join elements on elements.id = element_id
  where origin = 'adopted' and kling_elements.deleted_at is null
  order by elements.account_id, credential, upstream_element_id, kling_elements.created_at
) first
where kling_elements.element_id = first.element_id and kling_elements.credential = first.credential;

create unique index kling_elements_adopted_once on kling_elements (account_id, credential, upstream_element_id)
  where origin = 'adopted' and deleted_at is null;
