-- What an office must not do with its own reach: widen its area, prolong its own term, appoint strangers, move itself elsewhere.

-- the area of a division, or of the nearest one above that has one
create function organisation.area_of(wanted integer) returns text[] language sql stable security definer set search_path = '' as $$
  select array_agg(a.area_key) from organisation.division_area a where a.division_id = (
    select c.ancestor_id from organisation.division_closure c where c.descendant_id = wanted and exists (select from organisation.division_area x where x.division_id = c.ancestor_id) order by c.depth limit 1)
$$;
-- true where a place belongs to a division: inside its area, or a district its state association looks at as a whole
create function organisation.covers(wanted integer, key text) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from unnest(organisation.area_of(wanted)) a where key like a || '%')
$$;
-- members are counted by area, so an area is a right: it lies within the area above, and nobody sets the own one who does not administer offices
create function organisation.may_set_area(wanted integer, key text) returns boolean language sql stable security definer set search_path = '' as $$
  select access.is_system() or coalesce(wanted = any (access.divisions_for('P1', 'organisation', 'administer')), false)
    or exists (select from organisation.division d where d.id = wanted and d.parent_id = any (access.editable_divisions('P1', 'organisation')) and organisation.covers(d.parent_id, key))
$$;
grant execute on function organisation.covers(integer, text), organisation.may_set_area(integer, text) to anlauf_app;
drop policy edit on organisation.division_area;
create policy edit on organisation.division_area using (
    division_id = any ((select access.editable_divisions('P1', 'organisation'))::integer[]) and organisation.may_set_area(division_id, area_key))
  with check (division_id = any ((select access.editable_divisions('P1', 'organisation'))::integer[]) and organisation.may_set_area(division_id, area_key));

-- moving a division takes the right over both places it hangs below
create function organisation.guard_move() returns trigger language plpgsql security definer set search_path = '' as $$
declare mine integer[];
begin
  if new.parent_id is distinct from old.parent_id and not access.is_system() then
    mine := access.editable_divisions('P1', 'organisation');
    if not coalesce(old.parent_id = any (mine) and new.parent_id = any (mine), false) then raise exception 'a division is moved by those above both places' using errcode = '42501'; end if;
  end if;
  return new;
end $$;
create trigger guard_move before update of parent_id on organisation.division for each row execute function organisation.guard_move();

-- nobody appoints themself or prolongs the own term; only persons are appointed whom one may see or whose division one keeps
create function organisation.guard_holding() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if access.is_system() then return new; end if;
  if new.person_id = access.person_id() and (tg_op = 'INSERT' or new.person_id <> old.person_id or new.office_id <> old.office_id or new.valid_from < old.valid_from
      or coalesce(new.valid_to, 'infinity'::date) > coalesce(old.valid_to, 'infinity'::date)) then
    raise exception 'nobody appoints themself' using errcode = '42501';
  end if;
  if (tg_op = 'INSERT' or new.person_id <> old.person_id) and not exists (
      select from organisation.person p where p.id = new.person_id
        and (p.division_id = any (access.reachable_divisions('P2', 'people')) or p.division_id = any (access.editable_divisions('P1', 'organisation')))) then
    raise exception 'unknown person' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger guard_holding before insert or update on organisation.office_holding for each row execute function organisation.guard_holding();

-- a right is granted in the reach one has it: „own“ gives no „subtree“, and „chain“ is the right at the top of the chain
create or replace function access.may_grant(role text, division integer) returns boolean language sql stable security definer set search_path = '' as $$
  select role is null or access.is_system() or coalesce(division = any (access.divisions_for('P1', 'organisation', 'administer')), false) or not exists (
    select from access.role_right r
    -- what every member may see of those above is no power
    where r.role_id = role and not (r.reach = 'chain' and r.action = 'read' and r.data_class = 'P1')
      and exists (
        select from organisation.division_closure c
        where (case r.reach when 'chain' then c.descendant_id = division when 'subtree' then c.ancestor_id = division else c.ancestor_id = division and c.depth = 0 end)
          and not coalesce(case r.reach when 'chain' then c.ancestor_id else c.descendant_id end = any (access.divisions_for(r.data_class, r.feature, r.action)), false)))
$$;

-- a body decides for its own division only
alter table organisation.body add unique (id, division_id);
alter table organisation.office add foreign key (body_id, division_id) references organisation.body (id, division_id);
