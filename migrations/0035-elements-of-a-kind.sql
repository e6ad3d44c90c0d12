-- A library that is narrowed to one kind of elements: where few of many are of it, the list in its order was read to its end to find them.
create index elements_of_kind on elements (account_id, reference_type, created_at desc, id desc) where deleted_at is null;
