-- Addresses that answered that there is nobody: a keyed hash, so that nothing more is sent there. The room of persons flags whom it concerns.
create table mail.undeliverable (
  address_hash bytea primary key,
  person_id integer,
  since date not null default current_date,
  code text not null
);
alter table mail.undeliverable enable row level security;
create policy by_system on mail.undeliverable using (access.is_system()) with check (access.is_system());
grant select, insert, update, delete on mail.undeliverable to anlauf_app;

-- the mailbox is not there or closed (RFC 3463 5.1.x, 5.2.1); a full one or a letter taken for spam says nothing about the address
create function mail.is_bad_address(trouble text) returns boolean language sql immutable
  return coalesce(trouble ~ '^refused ((550|551|553)( 5\.(1\.[0-9]+|2\.1|0\.0))?|5\.(1\.[0-9]+|2\.1))$', false);
create function mail.is_undeliverable(hash bytea) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from mail.undeliverable u where u.address_hash = hash)
$$;
-- somebody has looked at the address: letters go there again
create function mail.try_again(hash bytea) returns void language plpgsql security definer set search_path = '' as $$
begin
  if access.actor() is null then raise exception 'nobody acts' using errcode = '42501'; end if;
  delete from mail.undeliverable u where u.address_hash = hash;
end $$;
grant execute on function mail.is_bad_address(text), mail.is_undeliverable(bytea), mail.try_again(bytea) to anlauf_app;
insert into privacy.retention_rule (id, name, starts, period, outcome, basis, sort) values
  ('undeliverable', 'Anschriften, an denen nichts ankommt', 'Tag, an dem es festgestellt wurde', interval '12 months', 'gelöscht', 'Art. 5 Abs. 1 Buchst. d und e DSGVO, Vorschlag', 76);
insert into privacy.retention_job (rule_id, table_name, begins_sql) values ('undeliverable', 'mail.undeliverable', 't.since');
select privacy.personal('mail.undeliverable', 'Nicht zustellbare Adresse', 'mail', 'undeliverable', 'person_id',
  '{"person_id": "Person / P2 / delete", "address_hash": "Prüfwert der Adresse / P2 / delete", "since": "seit / P2 / delete", "code": "Antwort / P2 / delete"}', '{}');
