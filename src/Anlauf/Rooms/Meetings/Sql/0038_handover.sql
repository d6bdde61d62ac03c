-- What the handover of an office moves in this room: open tasks and resolutions of the division that name the old holder.
create function meetings.names(responsible text, who text) returns boolean language sql immutable set search_path = '' as $$
  select who = any (string_to_array(regexp_replace(coalesce(responsible, ''), '\s*(,|;| und )\s*', ',', 'g'), ','))
$$;

create function meetings.prepare_handover() returns trigger language plpgsql security definer set search_path = '' as $$
declare home integer; office integer; who integer; name text; n integer;
begin
  select o.division_id, o.id, h.person_id, p.given_name || ' ' || p.family_name into home, office, who, name
    from organisation.office_holding h join organisation.office o on o.id = h.office_id join organisation.person p on p.id = h.person_id where h.id = new.holding_id;
  select (select count(*) from meetings.task t where t.division_id = home and t.state in ('open', 'underway') and (t.office_id = office or t.person_id = who or meetings.names(t.responsible, name)))
       + (select count(*) from meetings.resolution r where r.division_id = home and r.state in ('open', 'underway') and r.result = 'adopted' and (r.responsible_office_id = office or meetings.names(r.responsible, name))) into n;
  if n > 0 then
    insert into organisation.handover_item (handover_id, title) values (new.id, case when n = 1 then 'Einen offenen Auftrag besprochen; er geht mit dem Amt über' else n || ' offene Aufträge und Beschlüsse besprochen; sie gehen mit dem Amt über' end);
  end if;
  return null;
end $$;
create trigger prepare_tasks after insert on organisation.handover for each row execute function meetings.prepare_handover();

create function meetings.take_over() returns trigger language plpgsql security definer set search_path = '' as $$
declare home integer; who integer; name text; successor text;
begin
  if new.done_at is null or old.done_at is not null then return null; end if;
  select o.division_id, h.person_id, p.given_name || ' ' || p.family_name, q.given_name || ' ' || q.family_name into home, who, name, successor
    from organisation.office_holding h join organisation.office o on o.id = h.office_id join organisation.person p on p.id = h.person_id, organisation.person q where h.id = new.holding_id and q.id = new.person_id;
  update meetings.task t set person_id = case when t.person_id = who then new.person_id else t.person_id end, responsible = case when meetings.names(t.responsible, name) then replace(t.responsible, name, successor) else t.responsible end
    where t.division_id = home and t.state in ('open', 'underway') and (t.person_id = who or meetings.names(t.responsible, name));
  update meetings.resolution r set responsible = replace(r.responsible, name, successor)
    where r.division_id = home and r.state in ('open', 'underway') and meetings.names(r.responsible, name);
  return null;
end $$;
create trigger take_over_tasks after update of done_at on organisation.handover for each row execute function meetings.take_over();
