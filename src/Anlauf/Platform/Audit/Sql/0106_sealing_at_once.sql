-- A file of members leaves hundreds of thousands of entries. They are linked in one statement instead of one after the other, and no
-- entry looks up the name of its chain any more: two thirds of the time went there. The links stay what they were (audit.link).
create function audit.step(state bytea, body bytea) returns bytea language sql immutable parallel safe return sha256(state || body);
create aggregate audit.chained(bytea) (sfunc = audit.step, stype = bytea, initcond = '');

alter table audit.entry drop constraint entry_chain_fkey, add constraint entry_chain_check check (chain in ('access', 'change'));

create or replace function audit.seal() returns trigger language plpgsql security definer set search_path = '' as $$
declare head record;
begin
  for head in select c.name, c.position, c.hash from audit.chain c where exists (select from audit.waiting w where w.xact = new.xact and w.chain = c.name) order by c.name for update loop
    with placed as (
      select w.*, head.position + row_number() over (order by w.id) as position from audit.waiting w where w.xact = new.xact and w.chain = head.name
    ), linked as (
      insert into audit.entry (chain, position, at, actor, action, object, key, columns, subject_id, division_id, reason_id, origin, hash)
      select p.chain, p.position, p.at, p.actor, p.action, p.object, p.key, p.columns, p.subject_id, p.division_id, p.reason_id, p.origin,
        -- the body of audit.link, spelled out so that it is part of the statement; the first one is linked to the end of the chain
        audit.chained(case when p.position = head.position + 1 then head.hash else '' end || convert_to(array_to_string(array[p.chain, p.position::text, ((extract(epoch from p.at) * 1000000)::bigint)::text, p.actor, p.action, p.object,
          coalesce(p.key, ''), coalesce(array_to_string(p.columns, ','), ''), coalesce(p.subject_id::text, ''), coalesce(p.division_id::text, ''), coalesce(p.reason_id, ''), p.origin], chr(31)), 'UTF8'))
          over (order by p.position rows unbounded preceding)
      from placed p returning position, hash
    )
    update audit.chain c set position = l.position, hash = l.hash from (select l.position, l.hash from linked l order by l.position desc limit 1) l where c.name = head.name;
  end loop;
  delete from audit.waiting w where w.xact = new.xact;
  delete from audit.sealing s where s.xact = new.xact;
  return null;
end $$;
revoke execute on all functions in schema audit from public;
