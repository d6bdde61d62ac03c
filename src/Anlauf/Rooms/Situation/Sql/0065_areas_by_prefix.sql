-- Values and areas by the beginning of a key.
create index current_value_prefix on situation.current_value (indicator_id, area_key text_pattern_ops);

-- As before, planned well for one district and for the whole country: no join that is not asked for, and a condition whose share the
-- planner does not guess as next to nothing.
create or replace function situation.areas_of(wanted_level text, filter text, key text)
  returns table (area_key text, name text, district_key text, district_name text, population integer)
  language sql stable as $$
  select d.key, split_part(d.name, ',', 1), d.key, split_part(d.name, ',', 1), sum(m.population)::integer
    from territory.district d join territory.current_municipality m on m.district_key = d.key
    where wanted_level = 'district' and starts_with(d.key, areas_of.key) and (filter <> 'rural-districts' or not d.is_city) group by d.key, d.name
  union all
  select m.ags, m.short_name, m.district_key, (select split_part(d.name, ',', 1) from territory.district d where d.key = m.district_key), m.population
    from territory.current_municipality m
    where wanted_level = 'municipality' and m.has_council and m.district_key is not null and starts_with(m.ags, areas_of.key)
      and (filter in ('all', m.town_size) or (filter = 'rural-districts' and m.district_key in (select d.key from territory.district d where not d.is_city)))
$$;
