-- The Kling API's categories of an element, which a request may name. Kept as its ids: `o_102` is a character.
alter table elements add column tags text[] not null default '{}';
