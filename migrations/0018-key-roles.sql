-- What a key may do beside making things: `manager` its own account's keys, usage and ledger, `admin` all accounts. Keys of
-- before could do none of it, so they stay callers; the operator raises one on the server's machine (`keys edit --role`).
alter table api_keys add column role text not null default 'caller' check (role in ('caller', 'manager', 'admin'));
