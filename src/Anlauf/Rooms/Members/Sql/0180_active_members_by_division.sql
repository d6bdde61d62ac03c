-- How many active members each division has, always: to count half a million of them takes longer than a page may. Each statement adds
-- what it changed as rows of its own, so that two who admit members never wait for each other; the sum is the number. Every night the
-- rows of a division become one (members.sum_active).
create table members.active_count (division_id integer not null, n integer not null);
create index on members.active_count (division_id) include (n);
alter table members.active_count enable row level security;
select privacy.impersonal('members.active_count');

create function members.note_active() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    insert into members.active_count select m.division_id, count(*) from new_rows m where m.kind = 'member' and m.state = 'active' group by 1;
  elsif tg_op = 'DELETE' then
    insert into members.active_count select m.division_id, -count(*) from old_rows m where m.kind = 'member' and m.state = 'active' group by 1;
  else
    insert into members.active_count select x.division_id, sum(x.n) from (
      select m.division_id, 1 as n from new_rows m where m.kind = 'member' and m.state = 'active' union all select m.division_id, -1 from old_rows m where m.kind = 'member' and m.state = 'active') x
      group by 1 having sum(x.n) <> 0;
  end if;
  return null;
end $$;
create trigger active_insert after insert on members.party_membership referencing new table as new_rows for each statement execute function members.note_active();
create trigger active_update after update on members.party_membership referencing old table as old_rows new table as new_rows for each statement execute function members.note_active();
create trigger active_delete after delete on members.party_membership referencing old table as old_rows for each statement execute function members.note_active();

-- counted from the memberships themselves: at first, and where rows came in past the triggers
create function members.recount_active() returns void language sql security definer set search_path = '' as $$
  lock table members.party_membership in share mode;
  delete from members.active_count;
  insert into members.active_count select m.division_id, count(*) from members.party_membership m where m.kind = 'member' and m.state = 'active' group by 1;
$$;
revoke execute on function members.recount_active(), members.note_active() from public;
select members.recount_active();

-- what each division has been given since becomes one row
create function members.sum_active() returns void language sql security definer set search_path = '' as $$
  with old as (delete from members.active_count a where access.is_system() returning a.division_id, a.n)
  insert into members.active_count select o.division_id, sum(o.n) from old o group by 1 having sum(o.n) <> 0
$$;
revoke execute on function members.sum_active() from public;
grant execute on function members.sum_active() to anlauf_app;

-- offices of those who are paid are few among all
create index on organisation.office (division_id) where staff;
