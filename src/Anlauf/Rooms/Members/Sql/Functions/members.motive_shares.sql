-- Why people came, as the last count of the reader's own association has it; shares in steps of five percent.
create or replace function members.motive_shares() returns table (name text, percent integer, people integer, taken_on date) language sql stable security definer set search_path = '' as $$
  with mine as materialized (select unnest(access.divisions_for('P2', 'membership', 'read') || access.divisions_for('P2', 'welcome', 'read') || access.divisions_for('P1', 'welcome', 'read')) as id),
  latest as (
    select s.* from members.motive_snapshot s where s.association_id = (
      select min(r.id) from organisation.division r where r.parent_id is null and exists (select from mine m join organisation.division_closure c on c.descendant_id = m.id and c.ancestor_id = r.id))
    order by s.taken_on desc limit 1)
  select k.name, (round((e.value)::numeric / l.people * 20) * 5)::integer, ((l.people + 2) / 5 * 5)::integer, l.taken_on
  from latest l cross join lateral jsonb_each_text(l.named) e join members.motive_kind k on k.id = e.key order by 2 desc, k.sort
$$;
