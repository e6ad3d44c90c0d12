-- The ledger. Every movement is one row that debits one ledger account and credits another by the same amount, so the
-- sum over all ledger accounts is zero by construction. Amounts are whole microcredits (10^-6 credit) below 2^53.
-- `balances` is the running total of the rows, kept in the same transaction so that a reservation can be refused under
-- one row lock; its constraints are what makes an overdraft impossible, not the code above it.
--
--   granted   (negative side: what the operator has given)   top_up   granted   -> available
--   available (can be reserved)                              reserve  available -> reserved
--   reserved  (held by unfinished tasks)                     settle   reserved  -> spent
--   spent     (charged)                                      refund   reserved  -> available (all of a reservation)
--                                                            release  reserved  -> available (the rest of a settled one)
create table balances (
  account_id bigint primary key references accounts,
  granted_microcredits bigint not null default 0 check (granted_microcredits <= 9007199254740991),
  available_microcredits bigint not null default 0 check (available_microcredits >= 0),
  reserved_microcredits bigint not null default 0 check (reserved_microcredits >= 0),
  spent_microcredits bigint not null default 0 check (spent_microcredits >= 0),
  check (granted_microcredits = available_microcredits + reserved_microcredits + spent_microcredits)
);

create table transfers (
  id bigint generated always as identity primary key,
  account_id bigint not null,
  kind text not null,
  debit text not null,
  credit text not null,
  amount_microcredits bigint not null check (amount_microcredits between 0 and 9007199254740991),
  task_id text collate "C",
  note text,
  created_at timestamptz not null default now(),
  check ((kind, debit, credit) in (
    ('top_up', 'granted', 'available'),
    ('withdraw', 'available', 'granted'),
    ('reserve', 'available', 'reserved'),
    ('settle', 'reserved', 'spent'),
    ('refund', 'reserved', 'available'),
    ('release', 'reserved', 'available'))),
  check ((task_id is null) = (kind in ('top_up', 'withdraw')))
);

-- One reservation for a task, and exactly one resolution of it: a second settle or refund breaks an index.
create unique index transfers_one_reservation on transfers (task_id) where kind = 'reserve';
create unique index transfers_one_resolution on transfers (task_id) where kind in ('settle', 'refund');
create unique index transfers_one_release on transfers (task_id) where kind = 'release';
create index transfers_by_account on transfers (account_id, id);

create function refuse_ledger_change() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger is append-only: correct it with a new transfer';
end $$;

create trigger transfers_append_only before update or delete or truncate on transfers
  for each statement execute function refuse_ledger_change();
